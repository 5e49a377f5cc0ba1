"""Reminding assessors: the portal by itself before the last minute, the office by a button, never of what is set."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.ads.queries import criteria_of
from portal.audit.services import person_actor, record
from portal.clock import STOCKHOLM
from portal.jobs.services import announce
from portal.organisations.access import Actor
from portal.review.deciding.queries import decider_outside, has_answered
from portal.review.emails import nudge_mail, post_late_arrival, post_late_to_decider, post_more_to_judge, post_reminder
from portal.review.models import PanelMember, ReviewCase
from portal.review.queries.case import Case, Listed
from portal.review.queries.panel import Progress, members_of, progress_of
from portal.review.queries.person import applied_themselves
from portal.review.queries.seats import seats_of, with_more_to_judge
from portal.review.refusals import CaseOver, NothingToNudge, NotOpenToYou, NotOpenYet, NudgedToday
from portal.review.reminders import reminder_due, reminder_times

REMINDER = "review.reminder"


def announce_reminders(session: Session, *, ad_id: UUID, last_minute: datetime, at: datetime) -> None:
    """Let the portal come back to the panel before this last minute. Whether there is anything to say is seen then."""
    for due_at in reminder_times(last_minute):
        if due_at > at:
            announce(session, REMINDER, subject_id=ad_id, at=at, due_at=due_at)


def remind_of_last_minute(
    session: Session, *, ad_id: UUID, applications: Iterable[Listed], hand_in_by: datetime, at: datetime
) -> int:
    """A mail to each assessor who has something left, once for each of the two times. Returns how many have."""
    due = reminder_due(hand_in_by, at)
    if due is None:
        return 0
    waiting = [one for one in _progress(session, ad_id, applications) if one.has_left and not one.has_applied]
    for one in waiting:
        once = f"reminder:{one.member.id}:{due.astimezone(STOCKHOLM):%Y%m%d%H%M}:{hand_in_by:%Y%m%d%H%M}"
        post_reminder(session, one, hand_in_by=hand_in_by, once=once, at=at)
    return len(waiting)


def nudge(session: Session, *, case: Case, actor: Actor, person_id: UUID, at: datetime) -> None:
    """The office reminds one assessor, at most once a day. Raises NotOpenYet, CaseOver, NotOpenToYou for who is not
    in the panel, NothingToNudge, NudgedToday."""
    if not case.may_be_assessed(at):
        raise NotOpenYet
    if case.over:
        raise CaseOver
    found = (one for one in _progress(session, case.ad.id, case.applications) if one.member.person_id == person_id)
    one = next(found, None)
    if one is None:
        raise NotOpenToYou
    if not one.has_left or one.has_applied:
        raise NothingToNudge
    # Of two clicks the second waits, and sees the first.
    session.get_one(PanelMember, one.member.id, with_for_update=True)
    if one.nudged_on(at):
        raise NudgedToday(name=one.member.person.name)
    one.member.nudged_at = at
    session.flush()
    post_reminder(session, one, hand_in_by=case.hand_in_by, once=nudge_mail(one.member, at), at=at)
    by = person_actor(actor.person_id)
    record(session, chain=case.ad.party_id, at=at, actor=by, verb="panel.nudged", object_id=one.member.id)


def tell_of_late_arrival(
    session: Session, *, ad_id: UUID, application_id: UUID, hand_in_by: datetime | None, at: datetime
) -> None:
    """A mail to each assessor who had handed in without it: there is one more. Whoever has not meets it on their way, and
    whoever has it in what they have handed in met it before this was told; whoever has applied is told nothing. So is one who
    decides and does not assess told, who had answered about jäv."""
    has_applied = applied_themselves(session, ad_id, session.get_one(Ad, ad_id).controller_id)
    members = members_of(session, ad_id)
    seats, blind = seats_of(session, ad_id, members), _is_blind(session, ad_id)
    for member in (one for one in members if one.handed_in_at is not None and not one.deputy):
        if not seats.covers(member, application_id) and not has_applied(member.person.email):
            post_late_arrival(session, member, application_id=application_id, hand_in_by=hand_in_by, at=at, blind=blind)
    named = session.scalar(select(ReviewCase.decider_id).where(ReviewCase.ad_id == ad_id))
    decider = decider_outside(session, ad_id, named, [member.person_id for member in members])
    if decider is None or not decider.answered or has_applied(decider.email):
        return
    if not has_answered(session, decider.person_id, application_id):
        post_late_to_decider(session, decider, ad_id=ad_id, application_id=application_id, at=at, blind=blind)


def tell_of_more(
    session: Session, *, application_id: UUID, hand_in_by: datetime | None, at: datetime, again: bool = False
) -> None:
    """A mail to each assessor who had handed in when there came more of it to judge, or it is judged ``again``: they are to
    hand in anew. Once for each handing in, whatever comes; whoever has applied is told nothing."""
    members = with_more_to_judge(session, application_id, again=again)
    if not members:
        return
    has_applied = applied_themselves(session, members[0].ad_id, members[0].controller_id)
    for member in members:
        if not has_applied(member.person.email):
            post_more_to_judge(session, member, application_id=application_id, hand_in_by=hand_in_by, at=at)


def _progress(session: Session, ad_id: UUID, applications: Iterable[Listed]) -> list[Progress]:
    criteria = len(criteria_of(session, ad_id))
    blind = _is_blind(session, ad_id)
    return progress_of(session, members_of(session, ad_id), list(applications), criteria, blind=blind)


def _is_blind(session: Session, ad_id: UUID) -> bool:
    return bool(session.scalar(select(ReviewCase.blind).where(ReviewCase.ad_id == ad_id)))
