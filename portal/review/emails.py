"""The mails to whoever assesses or decides: how many, how long, until when, one link. No subject names anybody, no mail a
score."""

from datetime import datetime
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from portal.clock import STOCKHOLM
from portal.mail.queries import statuses
from portal.mail.services import Letter, post, write_letter
from portal.review.deciding.queries import Decider
from portal.review.models import PanelMember, UnreadablePaper
from portal.review.queries.panel import Progress
from portal.review.workload import applications_text, minutes
from portal.swedish_dates import WEEKDAYS, swedish_weekday_day


def post_invitation(
    session: Session, member: PanelMember, *, applications: int, criteria: int, hand_in_by: datetime, at: datetime
) -> None:
    """Put the letter in the outbox, once for each last minute and each time that they were named."""
    values = {"leads": member.leads, **_work(applications, minutes(applications, criteria))}
    letter = _letter("panel", member, hand_in_by, at, **values)
    first, anew = invitation_mails(member, hand_in_by)
    post(session, letter, once=anew if _is_named_anew(session, first, member.added_at) else first, at=at)


def invitation_mails(member: PanelMember, hand_in_by: datetime) -> tuple[str, str]:
    """The names in the outbox of the letter to an assessor about this last minute: the first, and of one named anew."""
    first = f"panel:{member.id}:{_stamp(hand_in_by)}"
    return first, f"{first}:{_stamp(member.added_at)}"


def _is_named_anew(session: Session, first: str, named_at: datetime) -> bool:
    """Whether the first letter was written before they were named as they are now."""
    written = statuses(session, [first]).get(first)
    return written is not None and written.written_at < named_at


def _stamp(instant: datetime) -> str:
    return f"{instant.astimezone(STOCKHOLM):%Y%m%d%H%M}"


def nudge_mail(member: PanelMember, at: datetime) -> str:
    """The name in the outbox of what the office's button sends on the day of ``at``."""
    return f"nudge:{member.id}:{at.astimezone(STOCKHOLM):%Y%m%d}"


def post_decider_invitation(
    session: Session, decider: Decider, *, ad_id: UUID, applications: int, hand_in_by: datetime, at: datetime
) -> None:
    """To one who decides and does not assess: once for each time they were named. What they read comes when the panel is
    done."""
    values = {"asked": max(0, applications - decider.answered)}
    letter = _written("decider", decider.email, "review.conflicts", ad_id, hand_in_by, at, **values)
    first, named_at = f"decider:{ad_id}:{decider.person_id}", decider.named_at
    if named_at is not None and _is_named_anew(session, first, named_at):
        first = f"decider:{ad_id}:{_stamp(named_at)}:{decider.person_id}"
    post(session, letter, once=first, at=at)


def post_deputy_call(
    session: Session,
    member: PanelMember,
    *,
    call_id: UUID,
    applications: int,
    criteria: int,
    hand_in_by: datetime | None,
    at: datetime,
    blind: bool,
) -> None:
    """A deputy is called in: once for each time, named by the first of its calls. Never for whom, or why."""
    values = {"blind": blind, **_work(applications, minutes(applications, criteria))}
    post(session, _letter("deputy", member, hand_in_by, at, **values), once=deputy_mail(call_id), at=at)


def deputy_mail(call_id: UUID) -> str:
    """The name in the outbox of the letter to a deputy, after the first call that it tells of."""
    return f"deputy:{call_id}"


def post_reminder(
    session: Session, progress: Progress, *, hand_in_by: datetime | None, once: str, at: datetime
) -> None:
    """What is left, in counts."""
    values = {"unanswered": progress.unanswered, **_work(progress.applications_left, progress.minutes_left)}
    post(session, _letter("reminder", progress.member, hand_in_by, at, **values), once=once, at=at)


def post_late_arrival(
    session: Session,
    member: PanelMember,
    *,
    application_id: UUID,
    hand_in_by: datetime | None,
    at: datetime,
    blind: bool,
) -> None:
    """There is one more, to one who had handed in. The mail is let go with the application, if that is erased."""
    letter = _letter("late_arrival", member, hand_in_by, at, blind=blind)
    post(session, letter, once=f"late:{member.id}:{application_id}", at=at)


def post_late_to_decider(
    session: Session, decider: Decider, *, ad_id: UUID, application_id: UUID, at: datetime, blind: bool
) -> None:
    """There is one more to answer about, to one who decides and had answered. It is let go with the application."""
    letter = _written("late_to_decider", decider.email, "review.conflicts", ad_id, None, at, blind=blind)
    post(session, letter, once=f"late:{ad_id}:{decider.person_id}:{application_id}", at=at)


def post_more_to_judge(
    session: Session, member: PanelMember, *, application_id: UUID, hand_in_by: datetime | None, at: datetime
) -> None:
    """There is more to judge of one that was handed in: once for each time it was. It is let go with the application."""
    assert member.handed_in_at is not None
    letter = _letter("more_to_judge", member, hand_in_by, at)
    when = f"{member.handed_in_at.astimezone(STOCKHOLM):%Y%m%d%H%M%S}"
    post(session, letter, once=f"more:{member.id}:{when}:{application_id}", at=at)


def post_readable_now(session: Session, report: UnreadablePaper, *, at: datetime) -> None:
    """What an assessor could not read can be read now, says the office: once each time they have said so. Never whose."""
    letter = _letter("readable", report.member, None, at)
    post(session, letter, once=f"readable:{report.id}:{report.reported_at.astimezone(STOCKHOLM):%Y%m%d%H%M%S}", at=at)


def _work(applications: int, minutes: int) -> dict[str, object]:
    return {"count": applications, "work": applications_text(applications), "minutes": minutes}


def _letter(template: str, member: PanelMember, hand_in_by: datetime | None, at: datetime, **values: object) -> Letter:
    """A letter with the link to the next thing to do, and the last minute while it is still to come."""
    return _written(template, member.person.email, "review.assess", member.ad_id, hand_in_by, at, **values)


def _written(
    template: str, to: str, endpoint: str, ad_id: UUID, hand_in_by: datetime | None, at: datetime, **values: object
) -> Letter:
    last = hand_in_by.astimezone(STOCKHOLM) if hand_in_by is not None and hand_in_by > at else None
    path = current_app.url_map.bind("").build(endpoint, {"ad_id": ad_id})
    return write_letter(
        template,
        to=to,
        language="sv",
        weekday=WEEKDAYS[last.weekday()] if last else "",
        hour=f"{last:%H.%M}" if last else "",
        day=swedish_weekday_day(last.date()) if last else "",
        link=f"{current_app.config['SETTINGS'].base_url}{path}",
        **values,
    )
