"""What renewing everybody comes to is told for the whole new term, and not for its first day alone."""

from datetime import date
from decimal import Decimal as D

from portal.contracts.mandate.change import change_of
from portal.contracts.mandate.pictures import if_all_sentence
from portal.contracts.mandate.room import room_around
from portal.posts.ledger import Claim, Quota

C30 = change_of(2030)
assert C30 is not None
NEW = (C30.first, date(2034, 12, 31))


def test_what_fits_on_the_first_day_and_not_later_is_told_with_the_day() -> None:
    """An employment that is agreed begins in February: renewing both fits until then."""
    quotas = [Quota("S", D("5.50"), *NEW, 1)]
    claims = [Claim("S", D("3.00"), *NEW), Claim("S", D("1.00"), date(2031, 2, 3), None)]
    found = room_around("S", quotas, claims, C30, leaving=[Claim("S", D("1.00"), *NEW)] * 2)
    told = if_all_sentence(found, 2).replace("\xa0", " ")
    assert told.startswith("Om båda som slutar förnyas ryms alla till att börja med: 5,00 tillsatt mot 5,50. ")
    assert told.endswith("Från 3 februari 2031 blir det 0,50 heltider för mycket: 6,00 tillsatt mot 5,50.")
