"""A form that is sent back shows its page, and is read as that: one line, written before anything of it is sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.exc import OperationalError

from portal import scope
from portal.audit.models import AuditHead, AuditLine
from portal.audit.services import person_actor
from portal.db import db
from portal.interviews.models import Reference
from tests.contracts.written.contracting import recorded
from tests.decisions.recruiting import closed_recruitment
from tests.door import own_browser
from tests.doors import csrf_token
from tests.forms import submit
from tests.interviews.meetings import Meetings, meetings_of
from tests.interviews.test_references import give
from tests.letterbox.writing import ask, messages
from tests.privacy.candidates import Clock, link_of, requests_in
from tests.world import World

Lines = list[tuple[str, str, UUID | None]]


@pytest.fixture
def meetings(world: World, set_clock: Clock) -> Meetings:
    return meetings_of(world, set_clock)


def lines(world: World) -> Lines:
    with world.acting(scope.party(world.party)) as session:
        rows = session.scalars(select(AuditLine).where(AuditLine.chain_id == world.party).order_by(AuditLine.number))
        return [(row.actor, row.verb, row.object_id) for row in rows]


def sent_empty(world: World, person: UUID, address: str) -> tuple[int, str, Lines]:
    """The status, the page, and what was written of it in the party's log."""
    browser = world.browser(person)
    token = csrf_token("kansli", browser)
    before = len(lines(world))
    answer = browser.post(address, data={"csrf_token": token})
    return answer.status_code, answer.get_data(as_text=True), lines(world)[before:]


def test_letters_are_read_by_an_empty_answer_and_their_candidate_sees_it(meetings: Meetings) -> None:
    one, world = meetings.panel.sent[0], meetings.world
    ask(meetings.panel, one, "Jag är svårt sjuk just nu.")
    status, page, said = sent_empty(world, world.kansli, f"{meetings.panel.url}/brev/{one.id}")
    assert status == 422 and "Jag är svårt sjuk just nu." in page
    assert said == [(person_actor(world.kansli), "message.read", one.id)]
    assert messages(meetings.panel, one)[0].opened_at is not None


def test_a_letter_that_is_sent_reads_nothing_more(meetings: Meetings) -> None:
    one, world = meetings.panel.sent[0], meetings.world
    browser, address = world.browser(world.kansli), f"{meetings.panel.url}/brev/{one.id}"
    token = csrf_token("kansli", browser)
    before = len(lines(world))
    answer = browser.post(address, data={"csrf_token": token, "text": "Välkommen på torsdag."})
    assert (answer.status_code, [verb for _, verb, _ in lines(world)[before:]]) == (303, ["message.written"])


def test_a_letter_to_whoever_has_left_meanwhile_shows_nobody_and_is_no_reading(meetings: Meetings) -> None:
    one, world = meetings.panel.sent[0], meetings.world
    submit(meetings.browser(), f"{meetings.private_url(one)}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    status, page, said = sent_empty(world, world.kansli, f"{meetings.panel.url}/brev/{one.id}")
    assert (status, said) == (409, []) and one.name not in page


def test_references_are_read_by_an_empty_form(meetings: Meetings) -> None:
    one, world = meetings.panel.sent[0], meetings.world
    assert give(meetings) == 303
    with world.acting(scope.party(world.party)) as session:
        reference = session.scalars(select(Reference.id)).one()
    status, _, said = sent_empty(world, world.kansli, f"{meetings.url}/{one.id}/referenser/{reference}")
    assert (status, said) == (422, [(person_actor(world.kansli), "reference.read", one.id)])


def test_papers_are_read_by_a_score_that_is_none(meetings: Meetings) -> None:
    one, world = meetings.panel.sent[0], meetings.world
    place = f"{meetings.panel.url}/bedom/{one.id}/{meetings.panel.ad.criteria[0]}"
    status, page, said = sent_empty(world, world.gunnel, place)
    assert status == 422 and one.name in page
    assert said == [(person_actor(world.gunnel), "application.read", one.id)]


@pytest.mark.parametrize("employer", ["party", "authority"])
def test_what_was_asked_for_is_read_by_an_empty_answer_in_the_log_of_the_party(
    world: World, set_clock: Clock, employer: str
) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1, employer=employer, answered=False)
    asked = {"kind": "correction", "text": "Mitt examensår är fel."}
    submit(own_browser(world), f"{link_of(world, one)}/mina-uppgifter", asked, "Skicka begäran")
    (row,) = requests_in(world)
    person = world.region if employer == "authority" else world.kansli
    status, page, said = sent_empty(world, person, f"/arbete/begaran/{row.id}/svara")
    assert status == 422 and "Mitt examensår är fel." in page
    assert said == [(person_actor(person), "request.read", row.id)]


def test_the_draft_of_a_contract_of_which_nothing_is_saved_names_its_person_and_leaves_a_line(
    world: World, set_clock: Clock
) -> None:
    one = recorded(world, set_clock)
    before = len(lines(world))
    assert world.browser(world.kansli).get(f"{one.page}/utkast.pdf").status_code == 200
    assert lines(world)[before:] == [(person_actor(world.kansli), "contract.draft_read", one.employment)]


@contextmanager
def unwritable() -> Iterator[None]:
    """No line of a log can be written."""

    def refuse(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO audit_line"):
            raise OperationalError("INSERT", {}, Exception("the disk is full"))

    event.listen(Engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", refuse)


def lines_in_all(world: World) -> int:
    with world.app.app_context():
        return db.session.scalar(select(func.sum(AuditHead.count))) or 0


def test_where_the_line_cannot_be_written_the_form_is_not_sent_back(meetings: Meetings) -> None:
    one, world = meetings.panel.sent[0], meetings.world
    ask(meetings.panel, one, "Jag är svårt sjuk just nu.")
    world.app.config["PROPAGATE_EXCEPTIONS"] = False
    browser = world.browser(world.kansli)
    token = csrf_token("kansli", browser)
    before = lines_in_all(world)
    with unwritable():
        read = browser.get(f"{meetings.panel.url}/brev/{one.id}")
        sent = browser.post(f"{meetings.panel.url}/brev/{one.id}", data={"csrf_token": token})
    assert sent.status_code == read.status_code >= 500
    assert "svårt sjuk" not in sent.get_data(as_text=True)
    assert lines_in_all(world) == before
