"""The daily round over what has had its time: the office is told two weeks ahead, and on the day it is carried out.

Each step is committed before the next, and finds what an earlier run has left: the rows are marked, each application's key
is destroyed, then its files, rows and words, and last the recruitment is noted as done.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.ads.queries import ad_of
from portal.applications.models import Application
from portal.applications.services.sweeping import each_party
from portal.applications.services.withdrawing import end_application, finish_erasure
from portal.applications.states import State
from portal.audit.services import SYSTEM, Entry, record, record_all
from portal.clock import STOCKHOLM
from portal.db import unit_of_work
from portal.decisions.services.forgetting import forget_outcome_words
from portal.decisions.services.keeping import take_out_erased
from portal.interviews.services.freeing import forget_interview
from portal.organisations.queries import office_addresses
from portal.privacy.clocks import Kept, Step
from portal.privacy.emails import post_notice
from portal.privacy.queries import kept_case, kept_cases, said_of
from portal.privacy.services.holding import forget_reasons, said_in
from portal.review.services.forgetting import forget_reopening, forget_words
from portal.scope import scope_of


@dataclass(frozen=True, slots=True)
class Gone:
    """How many recruitments the office was told of, and how many applications went, by whose they were."""

    told: int = 0
    disposed: int = 0  # gallrade: an authority's
    erased: int = 0  # raderade: a party's

    def __add__(self, other: "Gone") -> "Gone":
        return Gone(self.told + other.told, self.disposed + other.disposed, self.erased + other.erased)


def due_now(at: datetime) -> Gone:
    """What `carry_out_due` would do at ``at``; nothing is done."""
    found = Gone()
    for _, kept, step in _steps(at):
        count = len(kept.to_go) if step is Step.CARRY_OUT else 0
        found += Gone(int(step is Step.TELL), count * kept.by_authority, count * (not kept.by_authority))
    return found


def carry_out_due(at: datetime) -> Gone:
    """Tell of what goes in two weeks, and let go what is due. Safe to repeat, also after it was cut short, and to run
    twice at once."""
    found = Gone()
    for own, kept, step in _steps(at):
        if step is Step.TELL:
            found += Gone(told=int(tell_office(own, kept.ad_id, at=at)))
        elif step is Step.CARRY_OUT or _is_left_over(kept):
            count = carry_out(own, kept.ad_id, at=at)
            found += Gone(0, count, 0) if kept.by_authority else Gone(0, 0, count)
    return found


def _steps(at: datetime) -> Iterator[tuple[Session, Kept, Step]]:
    on = at.astimezone(STOCKHOLM).date()
    for own in each_party():
        for kept in kept_cases(own):
            yield own, kept, kept.step(on)


def _is_left_over(kept: Kept) -> bool:
    """Told of, and nobody is left to go: a run was cut short, or whoever was left is held since."""
    return kept.told_of is not None and not kept.to_go


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
        for membership_id, email in office_addresses(session, ad.party_id):
            once = f"retention:{ad_id}:{membership_id}:{day:%Y%m%d}"
            post_notice(session, to=email, ad_id=ad_id, day=day, by_authority=kept.by_authority, once=once, at=at)
        record(session, chain=ad.party_id, at=at, actor=SYSTEM, verb="retention.told", object_id=ad_id)
    return True


def carry_out(own: Session, ad_id: UUID, *, at: datetime) -> int:
    """Let every application of the recruitment go whose time is over. How many."""
    on = at.astimezone(STOCKHOLM).date()
    going = _mark(own, ad_id, on=on, at=at)
    for application_id in going:
        finish_erasure(application_id, own)
        with unit_of_work(own) as session:
            forget_words(session, application_id=application_id)
            forget_interview(session, application_id=application_id)
            forget_outcome_words(session, application_id=application_id)
    take_out_erased(ad_id, at, own)
    with unit_of_work(own) as session:
        row, kept = said_of(session, ad_id), kept_case(session, ad_id)
        if row is not None:
            row.told_of, row.told_at, row.carried_out_at = None, None, at
        if kept is not None and not kept.left:
            forget_reasons(session, ad_id)
            forget_reopening(session, ad_id=ad_id)
    return len(going)


def _mark(own: Session, ad_id: UUID, *, on: date, at: datetime) -> list[UUID]:
    """The rows say so first, with a line in the log for each; what was held or postponed meanwhile stays."""
    with unit_of_work(own) as session:
        ad, kept = ad_of(session, ad_id, lock=True), kept_case(session, ad_id)
        if ad is None or kept is None or kept.step(on) is not Step.CARRY_OUT:
            return []
        verb = "application.disposed" if kept.by_authority else "application.erased"
        for application_id in kept.to_go:
            application = session.get_one(Application, application_id, with_for_update=True)
            end_application(session, application, State.DISPOSED, at=at)
        chain = scope_of(session).id
        assert chain is not None
        record_all(session, chain=chain, entries=[Entry(at, SYSTEM, verb, id) for id in kept.to_go])
        return list(kept.to_go)
