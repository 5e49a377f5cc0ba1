"""Signatures in the contract's order, once each, by whom the contract names, on a day that can be."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal import scope
from portal.contracts.written.filling import Signatory
from portal.contracts.written.models import ContractSignature
from portal.contracts.written.refusals import (
    AlreadySigned,
    NotInTurn,
    WrongDay,
    WrongPerson,
)
from portal.contracts.written.states import State
from portal.documents.models import FiledDocument
from tests.contracts.written.contracting import (
    EMPLOYER_SIGNS,
    Recorded,
    accepted,
    recorded,
    sign,
)
from tests.world import World

Clock = Callable[[str], datetime]
VASTERNORRLAND, JAMTLAND, VARMLAND = "region-vasternorrland", "region-jamtland-harjedalen", "region-varmland"


def state(one: Recorded) -> State:
    return one.held().state


def count(one: Recorded, model: type) -> int:
    with one.world.acting(scope.party(one.party)) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_three_sign_in_jamtland_harjedalen_and_only_in_their_order(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock, rules=JAMTLAND)
    names = ["Stig Chefsson", "Ylva Strandberg", one.employee]
    accepted(one, signatories=tuple(Signatory("", name) for name in names))
    for wrong, first in ((3, "Regionstabschefen"), (2, "Regionstabschefen")):
        with pytest.raises(NotInTurn, match=f"{first} skriver under först"):
            sign(one, wrong, names[wrong - 1])
    sign(one, 1, names[0])
    with pytest.raises(NotInTurn, match="Gruppledaren för partiet skriver under först"):
        sign(one, 3, names[2])
    for place in (2, 3):
        assert state(one) is State.ACCEPTED
        sign(one, place, names[place - 1])
    assert state(one) is State.SIGNED


def test_signing_twice_is_refused_and_a_second_click_changes_nothing(world: World, set_clock: Clock) -> None:
    one = accepted(recorded(world, set_clock, rules=VASTERNORRLAND))
    sign(one, 1, EMPLOYER_SIGNS.name, copy=b"%PDF-1.7 en")
    papers = count(one, FiledDocument)
    sign(one, 1, EMPLOYER_SIGNS.name, copy=b"%PDF-1.7 en")
    with pytest.raises(AlreadySigned, match="Underskriften av Enhetschefen är redan inlagd"):
        sign(one, 1, EMPLOYER_SIGNS.name, copy=b"%PDF-1.7 en annan")
    assert (count(one, ContractSignature), count(one, FiledDocument)) == (1, papers)


def test_somebody_elses_name_on_the_copy_is_refused(world: World, set_clock: Clock) -> None:
    one = accepted(recorded(world, set_clock, rules=VASTERNORRLAND))
    with pytest.raises(WrongPerson, match="I avtalet ska Disa Sjölund skriva under här"):
        sign(one, 1, "Dan Sjölund")
    sign(one, 1, " disa  SJÖLUND ")
    with pytest.raises(WrongPerson):
        sign(one, 2, EMPLOYER_SIGNS.name)
    assert sign(one, 3, "Vem som helst") is None
    assert sign(one, 0, "Vem som helst") is None


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 12, 13), "Avtalet erbjöds 14 december 2026"),
        (date(2026, 12, 17), "Dagen har inte varit än"),
        (date(2026, 12, 14), "Den som skriver under före gjorde det 15 december 2026"),
    ],
)
def test_a_day_on_which_it_cannot_have_been_signed_is_refused(
    world: World, set_clock: Clock, day: date, said: str
) -> None:
    one = accepted(recorded(world, set_clock, rules=VASTERNORRLAND))
    set_clock("2026-12-16T09:00")
    sign(one, 1, EMPLOYER_SIGNS.name, on=date(2026, 12, 15))
    with pytest.raises(WrongDay, match=said):
        sign(one, 2, one.employee, on=day)


def test_a_copy_signed_before_the_last_day_can_be_filed_after_it_and_no_other(world: World, set_clock: Clock) -> None:
    one = accepted(recorded(world, set_clock, rules=VASTERNORRLAND))
    set_clock("2031-01-02T08:00")
    with pytest.raises(WrongDay, match="Anställningen slutade 31 december 2030"):
        sign(one, 1, EMPLOYER_SIGNS.name)
    assert sign(one, 1, EMPLOYER_SIGNS.name, on=date(2030, 12, 31))


def _another(there: ContractSignature, **changes: object) -> ContractSignature:
    copied = {c.key: getattr(there, c.key) for c in there.__table__.columns}
    return ContractSignature(**{**copied, "id": uuid4(), **changes})


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"position": 1, "follows": None}, "once_each|contract_signature.position"),
        ({"position": 3, "follows": 2}, "in_order|FOREIGN KEY"),
        ({"position": 2, "follows": None}, "follows_the_one_before"),
        ({"position": 3, "follows": 1}, "follows_the_one_before"),
        ({"position": 0, "follows": None}, "numbered_from_one|follows_the_one_before"),
    ],
)
def test_the_database_itself_refuses_a_signature_twice_or_out_of_turn(
    world: World, set_clock: Clock, changes: dict[str, object], constraint: str
) -> None:
    one = accepted(recorded(world, set_clock, rules=VASTERNORRLAND))
    sign(one, 1, EMPLOYER_SIGNS.name)
    with pytest.raises(IntegrityError, match=constraint), world.writing(scope.party(one.party)) as session:
        session.add(_another(session.scalars(select(ContractSignature)).one(), **changes))


def test_the_work_that_has_begun_without_all_signatures_does_not_run(world: World, set_clock: Clock) -> None:
    one = accepted(recorded(world, set_clock, rules=VASTERNORRLAND))
    set_clock("2027-03-01T09:00")
    assert state(one) is State.ACCEPTED
    sign(one, 1, EMPLOYER_SIGNS.name)
    sign(one, 2, one.employee)
    assert state(one) is State.RUNNING
