"""Whoever has jäv for who is employed is asked for nothing that their page then refuses: a colleague is (KL 6:28)."""

from uuid import UUID

import pytest

from portal import clock, scope
from portal.review.deciding.models import DecidingAnswer
from portal.review.services import report_unreadable
from tests.contracts.acts.changing import employ
from tests.contracts.hiring import fill, hired
from tests.contracts.onboarding_lists import add, begin
from tests.contracts.test_standing_aside import say_conflict
from tests.counting import statements
from tests.decisions.recruiting import HIRED, NOT_FURTHER, closed_recruitment, decide, proofread, release
from tests.desk.test_employed import OFFER, SIGN, Clock
from tests.desk.test_start import START, page, panel
from tests.membership import add_person
from tests.review.panel import panel_of
from tests.world import World

DECIDE, STEPS, RECORD = "Skriv in anställningsbeslutet", "i introduktionen", "Registrera anställningen"
REGISTER = "/arbete/anstallningar"


def employed(world: World, set_clock: Clock) -> UUID:
    """Whom the office hired, employed by the authority, with a first day to see to."""
    published, sent = hired(world, set_clock, 1)
    answer = fill(world.browser(world.kansli), published, sent[0])
    id = UUID(answer.headers["Location"].rsplit("/", 1)[1])
    begin(world, id)
    add(world, id)
    return id


def shown_to(world: World, person: UUID) -> set[str]:
    shown = page(world, person)
    return {text for text in (DECIDE, OFFER, SIGN, STEPS) if text in shown}


def test_what_a_colleague_must_decide_is_asked_of_the_colleague_alone(world: World, set_clock: Clock) -> None:
    colleague, _ = add_person(world, "sigge", "kansli", party=world.party)
    employed(world, set_clock)
    set_clock("2027-01-25T09:00")
    assert shown_to(world, world.kansli) == shown_to(world, colleague) == {DECIDE, OFFER, STEPS}
    say_conflict(world)
    assert shown_to(world, colleague) == {DECIDE, OFFER, STEPS}
    assert shown_to(world, world.kansli) == {STEPS}, "the first days are theirs to see to"


def test_of_another_employment_whoever_has_jav_is_asked_as_before(world: World, set_clock: Clock) -> None:
    employed(world, set_clock)
    say_conflict(world)
    other = employ(world)
    shown = page(world, world.kansli)
    assert f'href="{REGISTER}/{other}/beslut"' in shown
    assert shown.count(DECIDE) == 1


@pytest.mark.parametrize("over", [False, True])
def test_whom_a_colleague_is_to_record_is_asked_of_the_colleague_alone(
    world: World, set_clock: Clock, over: bool
) -> None:
    colleague, _ = add_person(world, "sigge", "kansli", party=world.party)
    published, sent = closed_recruitment(world, set_clock, 2)
    decide(world, published, sent[:1], HIRED)
    decide(world, published, sent[1:], NOT_FURTHER)
    if over:
        proofread(world, published)
        assert release(world, published) == 2
    assert RECORD in page(world, world.kansli)
    with world.writing(scope.party(world.party)) as session:
        for row in session.query(DecidingAnswer).filter_by(application_id=sent[0].id):
            row.has_conflict, row.ground = True, "narstaende"
    assert RECORD in page(world, colleague)
    assert RECORD not in page(world, world.kansli)
    place = f"/arbete/rekryteringar/{published.id}/anstall"
    assert "En kollega på kansliet registrerar anställningen" in page(world, world.kansli, place)


def knows(world: World, *whom: UUID) -> None:
    """The office's person says that they have jäv for these."""
    with world.writing(scope.party(world.party)) as session:
        for row in session.query(DecidingAnswer).filter(DecidingAnswer.application_id.in_(whom)):
            row.has_conflict, row.ground = True, "narstaende"


def test_an_outcome_that_a_colleague_is_to_write_is_asked_of_the_colleague_alone(
    world: World, set_clock: Clock
) -> None:
    colleague, _ = add_person(world, "sigge", "kansli", party=world.party)
    published, sent = closed_recruitment(world, set_clock, 3)
    decide(world, published, sent[:1], NOT_FURTHER)
    knows(world, sent[1].id)
    assert "Skriv utfallet för en sökande" in page(world, world.kansli)
    assert "Skriv utfallet för två sökande" in page(world, colleague)
    knows(world, sent[2].id)
    assert "Skriv utfallet" not in page(world, world.kansli)
    assert "Avsluta rekryteringen" not in page(world, world.kansli), "it is not done"
    assert "Skriv utfallet för två sökande" in page(world, colleague)


def test_before_any_is_written_too(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    panel(world, published, [world.gunnel], sent)
    set_clock("2026-12-18T09:00")
    assert "Skriv utfallet för två sökande" in page(world, world.kansli)
    knows(world, sent[0].id)
    assert "Skriv utfallet för en sökande" in page(world, world.kansli)
    knows(world, sent[1].id)
    assert "Skriv utfallet" not in page(world, world.kansli)


def test_a_paper_of_one_whom_the_person_has_jav_for_is_for_a_colleague(world: World, set_clock: Clock) -> None:
    colleague, _ = add_person(world, "sigge", "kansli", party=world.party)
    set_clock("2026-11-23T10:00")
    reviewed = panel_of(world, set_clock, world.gunnel, applications=2)
    reviewed.declare(world.gunnel)
    reviewed.answer_to_decide(world.kansli)
    for one in reviewed.sent:
        with reviewed.as_person(world.gunnel) as (session, case):
            report_unreadable(session, case=case, application_id=one.id, paper_id=one.id, at=clock.now())
    assert "Två handlingar går inte att läsa" in page(world, world.kansli)
    knows(world, reviewed.sent[0].id)
    assert "En handling går inte att läsa" in page(world, world.kansli)
    knows(world, reviewed.sent[1].id)
    assert "går inte att läsa" not in page(world, world.kansli)
    assert "Två handlingar går inte att läsa" in page(world, colleague)


@pytest.mark.counts
def test_the_desk_asks_as_much_whoever_is_left_to_colleagues(world: World, set_clock: Clock) -> None:
    counts = []
    for more in (1, 3):
        for _ in range(more):
            set_clock("2026-11-23T10:00")
            employed(world, set_clock)
        set_clock("2027-01-25T09:00")
        with world.writing(scope.party(world.party)) as session:
            for row in session.query(DecidingAnswer):
                row.has_conflict, row.ground = True, "narstaende"
        browser = world.browser(world.kansli)
        browser.get(START)
        with statements(world.app) as asked:
            browser.get(START)
        counts.append(asked.count)
    assert counts == [18, 18]  # three of them whom the person stands aside from
