"""A first day, the earlier days at a party or an extent that was written down wrong, put right: the day and the extent while
nothing rests on them, no contract offered and for the day no act that stands; the days whatever a paper says (LAS 5 a §)."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.services import person_actor, record
from portal.contracts.acts.kinds import Kind, still_standing
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.acts.queries.corrected import (
    CORRECTED,
    RECOUNTED,
    RESIZED,
    changed_in_words,
    moved_in_words,
)
from portal.contracts.acts.refusals import (
    ActStands,
    AlreadyRenewed,
    CalledOff,
    ChangedSince,
    ContractSaysTheDay,
    ContractSaysTheExtent,
    EmploymentEnded,
)
from portal.contracts.acts.rules import FirstDay
from portal.contracts.acts.services.acting import claim_as_it_is
from portal.contracts.acts.services.counting import Before, count_along, counted_anew, turn
from portal.contracts.acts.services.following import look_after_it_again
from portal.contracts.acts.services.holding import Held, Pressed, held_for_an_act, require_before_its_end
from portal.contracts.models import Employment
from portal.contracts.recording.services import limit_columns
from portal.contracts.renewal.queries import stood_in_before
from portal.contracts.renewal.term import why_not
from portal.contracts.terms import Answer, Terms, TermsRefused, answer_for, require
from portal.contracts.written.queries import is_offered
from portal.elections.permanent import permanent_on
from portal.posts.employer_model import Employer
from portal.refusal import N_, Refusal
from portal.swedish_dates import swedish_day

STANDS_ALREADY = N_("Den dagen står redan. Skriv den rätta första dagen.")
DAYS_STAND = N_("Det antalet står redan. Skriv det rätta.")
EXTENT_STANDS = N_("Den omfattningen står redan. Skriv den rätta.")
END_STAYS = N_("Slutdatumet ändras inte här. Förläng anställningen eller avsluta den i förtid i stället.")


def correct_first_day(session: Session, pressed: Pressed, wish: FirstDay, *, was: date) -> Employment | None:
    """The employment as it would have been recorded with this day, its limit too; ``was`` is the day on the page. The end
    stays, but where the limit moves along or the end would lie before the first day. The same again changes nothing, nor does
    the day that stands with the earlier days that do.

    None where the scope has no such employment. Raises ContractSaysTheDay, ActStands (neither where the earlier days alone
    are put right), CalledOff, ChangedSince, EmploymentEnded, LastsOn, AlreadyRenewed, TermsRefused, or NoRoom where the posts
    are taken on days that come with it.
    """
    held = held_for_an_act(session, pressed.employment_id)
    if held is None:
        return None
    row, former = held.row, Before.of(held.row)
    if row.starts_on == wish.starts and (_is_moved_since(row, wish, was) or _is_counted_since(row, wish)):
        return row
    _require_as_shown(held, pressed, was, wish.counted)
    alone = wish.starts == row.starts_on
    if has_run_out(row, on=pressed.on) and not (alone and held.standing.lasts):
        require_before_its_end(held, on=pressed.on)
    shut = _what_shuts_the_day(session, held)
    if alone:
        row.earlier_days = _days_alone(row, wish, shut)
        turn(session, row)
    elif shut is not None:
        raise shut
    else:
        _move(session, held, pressed, wish)
    count_along(session, row, former, held.renewals, pressed)
    claim_as_it_is(session, row)
    look_after_it_again(session, row, on=pressed.on, at=pressed.at)
    _note(session, row, former, pressed)
    return row


def _move(session: Session, held: Held, pressed: Pressed, wish: FirstDay) -> None:
    row = held.row
    renewed = _renewed(session, row)
    earlier = _earlier_days(row, renewed, wish)
    answer = _answer(session, row, wish, earlier, pressed.on)
    _require_apart(session, row, renewed, wish.starts, answer)
    columns = {"starts_on": wish.starts, "ends_on": answer.ends, **limit_columns(answer, row.policy_lifted_reason)}
    for name, value in columns.items():
        setattr(row, name, value)
    row.earlier_days = earlier
    for act in held.acts:
        if act.kind == Kind.RECORDED:  # how it was recorded; what else there is has been taken back
            _set(act, columns)
    session.flush()


def _days_alone(row: Employment, wish: FirstDay, shut: Refusal | None) -> int:
    """The earlier days, put right with the day as it stands. Raises TermsRefused, EarlierDaysImpossible, or what shuts the
    day where nothing else was asked for."""
    if wish.ends not in (None, row.ends_on):
        raise TermsRefused(END_STAYS, field="ends")
    if wish.earlier_days is None or wish.earlier_days == row.earlier_days:
        if shut is not None and wish.earlier_days is None:
            raise shut
        field, text = ("starts", STANDS_ALREADY) if shut is None else ("earlier_days", DAYS_STAND)
        raise TermsRefused(text, field=field)
    permanent_on(row.starts_on, wish.earlier_days)  # refuses more than the five years hold
    return wish.earlier_days


def _note(session: Session, row: Employment, former: Before, pressed: Pressed) -> None:
    days = (former.starts_on, former.ends_on), (row.starts_on, row.ends_on)
    lines = {CORRECTED: moved_in_words(*days)} if days[0] != days[1] else {}
    if row.earlier_days != former.earlier_days:
        lines[RECOUNTED] = changed_in_words(former.earlier_days, row.earlier_days)
    for verb, reason in lines.items():
        record(
            session, chain=row.party_id, at=pressed.at, actor=person_actor(pressed.actor.person_id),
            verb=verb, object_id=row.id, reason=reason,
        )  # fmt: skip


def _is_moved_since(row: Employment, wish: FirstDay, was: date) -> bool:
    """Whether the first day has been put right to just this one since the page was read, and no other days are asked for."""
    return was != wish.starts and wish.earlier_days in (None, wish.counted, row.earlier_days)


def _is_counted_since(row: Employment, wish: FirstDay) -> bool:
    """Whether the earlier days have been put right to just these since the page was read."""
    return wish.counted is not None and row.earlier_days == wish.earlier_days != wish.counted


def has_run_out(row: Employment, *, on: date) -> bool:
    """Whether its last day has gone by; one before its decision comes of a mistyped first day, and none has."""
    return row.ends_on is not None and row.decided_on <= row.ends_on < on


def correct_extent(session: Session, pressed: Pressed, percent: int, *, was: int) -> Employment | None:
    """The employment with the extent that it should have been recorded with, in the ledger too; ``was`` is that on the page.
    The same again changes nothing.

    None where the scope has no such employment. Raises ContractSaysTheExtent, CalledOff, ChangedSince, EmploymentEnded,
    TermsRefused, or NoRoom.
    """
    held = held_for_an_act(session, pressed.employment_id)
    if held is None:
        return None
    row = held.row
    if row.extent_percent == percent != was:
        return row
    if row.extent_percent != was:
        raise ChangedSince
    if row.never_began and row.ends_on:
        raise CalledOff(decided=swedish_day(row.ends_on))
    require_before_its_end(held, on=pressed.on)
    if is_offered(session, row.id):
        raise ContractSaysTheExtent(percent=was)
    if percent == was:
        raise TermsRefused(EXTENT_STANDS, field="extent_percent")
    row.extent_percent = percent
    session.flush()
    claim_as_it_is(session, row)
    record(
        session, chain=row.party_id, at=pressed.at, actor=person_actor(pressed.actor.person_id),
        verb=RESIZED, object_id=row.id, reason=changed_in_words(was, percent),
    )  # fmt: skip
    return row


def _require_as_shown(held: Held, pressed: Pressed, was: date, counted: int | None) -> None:
    row = held.row
    shown = was if counted is None else (was, counted)
    stands = row.starts_on if counted is None else (row.starts_on, row.earlier_days)
    if pressed.seen != (held.last.number if held.last else 0) or stands != shown:
        raise ChangedSince
    if row.never_began and row.ends_on:
        raise CalledOff(decided=swedish_day(row.ends_on))


def _what_shuts_the_day(session: Session, held: Held) -> Refusal | None:
    if any(act.kind != Kind.RECORDED for act in still_standing(held.acts)):
        return ActStands()
    if is_offered(session, held.row.id):
        return ContractSaysTheDay(starts=swedish_day(held.row.starts_on))
    return None


def _renewed(session: Session, row: Employment) -> Employment | None:
    """What it renews, held so that it is not extended just now."""
    if row.renews_id is None:
        return None
    return session.get_one(Employment, row.renews_id, with_for_update=True, populate_existing=True)


def _earlier_days(row: Employment, renewed: Employment | None, wish: FirstDay) -> int:
    """What somebody wrote with the day; else as it was, or of a renewal as it was counted, before the right day."""
    if wish.earlier_days not in (None, row.earlier_days) or renewed is None:
        return row.earlier_days if wish.earlier_days is None else wish.earlier_days
    return counted_anew(row, Before.of(renewed), renewed, wish.starts)


def _answer(session: Session, row: Employment, wish: FirstDay, earlier: int, on: date) -> Answer:
    terms = Terms(
        Employer(row.employer), row.decided_on, wish.starts, None, row.extent_percent, earlier_days=earlier,
        policy_reason=row.policy_lifted_reason, stands_in=row.stands_in, begun_before=wish.begun_before,
        stood_in_days=stood_in_before(session, row, wish.starts),
    )  # fmt: skip
    limit_moves = answer_for(terms, on=on).limit.latest_end != row.limit_latest_end
    ends = wish.ends if limit_moves and row.ends_on is not None else _end_that_stays(row, wish, on)
    answer = answer_for(replace(terms, ends=ends, until_further_notice=row.ends_on is None), on=on)
    require(answer)
    return answer


def _end_that_stays(row: Employment, wish: FirstDay, on: date) -> date | None:
    """What was decided of the end is moved by an act of its own, and nothing that is over is begun anew by a first day."""
    if row.ends_on is not None and row.ends_on < on:
        raise EmploymentEnded(ends=swedish_day(row.ends_on))
    if row.ends_on is not None and row.ends_on < wish.starts:
        return wish.ends
    if wish.ends not in (None, row.ends_on):
        raise TermsRefused(END_STAYS, field="ends")
    return row.ends_on


def _require_apart(session: Session, row: Employment, former: Employment | None, starts: date, answer: Answer) -> None:
    """Nobody is employed twice at once: neither beside the employment that this one renews nor beside its own renewal."""
    if former is not None:
        terms = Terms(Employer(row.employer), row.decided_on, starts, answer.ends, row.extent_percent)
        terms = replace(terms, policy_reason=row.policy_lifted_reason)
        against = None if former.never_began else why_not(former, terms, answer.limit.latest_end)
        if against is not None:
            raise TermsRefused(against[1], field="starts")
    renewals = select(Employment).where(Employment.renews_id == row.id, Employment.never_began.is_(False))
    for there in session.scalars(renewals):
        if answer.ends is None or answer.ends >= there.starts_on:
            raise AlreadyRenewed(starts=swedish_day(there.starts_on))


def _set(act: EmploymentAct, columns: dict[str, object]) -> None:
    for name, value in columns.items():
        setattr(act, name, value)
