"""What review does when others tell it something: the ad has closed or was taken back, a late application has come, there is
more to judge of one, a reminder is due."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.ads.queries import ad_of
from portal.ads.states import AdState
from portal.ads.window import closes_at, is_open
from portal.applications.models import Application
from portal.applications.queries import taken_back
from portal.applications.services.withdrawing import ERASED
from portal.applications.states import COUNTS
from portal.db import db, unit_of_work
from portal.jobs.models import Event
from portal.jobs.services import handles, nobody_acts_on
from portal.organisations.services.inviting import LEFT
from portal.review.queries.case import arrived, case_of
from portal.review.queries.phases import blind_with
from portal.review.queries.seats import with_more_to_judge
from portal.review.services import (
    invite_panel,
    move_by_dates,
    remind_of_last_minute,
    tell_of_late_arrival,
    tell_of_more,
)
from portal.review.services.dropping import JUDGED_AGAIN
from portal.review.services.forgetting import forget_words
from portal.review.services.masking import READABLE
from portal.review.services.moving import open_when_all_are_in
from portal.review.services.naming import DUE, hold_panel
from portal.review.services.reminding import REMINDER

nobody_acts_on("review.phase")
nobody_acts_on("deputy.called")


@handles(DUE)
def move_by_date(event: Event, at: datetime) -> None:
    """A date has come at which the review may move on. One that was set anew since then has an event of its own."""
    with unit_of_work() as session:
        case = case_of(session, event.subject_id) if event.subject_id else None
        if case is not None:
            move_by_dates(session, case=case, at=at)


@handles("application.withdrawn")
def open_when_nobody_is_waited_for(event: Event, at: datetime) -> None:
    """Who was the last to be judged has taken the application back."""
    with unit_of_work() as session:
        application = taken_back(session, event.subject_id)
        case = case_of(session, application.ad_id) if application is not None else None
        if case is not None:
            open_when_all_are_in(session, case=case, by=None, at=at)


@handles(LEFT)
def open_without_who_left(event: Event, at: datetime) -> None:
    """Who was the last to be waited for is no longer one of the party's people."""
    with unit_of_work() as session:
        for ad_id in blind_with(session, event.subject_id):
            hold_panel(session, ad_id)
            case = case_of(session, ad_id)
            if case is not None:
                open_when_all_are_in(session, case=case, by=None, at=at)


@handles("ad.closed")
@handles("ad.withdrawn")
def invite_when_closed(event: Event, at: datetime) -> None:
    """Invite the panel that was named while the ad was open, unless all is over by now: also where the ad was taken back, for
    what came is judged from then on. Each mail is posted once, so twice changes nothing."""
    with unit_of_work() as session:
        ad = _judged(session, event.subject_id, at, hold=True)
        last_minute = _last_minute(session, ad.id) if ad else None
        count = len(arrived(session, ad)) if ad and last_minute else 0
        if ad and last_minute and count:
            invite_panel(session, ad_id=ad.id, applications=count, hand_in_by=last_minute, at=at)


@handles("application.sent")
def tell_when_late(event: Event, at: datetime) -> None:
    """One more has come after the ad had closed, or a second sending is confirmed then: tell whoever had handed in, and
    invite a panel that had nobody to judge before."""
    if _late(db.session, event, at) is None:  # most come in time: the writer's place is not taken for them
        return
    with unit_of_work() as session:
        found = _late(session, event, at, hold=True)
        if found is None:
            return
        application, ad, last_minute = found
        if at < last_minute:
            count = len(arrived(session, ad))
            invite_panel(session, ad_id=ad.id, applications=count, hand_in_by=last_minute, at=at)
        tell_of_late_arrival(session, ad_id=ad.id, application_id=application.id, hand_in_by=last_minute, at=at)


@handles("application.changed")
@handles(READABLE)
@handles(JUDGED_AGAIN)
def tell_of_what_is_to_judge_anew(event: Event, at: datetime) -> None:
    """What whoever had handed in did not have then: the covered CV of a code name, what a blind review opens later, and one
    who had fallen on a krav and is judged again. Nobody is told while it cannot be read, nor once it is decided."""
    if _reopened(db.session, event, at) is None:
        return
    with unit_of_work() as session:
        found = _reopened(session, event, at, hold=True)
        if found is not None:
            application, last_minute = found
            again = event.kind == JUDGED_AGAIN
            tell_of_more(session, application_id=application.id, hand_in_by=last_minute, at=at, again=again)


def _reopened(
    session: Session, event: Event, at: datetime, *, hold: bool = False
) -> tuple[Application, datetime | None] | None:
    """One that somebody is to hand in anew, and until when."""
    application = session.get(Application, event.subject_id) if event.subject_id else None
    ad = _judged(session, application.ad_id, at, hold=hold) if application and application.state in COUNTS else None
    if application is None or ad is None or application.decided_as:
        return None
    if not with_more_to_judge(session, application.id, again=event.kind == JUDGED_AGAIN):
        return None
    return application, _last_minute(session, ad.id)


def _late(
    session: Session, event: Event, at: datetime, *, hold: bool = False
) -> tuple[Application, Ad, datetime] | None:
    """One that counts, of an ad whose candidates are judged, and until when the panel hands in."""
    application = session.get(Application, event.subject_id) if event.subject_id else None
    ad = _judged(session, application.ad_id, at, hold=hold) if application and application.state in COUNTS else None
    last_minute = _last_minute(session, ad.id) if ad else None
    return (application, ad, last_minute) if application and ad and last_minute else None


@handles(REMINDER)
def remind(event: Event, at: datetime) -> None:
    """Remind whoever has something left, if this is still the time for it and the case is not over."""
    with unit_of_work() as session:
        ad = _judged(session, event.subject_id, at, hold=True)
        last_minute = _last_minute(session, ad.id) if ad else None
        waiting = arrived(session, ad) if ad else []
        if ad and last_minute and waiting and not _all_decided(session, ad.id):
            remind_of_last_minute(session, ad_id=ad.id, applications=waiting, hand_in_by=last_minute, at=at)


def _last_minute(session: Session, ad_id: UUID | None) -> datetime | None:
    case = case_of(session, ad_id) if ad_id else None
    return case.hand_in_by if case else None


def _judged(session: Session, ad_id: UUID | None, at: datetime, *, hold: bool = False) -> Ad | None:
    """The ad, while its candidates are judged: it takes no more, and its outcome is not recorded. To ``hold`` it, and every
    seat before it, is for whoever writes to the panel: nobody hands in, leaves or ends it meanwhile."""
    if hold and ad_id is not None:
        hold_panel(session, ad_id)
    ad = ad_of(session, ad_id, lock=hold) if ad_id else None
    if ad is None or ad.published_at is None or ad.state == AdState.ENDED:
        return None
    still_open = ad.state == AdState.PUBLISHED and ad.deadline is not None and is_open(closes_at(ad.deadline), at)
    return None if still_open else ad


def _all_decided(session: Session, ad_id: UUID) -> bool:
    left = select(Application.id).where(Application.ad_id == ad_id, Application.state.in_(COUNTS))
    return session.scalars(left.where(Application.decided_as == "").limit(1)).first() is None


@handles(ERASED)
def forget_when_erased(event: Event, at: datetime) -> None:
    """Whoever is erased leaves no words of the panel's behind."""
    with unit_of_work() as session:
        if event.subject_id is not None:
            forget_words(session, application_id=event.subject_id)
