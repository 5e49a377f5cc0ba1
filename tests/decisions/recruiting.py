"""A recruitment brought to where its outcome is recorded: closed, with candidates, and with outcomes where asked for."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from portal import clock, scope
from portal.ads.states import AdState
from portal.db import db, unit_of_work
from portal.decisions.outcomes import Result
from portal.decisions.queries.release import release_of
from portal.decisions.queries.words import words_of
from portal.decisions.services import ReadText, end_recruitment, offer_post, proofread_all, record_outcome
from portal.decisions.tasks import keep_now
from portal.links.models import Purpose
from portal.links.services import make_link
from portal.organisations.access import Actor, Role
from portal.review.queries.case import load_case
from portal.review.services import answer_to_decide, declare_conflicts
from tests.applicants import Sent, send_applications
from tests.steps import kept
from tests.world import Published, World, publish_ad

DEADLINE = date(2026, 12, 11)
CLOSED = "2026-12-14T09:00"
HIRED, NOT_FURTHER = Result.HIRED, Result.NOT_FURTHER


@kept
def closed_recruitment(
    world: World, set_clock: Callable[[str], datetime], n: int, *, answered: bool = True, **ad: Any
) -> tuple[Published, list[Sent]]:
    """An ad with ``n`` candidates, each with a private link, three days after its last day. The office has ``answered``
    that it has no jäv."""
    published = publish_ad(world, deadline=DEADLINE, **ad)
    sent = send_applications(world, published, n)
    with world.writing(scope.party(published.party_id)) as session:
        for one in sent:
            make_link(
                session, purpose=Purpose.APPLICATION, subject_id=one.id, scope=scope.candidate(one.id),
                at=clock.now(), expires_at=datetime(2029, 1, 1, tzinfo=clock.STOCKHOLM),
            )  # fmt: skip
    set_clock(CLOSED)
    if answered:
        knows_nobody(world, published)
    return published, sent


def office(world: World, party: UUID | None = None) -> Actor:
    """The office's person as the services know them."""
    return Actor(world.kansli, "Samira Hedvall", None, Role.KANSLI, party or world.party, None)


@kept
def decide(
    world: World, published: Published, sent: Sequence[Sent], result: Result = NOT_FURTHER,
    reason: str = "Skriver klart och snabbt.",
) -> None:  # fmt: skip
    """Record an outcome for each, as the office would have once it has answered that it knows none of them."""
    knows_nobody(world, published)
    for one in sent:
        with world.writing(scope.party(published.party_id)) as session:
            recorded = record_outcome(
                session, ad_id=published.id, application_id=one.id, result=result, criterion_id=published.criteria[0],
                reason=reason, actor=office(world), at=clock.now(),
            )  # fmt: skip
            assert recorded is not None


def knows_nobody(world: World, published: Published) -> None:
    """The office answers, about whomever it has not, that it has no jäv."""
    with world.writing(scope.party(published.party_id)) as session:
        case = load_case(session, published.id, office(world, published.party_id))
        assert case is not None
        listed = {row.id for row in case.unanswered_to_decide}
        verb = declare_conflicts if case.standing.named else answer_to_decide
        if listed and case.ad.state != AdState.ENDED:
            verb(session, case=case, listed=listed, conflicts={}, at=clock.now())


@kept
def keep_decision_file(world: World, published: Published) -> None:
    """The worker keeps the file, as it does when a recruitment ends."""
    with world.acting(scope.party(published.party_id)):
        keep_now(published.id, clock.now())


@kept
def proofread(world: World, published: Published) -> None:
    """Every text read through and marked, as the office would have on its page."""
    with world.writing(scope.party(published.party_id)) as session:
        case = load_case(session, published.id, office(world, published.party_id))
        assert case is not None
        texts = {word.application_id: ReadText(word.text, word.version) for word in words_of(session, case)}
        proofread_all(session, ad_id=published.id, texts=texts, actor=office(world, published.party_id), at=clock.now())


@kept
def release(world: World, published: Published, *, offer: bool = False) -> int | None:
    """Everybody told, or the post offered, as the office would have on the page that shows who is told what."""
    actor = office(world, published.party_id)
    with world.app.test_request_context():
        scope.act_for(db.session, scope.party(published.party_id))
        with unit_of_work() as session:
            case = load_case(session, published.id, actor)
            assert case is not None
            seen = release_of(session, case, at=clock.now()).seen
            verb = offer_post if offer else end_recruitment
            return verb(session, ad_id=published.id, seen=seen, actor=actor, at=clock.now())


def address(published: Published, tail: str = "utfall") -> str:
    """A page of the recruitment."""
    return f"/arbete/rekryteringar/{published.id}/{tail}"
