"""Two who press at the same instant: one contract, one paper, one signature."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import func, select

from portal import scope
from portal.contracts.written.models import Contract, ContractSignature
from portal.contracts.written.refusals import AlreadySigned
from portal.documents.models import FiledDocument
from tests.contracts.written.contracting import (
    EMPLOYER_SIGNS,
    Recorded,
    accepted,
    named,
    offer,
    recorded,
    save,
    sign,
    stored,
)
from tests.posts.test_races import refused
from tests.world import World

Clock = Callable[[str], datetime]


@pytest.fixture
def one(world: World, set_clock: Clock) -> Recorded:
    """An employment without a contract yet."""
    return recorded(world, set_clock, rules="region-vasternorrland")


def count(one: Recorded, model: type) -> int:
    with one.world.acting(scope.party(one.party)) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_two_who_begin_it_at_once_have_begun_one(one: Recorded) -> None:
    assert refused([lambda: save(one), lambda: save(one)]) == []
    assert count(one, Contract) == 1


def test_two_who_offer_it_at_once_offer_one_paper(one: Recorded) -> None:
    save(one)
    assert refused([lambda: offer(one), lambda: offer(one)]) == []
    assert count(one, FiledDocument) == 1
    assert stored(one) >= named(one)


def test_of_two_copies_filed_at_once_for_one_place_one_is_filed(one: Recorded) -> None:
    accepted(one)
    copies = [lambda data=data: sign(one, 1, EMPLOYER_SIGNS.name, copy=data) for data in (b"%PDF-1.7 a", b"%PDF-1.7 b")]
    assert refused(copies) == [AlreadySigned]
    assert count(one, ContractSignature) == 1
