"""What an act meets and what follows on it elsewhere: a renewal, the recruitment's outcome, the first days."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.queries import ad_of
from portal.ads.services.room import post_of
from portal.ads.states import AdState
from portal.contracts.acts.kinds import Kind
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.acts.refusals import AlreadyRenewed, FormerGoesOn, NoticeOfRenewal, RenewalStands
from portal.contracts.models import Employment
from portal.contracts.onboarding.queries import onboarding_of
from portal.contracts.onboarding.services.rows import plan_look
from portal.contracts.renewal.queries import has_ended
from portal.decisions.services.room import count_posts_again
from portal.decisions.services.settling import let_go_of_outcome, settle_again
from portal.swedish_dates import swedish_day


def require_not_renewed(session: Session, row: Employment, act: EmploymentAct) -> None:
    """Nobody is employed twice at once: a later end stops where a renewal begins, and a renewal that is to be after all
    begins when what it renews has ended. Raises AlreadyRenewed or FormerGoesOn."""
    if row.never_began and act.kind != Kind.NEVER_BEGAN and row.renews_id is not None:
        _require_former_over(session, row, row.renews_id)
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
    there = standing_renewal(session, row)
    if there is None or last is None:
        return
    starts = swedish_day(there.starts_on)
    if last >= there.starts_on:
        raise NoticeOfRenewal(starts=starts, last=swedish_day(last))
    raise RenewalStands(starts=starts)


def require_no_renewal(session: Session, row: Employment) -> None:
    """Raises RenewalStands where somebody who never came would come by a renewal."""
    if (there := standing_renewal(session, row)) is not None:
        raise RenewalStands(starts=swedish_day(there.starts_on))


def standing_renewal(session: Session, row: Employment) -> Employment | None:
    """What goes on from an employment, unless that was called off."""
    renewals = select(Employment).where(Employment.renews_id == row.id, Employment.never_began.is_(False))
    return session.scalars(renewals).one_or_none()


def _require_former_over(session: Session, row: Employment, former_id: UUID) -> None:
    """While the renewal was off, what it renews may have been extended. Held, so that it is not just now."""
    wanted = select(Employment).where(Employment.id == former_id).with_for_update()
    former = session.scalars(wanted, execution_options={"populate_existing": True}).one()
    if not former.never_began and (former.ends_on is None or former.ends_on >= row.starts_on):
        ends = f"till och med {swedish_day(former.ends_on)}" if former.ends_on else "tills vidare"
        raise FormerGoesOn(ends=ends, starts=swedish_day(row.starts_on))


def tell_outcome(session: Session, row: Employment, *, at: datetime) -> None:
    """What is called off frees the recruitment's post for another; taken back, it rests on its outcome again."""
    tell = let_go_of_outcome if row.never_began else settle_again
    if row.application_id is not None:
        tell(session, application_id=row.application_id, at=at)
    if row.ad_id is not None and (ad := ad_of(session, row.ad_id)) is not None:
        count_posts_again(session, ad, at=at)


def post_still_sought(session: Session, row: Employment) -> int:
    """What its ad claims for one post, in hundredths, where that one's recruitment goes on; else nothing."""
    ad = ad_of(session, row.ad_id) if row.ad_id is not None else None
    return post_of(session, ad) if ad is not None and ad.state == AdState.PUBLISHED else 0


def look_after_it_again(session: Session, row: Employment, *, on: date, at: datetime) -> None:
    """What is left of its first days is reminded of again, where the portal had stopped looking as it was over."""
    head = onboarding_of(session, row.id)
    if head is not None and head.look_on is None and not has_ended(session, row, on=on):
        plan_look(session, row, head, at=at)
