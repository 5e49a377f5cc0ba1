"""What becomes of one employment at a change of mandate, in words."""

from datetime import date
from uuid import UUID

import pytest

from portal.contracts.mandate.change import change_at
from portal.contracts.mandate.fates import Held, fate_of
from portal.contracts.mandate.pictures import fate_words

LAST = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("starts", "ends", "more", "on", "words"),
    [
        (date(2025, 1, 1), LAST, {"renewed": (date(2027, 1, 1), None)}, date(2026, 11, 23),
         "Förnyad 1 januari 2027 tills vidare"),
        (date(2025, 1, 1), LAST, {}, LAST, "Slutar 31 december 2026"),
        (date(2025, 1, 1), LAST, {}, date(2031, 2, 1), "Slutade 31 december 2026"),
        (date(2025, 1, 1), LAST, {"notice": True}, date(2031, 2, 1), "Uppsagd, slutade 31 december 2026"),
        (date(2025, 1, 1), LAST, {"lasts_from": date(2026, 1, 1)}, LAST,
         "Slutar inte av sig själv 31 december 2026: tillsvidareanställning från 1 januari 2026"),
        (date(2025, 1, 1), date(2028, 6, 30), {}, date(2026, 11, 23), "Fortsätter till 30 juni 2028"),
        (date(2025, 1, 1), date(2028, 6, 30), {}, date(2031, 2, 1), "Slutade 30 juni 2028"),
        (date(2027, 2, 1), date(2030, 12, 31), {}, date(2026, 11, 23), "Ny, börjar 1 februari 2027"),
        (date(2027, 2, 1), date(2034, 12, 31), {}, date(2031, 2, 1), "Ny, började 1 februari 2027"),
    ],
)  # fmt: skip
def test_it_is_told_as_what_comes_and_looking_back_as_what_was(
    starts: date, ends: date, more: dict[str, object], on: date, words: str
) -> None:
    one = Held(UUID(int=1), starts, ends, 100, **more)  # type: ignore[arg-type]
    change = change_at(LAST)
    assert change is not None
    fate = fate_of(one, change, on=on)
    assert fate is not None
    assert fate_words(one, fate, on=on).replace("\u00a0", " ") == words
