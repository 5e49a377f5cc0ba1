"""The minutes of a case's meeting as the register has them, in the party's scope: candidates by number, never by name."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.ads.models import Ad
from portal.applications.models import Application
from portal.disclosure.form_lines import lines_of_minutes
from portal.register.lines import SetLine
from portal.review.meeting.minutes import NO_ORDER, ORDER_WORDS
from portal.review.meeting.models import Meeting
from portal.review.meeting.states import DONE, Step
from portal.review.meeting.voting import CHOICE_WORDS, result_words, tally
from portal.review.models import PanelMember
from portal.review.queries.meeting import Voted, events_in, meeting_of, order_in, presences_in, votes_in
from portal.review.ranking import place_labels
from portal.web.filters import clock_time, day_and_time

NOBODY = "en sökande som inte har något nummer"


def minutes_lines(session: Session, ad: Ad) -> list[SetLine]:
    """What the meeting came to; empty where none was held. What was said of each candidate stands in their assessment.

    One that nobody has ended is over when its matter is.
    """
    held = meeting_of(session, ad.id)
    if held is None:
        return []
    about = [("Började", day_and_time(held.started_at))]
    about += [("Avslutades", day_and_time(held.ended_at))] if held.ended_at else []
    called = _numbers(session, ad.id)
    order = order_in(session, held)
    labels = place_labels(order)
    return lines_of_minutes(
        title=ad.title or "",
        about=about,
        present=_present(session, held),
        ended_as=ORDER_WORDS.get(held.basis or "", NO_ORDER),
        order=[(labels[one], called.get(one, NOBODY)) for group in order for one in group],
        votes=[_vote(vote, called, _members(session, ad.id)) for vote in votes_in(session, held)],
        steps=[
            f"{day_and_time(row.at)}: mötet {DONE[Step(row.step)]}, {name}" for row, name in events_in(session, held)
        ],
    )


def _numbers(session: Session, ad_id: UUID) -> Mapping[UUID, str]:
    rows = select(Application.id, Application.arrival_number).where(
        Application.ad_id == ad_id, Application.arrival_number.is_not(None)
    )
    return {id: f"ansökan nummer {number}" for id, number in session.execute(rows)}


def _members(session: Session, ad_id: UUID) -> Mapping[UUID, str]:
    rows = select(PanelMember.id, Person.name).join(Person, Person.id == PanelMember.person_id)
    return {row.id: row.name for row in session.execute(rows.where(PanelMember.ad_id == ad_id))}


def _present(session: Session, held: Meeting) -> list[str]:
    return [
        f"{one.name}, {' och '.join(_from_to(came, left or held.ended_at) for came, left in one.stays)}"
        for one in presences_in(session, held)
    ]


def _from_to(came: datetime, left: datetime | None) -> str:
    return f"från {day_and_time(came)}" + (f" till {clock_time(left)}" if left else "")


def _vote(vote: Voted, called: Mapping[UUID, str], members: Mapping[UUID, str]) -> tuple[str, str]:
    first, second = called.get(vote.first, NOBODY), called.get(vote.second, NOBODY)
    ballots = sorted(
        (members.get(id, "Tidigare bedömare"), CHOICE_WORDS[choice]) for id, choice in vote.ballots.items()
    )
    result = result_words(tally(vote.ballots.values()), first, second)
    return f"A: {first} före {second}. B: tvärtom.", f"{result}. {', '.join(' '.join(one) for one in ballots)}"
