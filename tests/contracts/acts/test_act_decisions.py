"""What changes an employment is decided anew, by somebody, and is reported and announced as the first decision is."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.audit.models import AuditLine
from portal.contracts.acts.kinds import Kind
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.decision.deciders import Decider
from portal.contracts.decision.models import ActDecision
from portal.contracts.decision.queries import waiting
from portal.contracts.decision.refusals import ActGone, DecisionMoved
from portal.contracts.decision.services.writing import write_decision
from portal.contracts.decision.since import decision_texts
from portal.contracts.decision.stages import Stage
from portal.seen import Seen, page_marks
from tests.contracts.acts.changing import BACK, END, EXTEND, NOTICE, OFF, Clock, change, employ
from tests.contracts.acts.changing import shown as changes_shown
from tests.contracts.deciding import ANNOUNCE, BY_GROUP_LEADER, WRITE, about, decision, party_decision
from tests.forms import submit, submit_page
from tests.world import World

FORMS = (
    "",
    "/anslag",
    "/laga-kraft",
    "/overklagande",
    "/overklagande/avgjort",
    "/overklagande/upphavt",
    "/overklagande/aterta",
    "/overklagande/ta-bort",
)
SAID = {name: value for name, value in BY_GROUP_LEADER.items() if name != "decided"}


def place(id: UUID, act: int = 1, tail: str = "") -> str:
    return f"/arbete/anstallningar/{id}/beslut/{act}{tail}"


def page(world: World, id: UUID, act: int = 1, person: str = "kansli") -> str:
    answer = world.browser(getattr(world, person)).get(place(id, act))
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True)).replace("\xa0", " ")


def write(world: World, id: UUID, button: str = WRITE, act: int = 1, **fields: Any) -> Any:
    return submit(world.browser(world.kansli), place(id, act), fields, button)


def rows(world: World) -> list[ActDecision]:
    with world.acting(scope.party(world.party)) as session:
        return list(session.scalars(select(ActDecision)))


def asked(world: World) -> list[tuple[int, Kind | None, Stage]]:
    """What waits about acts."""
    with world.acting(scope.party(world.party)) as session:
        return [(one.act, one.kind, one.to_do.stage) for one in waiting(session, on=clock.today()) if one.act]


@pytest.fixture
def extended(world: World, set_clock: Clock) -> UUID:
    """Decided before the election of 2026, extended on 14 December to the end of 2030."""
    id = employ(world)
    set_clock("2026-12-14T09:00")
    assert change(world, id, EXTEND, decided="2026-12-14", ends="2030-12-31").status_code == 303
    return id


def test_who_extended_it_by_which_point_and_when_is_written_down_reported_announced_and_final(
    world: World, extended: UUID, set_clock: Clock
) -> None:
    assert "Beslutet om förlängningen" in page(world, extended)
    assert write(world, extended, **SAID).status_code == 303
    set_clock("2027-01-20T09:00")
    assert write(world, extended, ANNOUNCE, reported="2027-01-12", announced="2027-01-14").status_code == 303
    assert "Kan överklagas till och med torsdag 4 februari 2027" in page(world, extended)
    set_clock("2027-02-08T09:00")
    assert write(world, extended, "Bekräfta laga kraft", none_came=True).status_code == 303
    (row,) = rows(world)
    assert (row.decided_on, row.who, row.delegation) == (date(2026, 12, 14), SAID["who"], SAID["delegation"])
    assert (row.last_appeal_on, row.final_on) == (date(2027, 2, 4), date(2027, 2, 5))
    assert "har vunnit laga kraft" in changes_shown(world, extended)
    assert "Laga kraft sedan 5 februari 2027" in page(world, extended, person="region")
    with world.acting(scope.party(world.party)) as session:
        lines = select(AuditLine.verb, AuditLine.reason).where(AuditLine.verb.like("act_decision.%"))
        told = [tuple(line) for line in session.execute(lines.order_by(AuditLine.number))]
    assert told == [(f"act_decision.{what}", "1") for what in ("recorded", "announced", "final")]


def test_the_day_is_the_changes_own_and_is_not_asked_for(world: World, extended: UUID) -> None:
    assert 'name="decided"' not in page(world, extended)
    with world.writing(scope.party(world.party)) as session:
        assert write_decision(session, decision=decision(decided=date(2026, 10, 1)), **about(world, extended, 1))
    assert rows(world)[0].decided_on == date(2026, 12, 14)


def test_the_office_is_asked_for_it_until_it_is_final(world: World, extended: UUID, set_clock: Clock) -> None:
    assert asked(world) == [(1, Kind.EXTENSION, Stage.UNWRITTEN)]
    desk = world.browser(world.kansli).get("/arbete").get_data(as_text=True)
    assert "Skriv in beslutet om förlängningen" in desk
    assert place(extended) in desk
    write(world, extended, **SAID)
    assert asked(world) == [(1, Kind.EXTENSION, Stage.UNREPORTED)]


@pytest.mark.parametrize(
    ("button", "fields", "kind"),
    [
        (END, {"decided": "2026-12-14", "ends": "2026-12-20"}, Kind.EARLY_END),
        (NOTICE, {"by": "employer", "given": "2026-12-14", "last_day": "2026-12-31"}, Kind.NOTICE),
    ],
)
def test_every_decision_of_the_employers_has_one_and_is_asked_for_while_it_can_be_appealed(
    world: World, set_clock: Clock, button: str, fields: dict[str, str], kind: Kind
) -> None:
    id = employ(world)
    set_clock("2026-12-14T09:00")
    assert change(world, id, button, **fields).status_code == 303
    assert write(world, id, **SAID).status_code == 303
    set_clock("2027-03-13T09:00")  # the employment is over
    assert asked(world) == [(1, kind, Stage.UNREPORTED)]
    set_clock("2027-03-16T09:00")
    assert asked(world) == []


def test_what_was_changed_twice_has_three_decisions_and_each_is_asked_for_once(world: World, extended: UUID) -> None:
    assert change(world, extended, END, decided="2026-12-14", ends="2029-12-31").status_code == 303
    with world.acting(scope.party(world.party)) as session:
        assert [one.act for one in waiting(session, on=clock.today())] == [0, 1, 2]


def test_what_is_called_off_is_decided_too(world: World, set_clock: Clock) -> None:
    id = employ(world, starts=date(2026, 12, 28))
    set_clock("2026-12-14T09:00")
    assert change(world, id, OFF, decided="2026-12-14").status_code == 303
    assert asked(world) == [(1, Kind.NEVER_BEGAN, Stage.UNWRITTEN)]
    assert "Beslutet om att anställningen inte blir av" in page(world, id)


def test_whoever_resigns_decides_of_themselves(world: World, set_clock: Clock) -> None:
    id = employ(world)
    set_clock("2026-12-01T09:00")
    resigned = {"by": "employee", "given": "2026-12-01", "last_day": "2026-12-31"}
    assert change(world, id, NOTICE, **resigned).status_code == 303
    assert asked(world) == []
    assert f"/beslut/{1}" not in changes_shown(world, id)
    assert world.browser(world.kansli).get(place(id)).status_code == 404


def test_what_is_taken_back_is_decided_by_nobody_and_what_was_written_stays_to_be_read(
    world: World, extended: UUID
) -> None:
    write(world, extended, **SAID)
    office_of = world.browser(world.kansli)
    before = office_of.get(place(extended)).get_data(as_text=True)
    assert change(world, extended, BACK).status_code == 303
    assert asked(world) == []
    after = page(world, extended)
    assert SAID["who"] in after
    assert "Ändringen är tillbakatagen" in after
    assert "Spara beslutet" not in after and "Anmälan och anslag" not in after, "nothing is said of it"
    assert "Spara beslutet" in before
    with pytest.raises(ActGone), world.writing(scope.party(world.party)) as session:
        write_decision(session, decision=decision(who="Elof Sand"), **about(world, extended, 1))


def test_a_page_that_was_open_when_it_was_taken_back_says_so_and_keeps_what_was_typed(
    world: World, extended: UUID
) -> None:
    browser = world.browser(world.kansli)
    opened = browser.get(place(extended))
    change(world, extended, BACK)
    answer = submit_page(browser, opened, place(extended), {**SAID, "who": "Elof Sand"}, WRITE)
    assert answer.status_code == 409
    assert "Elof Sand" in answer.get_data(as_text=True)
    assert rows(world) == []


def test_two_who_write_it_at_once_are_told_of_each_other(world: World, extended: UUID) -> None:
    own = scope.party(world.party)
    empty = Seen.told(page_marks({}, None))
    with world.writing(own) as session:
        write_decision(session, decision=decision(), **about(world, extended, 1))
    with pytest.raises(DecisionMoved) as moved, world.writing(own) as session:
        write_decision(session, decision=decision(who="Elof Sand"), seen=empty, **about(world, extended, 1))
    assert moved.value.written["who"] == decision_texts(decision(who="Elof Sand"))["who"]


def test_a_partys_own_is_written_down_and_never_announced(world: World, set_clock: Clock) -> None:
    id = employ(world, employer="party")
    set_clock("2026-12-14T09:00")
    assert change(world, id, EXTEND, decided="2026-12-14", ends="2030-12-31").status_code == 303
    said = {"decider": Decider.PARTY_BOARD.value, "who": party_decision().who}
    assert write(world, id, **said).status_code == 303
    assert "Justeringen anslogs" not in page(world, id)
    assert ": inskrivet" in changes_shown(world, id)
    assert asked(world) == []


@pytest.mark.parametrize("tail", FORMS)
@pytest.mark.parametrize("act", [2, 99, 0, 2**63])
def test_an_act_that_is_not_there_is_the_same_404(world: World, extended: UUID, act: int, tail: str) -> None:
    browser = world.browser(world.kansli)
    token = browser.get("/konto").get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    answer = browser.post(place(extended, act, tail), data={**SAID, "csrf_token": token, "none_came": "y"})
    assert answer.status_code == (404 if act else 308)


def test_the_rival_and_the_rivals_addresses_meet_a_404(world: World, extended: UUID) -> None:
    assert world.browser(world.rival_kansli).get(place(extended)).status_code == 404
    assert world.browser(world.kansli).get(place(uuid4())).status_code == 404


def test_the_database_refuses_a_decision_on_another_day_than_the_acts(world: World, extended: UUID) -> None:
    write(world, extended, **SAID)
    with pytest.raises(IntegrityError), world.writing(scope.party(world.party)) as session:
        session.scalars(select(ActDecision)).one().decided_on = date(2026, 12, 13)


def test_the_database_refuses_two_of_one_act_and_a_group_leader_outside_the_board(world: World, extended: UUID) -> None:
    write(world, extended, **SAID)
    (row,) = rows(world)
    columns = {one.name: getattr(row, one.name) for one in ActDecision.__table__.columns if one.name != "id"}
    with pytest.raises(IntegrityError), world.writing(scope.party(world.party)) as session:
        session.add(ActDecision(id=uuid4(), **columns))
    with pytest.raises(IntegrityError), world.writing(scope.party(world.party)) as session:
        session.scalars(select(ActDecision)).one().seat = None


def test_an_act_is_no_act_of_another_employment(world: World, extended: UUID) -> None:
    other = employ(world, name="Ulla Ek")
    assert world.browser(world.kansli).get(place(other)).status_code == 404
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(EmploymentAct.number).where(EmploymentAct.employment_id == other)).all() == []
