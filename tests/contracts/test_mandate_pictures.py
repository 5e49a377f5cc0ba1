"""What becomes of one employment at a change of mandate, in words."""

from datetime import date
from uuid import UUID

from portal.contracts.mandate.change import change_at
from portal.contracts.mandate.fates import Fate, Held
from portal.contracts.mandate.pictures import fate_words


def test_until_further_notice_is_written_as_such() -> None:
    now = change_at(date(2026, 11, 23))
    one = Held(UUID(int=1), date(2025, 1, 1), date(2026, 12, 31), 100, renewed=(date(2027, 1, 1), None))
    assert fate_words(one, Fate.RENEWED, now) == "Förnyad 1\u00a0januari\u00a02027 tills vidare"
