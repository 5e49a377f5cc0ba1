"""A request for many records is read in as many statements as one for few."""

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.disclosure.models import CoveredRecord
from portal.disclosure.requests import Answer
from portal.disclosure.services.requesting import cover
from portal.jobs.tasks import run_rounds
from portal.privacy.rights.kinds import Kind
from portal.privacy.rights.services.asking import ask
from portal.register.models import RegisterEntry
from tests.counting import statements
from tests.decisions.recruiting import HIRED, NOT_FURTHER, closed_recruitment, decide, proofread, release
from tests.disclosure.asking import note, registrar, review
from tests.privacy.candidates import Clock
from tests.world import World

FORM = 4  # more for each form: its answers, its changes, its files and the criteria that it answers


def asked(world: World, kind: str, of: int) -> int:
    """How many statements the page of a request takes that covers so many records of a kind, all reviewed."""
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world)
        rows = set(session.scalars(select(RegisterEntry.id).where(RegisterEntry.kind == kind).limit(of)))
        cover(session, actor=registrar(world), request_id=request, offered=rows, wanted=rows, at=clock.now())
        covered = session.scalars(select(CoveredRecord.id).where(CoveredRecord.request_id == request)).all()
        assert len(covered) == of
        for record in covered:
            review(session, world, request, record, Answer.OPEN)
    browser, page = world.browser(world.region), f"/arbete/utlamnande/{request}"
    browser.get(page)
    with statements(world.app) as seen:
        assert browser.get(page).get_data(as_text=True).count("Lämnas ut som den är") == of
    return seen.count


@pytest.mark.counts
@pytest.mark.parametrize(("kind", "each"), [("cv", 0), ("application", FORM)])
def test_each_record_more_costs_no_statement_of_its_own(world: World, set_clock: Clock, kind: str, each: int) -> None:
    closed_recruitment(world, set_clock, 6)
    assert asked(world, kind, 6) - asked(world, kind, 2) == 4 * each


@pytest.mark.counts
@pytest.mark.parametrize("kind", ["message_in", "message_out", "assessment"])
def test_nor_does_what_was_asked_told_or_assessed(world: World, set_clock: Clock, kind: str) -> None:
    ad, sent = closed_recruitment(world, set_clock, 6)
    decide(world, ad, sent[:1], HIRED)
    decide(world, ad, sent[1:], NOT_FURTHER)
    proofread(world, ad)
    release(world, ad)
    run_rounds(world.app)
    for one in sent:
        with world.writing(scope.candidate(one.id)) as session:
            ask(session, application_id=one.id, kind=Kind.ERASURE, text="Ta bort mig.", at=clock.now())
    assert asked(world, kind, 6) == asked(world, kind, 2)
