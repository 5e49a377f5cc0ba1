"""What a person decides of how long applications are kept: a legal hold, a later day, the day it is counted from."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.ads.queries import ad_of
from portal.applications.models import Application
from portal.applications.queries import hold_everybody, restricted, taken_back
from portal.applications.services.withdrawing import is_erased
from portal.audit.services import person_actor, record
from portal.clock import STOCKHOLM
from portal.jobs.services import announce
from portal.organisations.access import Actor
from portal.privacy.clocks import NOTICE, Wait
from portal.privacy.models import LegalHold, RetentionCase
from portal.privacy.queries import hold_place, holds_of, kept_case, said_of, said_place
from portal.privacy.refusals import (
    AllIsHeld,
    AlreadyHeld,
    BeforeTheEnd,
    KeepingMoved,
    NoStartToSay,
    NothingToPostpone,
    NotLater,
    NotYet,
    ReasonMissing,
)
from portal.scope import walls_of
from portal.seen import page_marks, texts_of
from portal.swedish_dates import swedish_day
from portal.vault.services import open_application_key, open_for_controller, seal_for_controller

LONGEST_REASON = 500
LIFTED = "hold.lifted"  # the event, two weeks later


def set_hold(
    session: Session, *, ad_id: UUID, application_id: UUID | None, reason: str, actor: Actor, at: datetime
) -> LegalHold | None:
    """Let nothing of the recruitment, or of one candidate, be erased until somebody lifts the hold. Whoever erases at this
    moment has done so, or sees the hold.

    None where there is nobody, or nothing, to hold. Raises `ReasonMissing` and `AlreadyHeld`.
    """
    ad = ad_of(session, ad_id, lock=True)
    if application_id is None:
        hold_everybody(session, ad_id)
    application = session.get(Application, application_id, with_for_update=True) if application_id else None
    if ad is None or (application_id and (application is None or application.ad_id != ad_id or is_erased(application))):
        return None
    words = _reason(reason)
    if any(one.application_id == application_id for one in holds_of(session, ad_id)):
        raise AlreadyHeld
    row = LegalHold(
        id=uuid4(), **walls_of(ad), ad_id=ad_id, application_id=application_id, set_by=actor.person_id, set_at=at
    )
    row.reason_sealed = _sealed(session, row, words)
    session.add(row)
    session.flush()
    _note(session, ad, "hold.set", application_id or ad_id, actor, at)
    return row


def lift_hold(session: Session, *, ad_id: UUID, hold_id: UUID, actor: Actor, at: datetime) -> LegalHold | None:
    """Let the clock decide again, after two weeks in which it can be undone: what is due by now is told of anew first, and
    what lies sealed does so for two weeks more. So long the notes of an authority's matter that is over stay too. Twice
    changes nothing; None where there is no such hold here."""
    ad = ad_of(session, ad_id, lock=True)
    row = session.get(LegalHold, hold_id, with_for_update=True)
    if ad is None or row is None or row.ad_id != ad_id:
        return None
    if row.lifted_at is None:
        row.lifted_at, row.lifted_by = at, actor.person_id
        said = said_in(session, ad)
        said.told_of = said.told_at = None
        session.flush()
        _keep_what_lies_sealed(session, row, at)
        _note(session, ad, "hold.lifted", row.application_id or ad_id, actor, at)
        announce(session, LIFTED, subject_id=ad_id, at=at, due_at=at + NOTICE)
    return row


def _keep_what_lies_sealed(session: Session, hold: LegalHold, at: datetime) -> None:
    """Its day may be over since long, and it goes by that day alone: the office is told of none, so it has the time here."""
    gone_on = at.astimezone(STOCKHOLM).date() + NOTICE
    for id in restricted(session, before=gone_on - timedelta(days=1), ad_id=hold.ad_id):
        if hold.application_id in (None, id) and (row := taken_back(session, id, lock=True)) is not None:
            row.restricted_until = gone_on - timedelta(days=1)
    session.flush()


def postpone(
    session: Session, *, ad_id: UUID, until: date, reason: str, actor: Actor, at: datetime, seen: str | None = None
) -> RetentionCase | None:
    """Keep the applications until a later day than the usual; the office is told anew before it. Said again it is put right,
    to an earlier day too. Raises `NotLater`, `ReasonMissing`, `NothingToPostpone` and `AllIsHeld`, and `KeepingMoved` where
    what is said is other than was ``seen``."""
    ad = ad_of(session, ad_id, lock=True)
    kept = kept_case(session, ad_id)
    if ad is None or kept is None:
        return None
    if (same := _said_already(session, ad_id, seen, "postponed", until, reason)) is not None:
        return same
    if kept.all_held:
        raise AllIsHeld
    day = kept.usual_day(at.astimezone(STOCKHOLM).date())
    if day is None or kept.only_later:
        raise NothingToPostpone
    if until <= day:
        raise NotLater(day=swedish_day(day))
    row = said_in(session, ad)
    row.postponed_reason_sealed = _said(session, row, "postponed", _reason(reason))
    row.postponed_to, row.postponed_by, row.postponed_at = until, actor.person_id, at
    row.told_of = row.told_at = None
    session.flush()
    _note(session, ad, "retention.postponed", ad_id, actor, at)
    return row


def say_start(
    session: Session, *, ad_id: UUID, day: date, basis: str, actor: Actor, at: datetime, seen: str | None = None
) -> RetentionCase | None:
    """From which day it is counted where an authority has ended a recruitment without employing anybody; said again it is put
    right. Raises `BeforeTheEnd`, `NotYet`, `NoStartToSay`, `ReasonMissing`, and `KeepingMoved` as `postpone`."""
    ad = ad_of(session, ad_id, lock=True)
    kept = kept_case(session, ad_id)
    if ad is None or kept is None:
        return None
    if (same := _said_already(session, ad_id, seen, "start_basis", day, basis)) is not None:
        return same
    row = said_in(session, ad)
    closed = ad.ended_at or ad.withdrawn_at
    if closed is None or (kept.start is not Wait.UNSAID and row.starts_on is None):
        raise NoStartToSay
    if day < (earliest := closed.astimezone(STOCKHOLM).date()):
        raise BeforeTheEnd(day=swedish_day(earliest))
    if day > at.astimezone(STOCKHOLM).date():
        raise NotYet
    row.start_basis_sealed = _said(session, row, "start_basis", _reason(basis, field="basis"))
    row.starts_on, row.start_said_by, row.start_said_at = day, actor.person_id, at
    row.told_of = row.told_at = None
    session.flush()
    _note(session, ad, "retention.start_said", ad_id, actor, at)
    return row


def mark_of(row: RetentionCase | None) -> str:
    """What a page says that it was opened with: changes with each thing that somebody says of how long it is kept."""
    return page_marks(texts_of({"to": row.postponed_at, "from": row.start_said_at})) if row is not None else ""


def _said_already(
    session: Session, ad_id: UUID, seen: str | None, column: str, day: date, words: str
) -> RetentionCase | None:
    """What stands word for word as it is said, by a second press; None where it is still to be said. Raises KeepingMoved."""
    row = said_of(session, ad_id)
    if seen is None or seen == mark_of(row):
        return None
    if row is None:
        raise KeepingMoved
    postponed, started = (row.postponed_to, row.postponed_reason_sealed), (row.starts_on, row.start_basis_sealed)
    said_day, sealed = postponed if column == "postponed" else started
    place = said_place(column, row.id)
    if said_day != day or not sealed or open_for_controller(session, row.controller_id, sealed, place=place) != words:
        raise KeepingMoved
    return row


def said_in(session: Session, ad: Ad) -> RetentionCase:
    """The recruitment's row, made where there is none. The ad is locked."""
    row = said_of(session, ad.id)
    if row is None:
        row = RetentionCase(id=uuid4(), **walls_of(ad), ad_id=ad.id)
        session.add(row)
    return row


def forget_reasons(session: Session, ad_id: UUID) -> None:
    """What was said of a recruitment goes with its applications, but for what is still held."""
    for hold in session.scalars(select(LegalHold).where(LegalHold.ad_id == ad_id, LegalHold.lifted_at.is_not(None))):
        session.delete(hold)
    row = said_of(session, ad_id)
    if row is not None and row.postponed_to is not None:
        row.postponed_to = row.postponed_by = row.postponed_at = row.postponed_reason_sealed = None
    session.flush()


def _reason(text: str, *, field: str = "reason") -> str:
    words = text.strip()
    if not words or len(words) > LONGEST_REASON:
        raise ReasonMissing(field=field)
    return words


def _sealed(session: Session, row: LegalHold, words: str) -> bytes:
    if row.application_id is None:
        return seal_for_controller(session, row.controller_id, words, place=hold_place(row.id))
    key = open_application_key(session, application_id=row.application_id, controller_id=row.controller_id)
    return key.seal_text(hold_place(row.id), words)


def _said(session: Session, row: RetentionCase, column: str, words: str) -> bytes:
    return seal_for_controller(session, row.controller_id, words, place=said_place(column, row.id))


def _note(session: Session, ad: Ad, verb: str, object_id: UUID, actor: Actor, at: datetime) -> None:
    who = person_actor(actor.person_id)
    record(session, chain=ad.party_id, at=at, actor=who, verb=verb, object_id=object_id)
