"""Two of an office fill in one contract: neither is written over unseen, and what comes too late is shown."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from portal import clock, scope
from portal.contracts.decision.deciders import Decider, Seat
from portal.contracts.decision.rules import Decision
from portal.contracts.decision.services.writing import write_decision
from portal.contracts.written.filling import Filled, Signatory, marks_of, typed_since
from portal.seen import Seen
from tests.at_once import second
from tests.contracts.written.contracting import EMPLOYER_SIGNS, Recorded, offer, recorded, save, whole, write
from tests.forms import fields_of, submit, submit_page
from tests.world import World

Clock = Callable[[str], datetime]
Typed = dict[str, Any]
WHOLE = {
    "work_leader": "Ylva Strandberg", "work_environment": "Regionstyrelsen", "decided_by": "Ylva Strandberg",
    "notice_months": "3", "role_0": "Enhetschefen", "name_0": EMPLOYER_SIGNS.name,
}  # fmt: skip


@pytest.fixture(params=["region-vasternorrland", ""])
def one(request: pytest.FixtureRequest, world: World, set_clock: Clock) -> Recorded:
    """An employment under rules that say who signs, and one under none."""
    return recorded(world, set_clock, rules=request.param)


@pytest.fixture
def office(world: World, one: Recorded) -> FlaskClient:
    """The office's browser."""
    return world.browser(world.kansli)


@pytest.mark.parametrize(
    ("theirs", "mine", "told"),
    [
        ({"work_leader": "Ylva <i>Strandberg</i>"}, {"work_leader": "Disa"}, "Ylva &lt;i&gt;Strandberg&lt;/i&gt;"),
        ({"pay": "41500"}, {"pay": "42000"}, "<dd>41500</dd>"),
        ({"also": ["group_leader"]}, {"also": ["elected"]}, "<dd>"),
        ({"name_0": "Disa Sjölund"}, {"name_0": "Elof Rehnström"}, "Disa Sjölund"),
        ({"more": "En rad.\nEn till."}, {"more": "Min rad."}, "En rad.<br>En till."),
    ],
)
def test_what_a_colleague_has_saved_stands_until_one_has_seen_it(
    one: Recorded, office: FlaskClient, theirs: Typed, mine: Typed, told: str
) -> None:
    old = office.get(one.page)
    for _press in range(2):
        assert submit_page(office, old, one.page, theirs, "Spara").status_code == 303
    asked = submit_page(office, old, one.page, mine, "Spara")
    assert asked.status_code == 409 and told in asked.get_data(as_text=True)
    assert values_of(asked, mine) == as_lists(mine), "what was typed stays"
    assert values_of(office.get(one.page), theirs) == as_lists(theirs)
    assert submit_page(office, asked, one.page, {}, "Spara").status_code == 303
    assert values_of(office.get(one.page), mine) == as_lists(mine)


def values_of(page: Any, typed: Typed) -> dict[str, list[str]]:
    fields = fields_of(page)
    return {name: fields.get(name, []) for name in typed}


def as_lists(typed: Typed) -> dict[str, list[str]]:
    return {name: value if isinstance(value, list) else [value] for name, value in typed.items()}


def test_what_one_has_not_touched_is_taken_in(one: Recorded, office: FlaskClient) -> None:
    old = office.get(one.page)
    submit_page(office, old, one.page, {"pay": "41500", "name_0": "Disa Sjölund"}, "Spara")
    assert submit_page(office, old, one.page, {"name_0": "Disa Sjölund"}, "Spara").status_code == 303
    asked = submit_page(office, old, one.page, {"more": "Min rad.", "name_0": "Disa Sjölund"}, "Spara")
    assert asked.status_code == 409 and "visar redan det nya: Lön." in asked.get_data(as_text=True)
    assert submit_page(office, asked, one.page, {}, "Spara").status_code == 303
    wanted = {"pay": ["41500"], "more": ["Min rad."], "name_0": ["Disa Sjölund"]}
    assert values_of(office.get(one.page), wanted) == wanted


def test_what_the_page_suggests_is_not_what_one_has_typed(one: Recorded, office: FlaskClient) -> None:
    blank = office.get(one.page)
    submit_page(office, blank, one.page, {"pay": "41500", "name_0": "Disa Sjölund"}, "Spara")
    assert submit_page(office, blank, one.page, {}, "Spara").status_code == 303, "nothing was typed here"
    asked = submit_page(office, blank, one.page, {"more": "Min rad."}, "Spara")
    page = asked.get_data(as_text=True)
    assert asked.status_code == 409 and fields_of(asked)["name_0"] == ["Disa Sjölund"]
    assert "visar redan det nya: Lön, Vilka som skriver under, i ordning." in page
    assert submit_page(office, asked, one.page, {}, "Spara").status_code == 303
    wanted = {"pay": ["41500"], "more": ["Min rad."], "name_0": ["Disa Sjölund"]}
    assert values_of(office.get(one.page), wanted) == wanted


def test_those_who_sign_are_taken_in_too(one: Recorded, office: FlaskClient) -> None:
    old = office.get(one.page)
    submit_page(office, old, one.page, {"name_0": "Disa Sjölund"}, "Spara")
    old = office.get(one.page)
    submit_page(office, old, one.page, {"name_0": "Elof Rehnström"}, "Spara")
    asked = submit_page(office, old, one.page, {"more": "Min rad."}, "Spara")
    assert asked.status_code == 409 and fields_of(asked)["name_0"] == ["Elof Rehnström"]


def test_a_row_that_is_left_empty_at_the_end_is_no_change() -> None:
    one, empty = Signatory("Enhetschefen", "Disa Sjölund"), Signatory("", "")
    shown, sent = Filled(signatories=(one,)), Filled(signatories=(one, empty, empty))
    seen = Seen.told(marks_of(shown, shown))
    assert not typed_since(seen, shown, sent).mine
    assert typed_since(seen, shown, Filled(signatories=(empty, one))).mine


def test_of_two_at_the_same_instant_the_later_is_asked(one: Recorded, office: FlaskClient) -> None:
    save(one)
    old = office.get(one.page)
    with second() as the_later:
        with one.world.writing(scope.party(one.party)) as session:
            write(session, one.employment, whole(one.employee, pay="50000"), one.actor)
            the_later.begins(submit_page, office, old, one.page, {"pay": "42000"}, "Spara")
        answer = the_later.ends()
    assert answer.status_code == 409 and "<dd>50000</dd>" in answer.get_data(as_text=True)


def test_what_is_typed_after_it_was_offered_is_shown(one: Recorded, office: FlaskClient) -> None:
    there = fields_of(office.get(one.page))
    submit(office, one.page, {name: value for name, value in WHOLE.items() if name in there}, "Spara")
    old = office.get(one.page)
    offer(one)
    late = submit_page(office, old, one.page, {"more": "För <b>sent</b>."}, "Spara")
    page = late.get_data(as_text=True)
    assert (
        late.status_code == 409 and "Det du fyllde i är inte sparat" in page and "För &lt;b&gt;sent&lt;/b&gt;." in page
    )
    assert f"<dd>{EMPLOYER_SIGNS.name}" not in page, "only what was changed"
    wrong = submit_page(office, old, one.page, {"more": "Skrivet.", "pay": "12 q"}, "Spara")
    page = wrong.get_data(as_text=True)
    assert wrong.status_code == 409 and "Skrivet." in page and "<dd>12 q</dd>" in page and "Avtalet är" in page


def test_what_a_colleague_had_changed_before_it_was_offered_is_not_told_as_typed(
    one: Recorded, office: FlaskClient
) -> None:
    blank = office.get(one.page)
    save(one)
    offer(one)
    late = submit_page(office, blank, one.page, {"more": "Skrivet."}, "Spara")
    _before, _, told = late.get_data(as_text=True).partition("Det du fyllde i är inte sparat")
    assert late.status_code == 409 and "Skrivet." in told
    assert "Vilka som skriver under" not in told.partition("</section>")[0]


def test_who_decided_is_not_asked_about_once_there_is_a_decision(one: Recorded, office: FlaskClient) -> None:
    old = office.get(one.page)
    with one.world.writing(scope.party(one.party)) as session:
        said = Decision(Decider.GROUP_LEADER, "Ylva Strandberg", date(2026, 12, 14), Seat.MEMBER, "4.2", "D 31/2026")
        write_decision(
            session, employment_id=one.employment, decision=said, actor=one.actor, at=clock.now(), on=clock.today()
        )
    answer = submit_page(office, old, one.page, {"more": "Min rad.", "decided_by": "Någon"}, "Spara")
    assert answer.status_code == 303
    told = office.get(one.page)
    assert "Därför sparades inte det du skrev där, Någon." in told.get_data(as_text=True)
    submit_page(office, told, one.page, {"more": "Min andra rad."}, "Spara")
    assert "Därför sparades inte" not in office.get(one.page).get_data(as_text=True)
    asked = submit_page(office, old, one.page, {"pay": "42000", "decided_by": "Någon"}, "Spara")
    assert asked.status_code == 409 and "det du skrev där, Någon." in asked.get_data(as_text=True)
    wrong = submit_page(office, old, one.page, {"pay": "mycket", "decided_by": "Någon"}, "Spara")
    assert wrong.status_code == 422 and "det du skrev där, Någon." in wrong.get_data(as_text=True)
    assert submit_page(office, old, one.page, {"decided_by": "Någon"}, "Spara").status_code == 303
    assert "det du skrev där, Någon." in office.get(one.page).get_data(as_text=True)
