"""What becomes of one employment at a change of mandate, in words."""

from datetime import date
from uuid import UUID

import pytest

from portal.contracts.mandate.change import change_at
from portal.contracts.mandate.fates import Held, fate_of
from portal.contracts.mandate.pictures import fate_words

LAST = date(2026, 12, 31)


def test_what_was_renewed_or_called_off_is_gone_though_it_had_turned_permanent() -> None:
    change = change_at(LAST)
    assert change is not None
    ends, since = date(2026, 10, 31), date(2026, 1, 1)
    renewed = Held(UUID(int=1), date(2025, 1, 1), ends, 100, renewed=(date(2026, 11, 1), None), lasts_from=since)
    off = Held(UUID(int=1), date(2026, 12, 1), ends, 100, lasts_from=since)
    assert [fate_of(one, change, on=date(2026, 11, 23)) for one in (renewed, off)] == [None, None]


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
        (date(2025, 1, 1), LAST, {"lasts_from": date(2026, 1, 1)}, date(2027, 1, 15),
         "Tog inte slut av sig själv 31 december 2026: tillsvidareanställning från 1 januari 2026"),
        (date(2025, 1, 1), date(2026, 10, 31), {"lasts_from": date(2026, 1, 1)}, date(2026, 11, 23),
         "Tog inte slut av sig själv 31 oktober 2026: tillsvidareanställning från 1 januari 2026"),
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
