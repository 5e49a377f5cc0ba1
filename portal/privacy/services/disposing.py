"""The daily round over what has had its time: the office is told two weeks ahead, and on the day it is carried out.

Each step is committed before the next, and finds what an earlier run has left: the rows are marked, each application's key
is destroyed, then its files, rows and words, and last the recruitment is noted as done. Whoever lets the party keep them for
later posts loses what was written of them, and keeps what they sent.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from portal.ads.queries import ad_of
from portal.applications.models import Application
from portal.applications.queries import hold_everybody
from portal.applications.services.sweeping import each_party
from portal.applications.services.withdrawing import end_application, finish_erasure, keep_own_pages_open
from portal.applications.states import State
from portal.audit.services import SYSTEM, Entry, record, record_all
from portal.clock import STOCKHOLM
from portal.db import unit_of_work
from portal.decisions.services.forgetting import forget_outcome_words
from portal.decisions.services.keeping import take_out_erased
from portal.decisions.services.room import give_room_back
from portal.interviews.services.freeing import forget_interview
from portal.organisations.models import Authority
from portal.organisations.queries import office_addresses
from portal.privacy.clocks import Kept, Step
from portal.privacy.emails import post_notice
from portal.privacy.later.services import leave_alone, seal_lapsed
from portal.privacy.queries import kept_case, kept_cases, let_go_since, said_of
from portal.privacy.services.holding import forget_reasons, said_in
from portal.review.queries.person import applied_themselves
from portal.review.services.forgetting import forget_reopening, forget_words
from portal.scope import scope_of

_log = structlog.get_logger("retention")


@dataclass(frozen=True, slots=True)
class Gone:
    """How many recruitments the office was told of, and how many applications went, by whose they were."""

    told: int = 0
    disposed: int = 0  # gallrade: an authority's
    erased: int = 0  # raderade: a party's
    left: int = 0  # kept from now on by their consent alone
    failed: int = 0  # recruitments of which something went wrong: the log says which, and the next round tries again

    def __add__(self, other: "Gone") -> "Gone":
        return Gone(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def due_now(at: datetime) -> Gone:
    """What `carry_out_due` would do at ``at``; nothing is done."""
    found, on = Gone(), at.astimezone(STOCKHOLM).date()
    for _, kept, step in _steps(at):
        going = kept.going(on)
        staying = sum(kept.stays(id, on) for id in going)
        found += Gone(told=int(step is Step.TELL)) + _counted(kept, len(going) - staying, staying)
    return found


def _counted(kept: Kept, gone: int, staying: int) -> Gone:
    return Gone(disposed=gone, left=staying) if kept.by_authority else Gone(erased=gone, left=staying)


def carry_out_due(at: datetime) -> Gone:
    """Tell of what goes in two weeks, and let go what is due. Safe to repeat, also after it was cut short, and to run
    twice at once. One recruitment that cannot be let go keeps none of the others, and no other party's."""
    found = Gone()
    for own in each_party():
        with unit_of_work(own) as session:
            keep_own_pages_open(session, at=at)
    for own, kept, step in _steps(at):
        try:
            found += _carry_out_one(own, kept, step, at)
        except Exception as fault:
            own.rollback()
            _log.error("not_disposed", ad_id=str(kept.ad_id), reason=type(fault).__name__)
            found += Gone(failed=1)
    return found


def _carry_out_one(own: Session, kept: Kept, step: Step, at: datetime) -> Gone:
    for application_id in kept.lapsed(at.astimezone(STOCKHOLM).date()):
        with unit_of_work(own) as session:
            ad_of(session, kept.ad_id, lock=True)  # as a hold is set and lifted
            seal_lapsed(session, application_id=application_id, at=at)
    if step is Step.TELL:
        return Gone(told=int(tell_office(own, kept.ad_id, at=at)))
    if step is Step.CARRY_OUT or _is_left_over(kept, at.astimezone(STOCKHOLM).date()):
        return _counted(kept, *carry_out(own, kept.ad_id, at=at))
    return Gone()


def _steps(at: datetime) -> Iterator[tuple[Session, Kept, Step]]:
    on = at.astimezone(STOCKHOLM).date()
    for own in each_party():
        for kept in _cases_of(own):
            yield own, kept, kept.step(on)


def _cases_of(own: Session) -> Sequence[Kept]:
    """One party's; one whose cases cannot be read stops no other party's."""
    try:
        return kept_cases(own)
    except Exception as fault:
        own.rollback()
        _log.error("not_disposed", reason=type(fault).__name__)
        return ()


def _is_left_over(kept: Kept, on: date) -> bool:
    """The day that was told of has come, and nobody is left to go: a run was cut short, or whoever was left is held since."""
    if kept.told_of is None or on < kept.told_of:
        return False
    return not kept.told and all(map(kept.is_apart, kept.to_go))


def tell_office(own: Session, ad_id: UUID, *, at: datetime) -> bool:
    """Note the day and mail the office; False where it has been told meanwhile."""
    on = at.astimezone(STOCKHOLM).date()
    with unit_of_work(own) as session:
        ad, kept = ad_of(session, ad_id, lock=True), kept_case(session, ad_id)
        if ad is None or kept is None or kept.step(on) is not Step.TELL:
            return False
        day = kept.day(on)
        assert day is not None
        row = said_in(session, ad)
        row.told_of, row.told_at = day, at
        has_applied = applied_themselves(session, ad_id, ad.controller_id)
        for membership_id, email in office_addresses(session, ad.party_id):
            if has_applied(email):
                continue
            once = f"retention:{ad_id}:{membership_id}:{day:%Y%m%d}"
            post_notice(session, to=email, kept=kept, day=day, once=once, at=at)
        record(session, chain=ad.party_id, at=at, actor=SYSTEM, verb="retention.told", object_id=ad_id)
    return True


def carry_out(own: Session, ad_id: UUID, *, at: datetime) -> tuple[int, int]:
    """Let every application of the recruitment go whose time is over. How many, and how many stay by their consent."""
    on = at.astimezone(STOCKHOLM).date()
    going, staying = _mark(own, ad_id, on=on, at=at)
    for application_id in staying:
        with unit_of_work(own) as session:
            # Under the ad's lock, as a hold is set: whoever is held since, or kept until a later day, is left as they are.
            kept = kept_case(session, ad_id) if ad_of(session, ad_id, lock=True) is not None else None
            if kept is not None and application_id in kept.going(on) and kept.stays(application_id, on):
                leave_alone(session, application_id=application_id, at=at)
    for application_id in going:
        finish_erasure(application_id, own)
        with unit_of_work(own) as session:
            forget_words(session, application_id=application_id)
            forget_interview(session, application_id=application_id)
            forget_outcome_words(session, application_id=application_id)
    take_out_erased(ad_id, at, own)
    with unit_of_work(own) as session:
        give_room_back(session, ad_of(session, ad_id, lock=True))  # nobody who is gone is still to be employed
        row, kept = said_of(session, ad_id), kept_case(session, ad_id)
        if row is not None:
            if let_go_since(session, ad_id, row.carried_out_at):
                row.carried_out_at = at
            if row.told_of is not None and on >= row.told_of:
                row.told_of = row.told_at = None
        if kept is not None and all(map(kept.is_apart, kept.left)):
            forget_reasons(session, ad_id)
            forget_reopening(session, ad_id=ad_id)
    return len(going), len(staying)


def _mark(own: Session, ad_id: UUID, *, on: date, at: datetime) -> tuple[list[UUID], list[UUID]]:
    """The rows of those who go say so first, with a line in the log for each; what was held or postponed meanwhile stays.
    Those who go, and those who stay by their consent."""
    with unit_of_work(own) as session:
        kept = _held(session, ad_id)
        if kept is None or kept.step(on) is not Step.CARRY_OUT:
            return [], []
        staying = [id for id in kept.going(on) if kept.stays(id, on)]
        going = [id for id in kept.going(on) if id not in staying]
        verb = "application.disposed" if kept.by_authority else "application.erased"
        for application_id in going:
            application = session.get_one(Application, application_id, with_for_update=True)
            end_application(session, application, State.DISPOSED, at=at)
        chain = scope_of(session).id
        assert chain is not None
        record_all(session, chain=chain, entries=[Entry(at, SYSTEM, verb, id) for id in going])
        return going, staying


def _held(session: Session, ad_id: UUID) -> Kept | None:
    """What is kept of the recruitment, the ad and everybody in it held before it is read: who agrees to be kept at this
    moment has agreed, or is too late. The authority last: so does who notes there that somebody asks for its records."""
    ad = ad_of(session, ad_id, lock=True)
    if ad is None:
        return None
    hold_everybody(session, ad_id)
    if ad.controller_id == ad.authority_id:
        session.get_one(Authority, ad.authority_id, with_for_update=True)
    return kept_case(session, ad_id)
