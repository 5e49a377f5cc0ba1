"""What an act meets and what follows on it elsewhere: a renewal, the recruitment's outcome, the first days."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.contracts.acts.kinds import Kind
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.acts.refusals import AlreadyRenewed, NoticeOfRenewal, RenewalStands
from portal.contracts.models import Employment
from portal.contracts.onboarding.queries import onboarding_of
from portal.contracts.onboarding.services.rows import plan_look
from portal.decisions.services.settling import let_go_of_outcome, settle_again
from portal.swedish_dates import swedish_day


def require_not_renewed(session: Session, row: Employment, act: EmploymentAct) -> None:
    """Nobody is employed twice at once: a later end stops where a renewal begins. Raises AlreadyRenewed."""
    later = act.ends_on is None or row.ends_on is None or act.ends_on > row.ends_on
    if act.kind == Kind.NEVER_BEGAN or not later:
        return
    renewals = select(Employment).where(Employment.renews_id == row.id, Employment.never_began.is_(False))
    for there in session.scalars(renewals):
        if act.ends_on is None or act.ends_on >= there.starts_on:
            raise AlreadyRenewed(starts=swedish_day(there.starts_on))


def require_notice_ends_it(session: Session, row: Employment, last: date | None) -> None:
    """A notice whose time is over on ``last`` (None: not known) ends what the person has, renewed or not. Raises
    NoticeOfRenewal or RenewalStands where another employment would run on."""
    renewals = select(Employment).where(Employment.renews_id == row.id, Employment.never_began.is_(False))
    there = session.scalars(renewals).one_or_none()
    if there is None or last is None:
        return
    starts = swedish_day(there.starts_on)
    if last >= there.starts_on:
        raise NoticeOfRenewal(starts=starts, last=swedish_day(last))
    raise RenewalStands(starts=starts)


def tell_outcome(session: Session, row: Employment, *, at: datetime) -> None:
    """What is called off frees the recruitment's post for another; taken back, it rests on its outcome again."""
    tell = let_go_of_outcome if row.never_began else settle_again
    if row.application_id is not None:
        tell(session, application_id=row.application_id, at=at)


def look_after_it_again(session: Session, row: Employment, *, on: date, at: datetime) -> None:
    """What is left of its first days is reminded of again, where the portal had stopped looking as it was over."""
    head = onboarding_of(session, row.id)
    if head is not None and head.look_on is None and not row.is_over(on):
        plan_look(session, row, head, at=at)
