"""An employment extended, ended early or given notice on; and an act taken back by a further one.

Every verb holds the employment's row, so that of two who press at the same instant the second sees what the first did. The
same once more changes nothing. The employment's end and its claim on the party's posts follow in the same unit of work.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import uuid4

from sqlalchemy.orm import Session

from portal.audit.services import person_actor, record
from portal.contracts.acts import rules
from portal.contracts.acts.kinds import By, Kind, in_force, still_standing
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.acts.queries.notice import months_by_law, notice_rules
from portal.contracts.acts.queries.rows import acts_of, given_on, note_on, note_place
from portal.contracts.acts.refusals import (
    ActRefused,
    EndHasBeen,
    NoEndToMove,
    NothingToTakeBack,
    NoticeStands,
)
from portal.contracts.acts.services.counting import Before, count_along
from portal.contracts.acts.services.following import (
    look_after_it_again,
    post_still_sought,
    require_no_renewal,
    require_not_renewed,
    require_notice_ends_it,
    tell_outcome,
)
from portal.contracts.acts.services.holding import ENDING, Held, Pressed, before_its_last, held_for_an_act, require_open
from portal.contracts.lasting.services import hold_former, hold_what_lasts
from portal.contracts.leaving.services import forget_where_erased
from portal.contracts.models import Employment
from portal.contracts.renewal.queries import lasts_since
from portal.posts.employer_model import Employer
from portal.posts.services.claiming import Marks, Part, claim_anew, claim_for_employment, hold_to, marks_of
from portal.refusal import Refusal
from portal.scope import walls_of
from portal.swedish_dates import swedish_day
from portal.vault.services import seal_for_controller

OF_LIMIT = ("limit_reference", "limit_election", "limit_latest_end", "limit_rule", "limit_article")
OF_END = (*OF_LIMIT, "starts_on", "permanent_on", "policy_lifted_reason")
# Kept where the last day that ends it lies past the one on paper, and with it past the policy.
OUTLASTED: Final = "Tillsvidareanställning sedan %(since)s (lagen om anställningsskydd 5 a §)."


def extend(session: Session, pressed: Pressed, wish: rules.Extension) -> EmploymentAct | None:
    """A new decision on the time after the present end, with a limit of its own. None where there is no such employment.

    Raises ActRefused, NoEndToMove, NoticeStands, EmploymentEnded, LastsOn, ChangedSince, or NoRoom where the posts are taken.
    """

    def worked(held: Held) -> rules.Worked:
        if held.standing.ends is None:
            raise NoEndToMove
        if (given := given_on(held.acts)) is not None:
            raise NoticeStands(given=swedish_day(given))
        return rules.extension(wish, held.standing, on=pressed.on)

    return _write(session, pressed, Kind.EXTENSION, wish.decided, worked, reason=wish.policy_reason)


def end_early(session: Session, pressed: Pressed, wish: rules.EarlyEnd) -> EmploymentAct | None:
    """An earlier last day. None and Refusals as `extend`."""
    return _write(
        session, pressed, Kind.EARLY_END, wish.decided,
        lambda held: rules.early_end(wish, held.standing, on=pressed.on),
    )  # fmt: skip


def give_notice(session: Session, pressed: Pressed, wish: rules.Notice) -> EmploymentAct | None:
    """A notice, with the months that the contract or the rules say, whatever ``wish`` has; at a party a later last day that
    is typed holds (LAS 11 §). None and Refusals as `extend`."""
    known = notice_rules(session, pressed.employment_id, on=pressed.on)
    released = wish.released if known.asks_release else None
    typed = wish.ends if known.months is None or known.at_least else None
    wish = rules.Notice(wish.by, wish.given, known.months, typed, released)
    months = known.months if typed in (None, wish.reckoned) else None

    def worked(held: Held) -> rules.Worked:
        if (given := given_on(held.acts)) is not None:
            raise NoticeStands(given=swedish_day(given))
        by_party = known.at_least and wish.by is By.EMPLOYER
        least = months_by_law(session, held.row, wish.given) if by_party and known.months else 0
        found = rules.notice(replace(wish, by_law=least), held.standing, on=pressed.on)
        if not found.objections:
            require_notice_ends_it(session, held.row, wish.last)
        return found

    more = {"notice_by": wish.by.value, "notice_months": months, "released": released}
    return _write(session, pressed, Kind.NOTICE, wish.given, worked, more=more)


def call_off(session: Session, pressed: Pressed, wish: rules.CallOff) -> EmploymentAct | None:
    """It is not to be, decided before its first day: its post is free again. None and Refusals as `extend`."""

    def worked(held: Held) -> rules.Worked:
        found = rules.called_off(wish, held.standing, on=pressed.on)
        if not found.objections:
            require_no_renewal(session, held.row)
        return found

    return _write(session, pressed, Kind.NEVER_BEGAN, wish.decided, worked)


def take_back(session: Session, pressed: Pressed, *, number: int) -> EmploymentAct | None:
    """The last act that stands was a mistake: the end before it holds again, with the limit that was stored with that.

    None where there is no such employment. Raises NothingToTakeBack, or NoRoom where its post has been filled since.
    """
    held = held_for_an_act(session, pressed.employment_id)
    if held is None:
        return None
    if held.last is not None and held.last.takes_back == number:
        return held.last
    kept = still_standing(held.acts)
    if not kept or kept[-1].kind == Kind.RECORDED or kept[-1].number != number:
        raise NothingToTakeBack
    undone, before, holds = kept[-1], kept[-2], in_force(kept[:-1])
    assert isinstance(undone, EmploymentAct)
    assert isinstance(before, EmploymentAct)
    assert isinstance(holds, EmploymentAct)
    copied = {name: getattr(holds, name) for name in OF_END}
    copied["limit_reference"] = min(holds.limit_reference, pressed.on)  # of a decision that is still to come, too
    copied["policy_lifted_reason"], ends = before.policy_lifted_reason, before.ends_on
    lasts = lasts_since(session, held.row, held.acts[: undone.number], ends=ends)
    if ends is not None and ends < pressed.on and lasts is None and not held.row.is_over(pressed.on):
        raise EndHasBeen(ends=swedish_day(ends))
    row = _row(
        held, pressed, Kind.TAKEN_BACK, decided_on=pressed.on, previous_ends_on=held.row.ends_on, ends_on=ends,
        takes_back=number, **copied,
    )  # fmt: skip
    marks = Marks(undone.held_post, undone.held_in_place_of) if undone.held_post else None
    return _put(session, held, pressed, row, marks)


def _write(
    session: Session,
    pressed: Pressed,
    kind: Kind,
    decided: date,
    worked: Callable[[Held], rules.Worked],
    *,
    reason: str = "",
    more: dict[str, Any] | None = None,
) -> EmploymentAct | None:
    held = held_for_an_act(session, pressed.employment_id)
    if held is None:
        return None

    def columns(held: Held) -> dict[str, Any]:
        found = worked(held)
        for objection in found.objections:
            raise ActRefused(objection.sentence, field=objection.field)
        return {"decided_on": decided, **_columns(held, kind, found, reason), **(more or {})}

    last = held.last
    if last is not None and pressed.seen < last.number and last.kind == kind and _is(session, held, pressed, columns):
        return last  # pressed twice
    require_open(held, pressed, kind, decided)
    return _put(session, held, pressed, _row(held, pressed, kind, **columns(held)))


def _is(session: Session, held: Held, pressed: Pressed, columns: Callable[[Held], dict[str, Any]]) -> bool:
    """Whether the last act is what is asked for once more, with all that it says."""
    last = held.acts[-1]
    try:
        asked = columns(before_its_last(session, held))
    except Refusal:
        return False
    return all(getattr(last, name) == value for name, value in asked.items()) and note_on(session, last) == pressed.note


def _columns(held: Held, kind: Kind, found: rules.Worked, reason: str) -> dict[str, Any]:
    limit = found.limit
    past = limit.basis == "policy" and (found.ends is None or found.ends > limit.latest_end)
    lifted = (reason.strip() or held.reason) if past else ""
    former, since = held.standing.ends, held.standing.lasts
    if kind in ENDING:  # it gives no later end: the one that was given keeps its reason
        lifted = held.reason
    if kind in ENDING and since and former and found.ends and found.ends >= former:  # that day had ended nothing
        lifted, former = lifted or OUTLASTED % {"since": swedish_day(since)}, None
    return {
        "starts_on": found.starts, "previous_ends_on": former, "ends_on": found.ends,
        "permanent_on": limit.permanent_on, "limit_reference": limit.reference_date,
        "limit_election": limit.election.day, "limit_latest_end": limit.latest_end, "limit_rule": limit.rule,
        "limit_article": limit.article, "policy_lifted_reason": lifted,
    }  # fmt: skip


def _row(held: Held, pressed: Pressed, kind: Kind, **columns: Any) -> EmploymentAct:
    row = held.row
    return EmploymentAct(
        **walls_of(row),
        id=uuid4(),
        employment_id=row.id,
        number=(held.last.number if held.last else 0) + 1,
        kind=kind.value,
        employer=row.employer,
        recorded_by=pressed.actor.person_id,
        recorded_at=pressed.at,
        **columns,
    )


def _put(
    session: Session, held: Held, pressed: Pressed, act: EmploymentAct, marks: Marks | None = None
) -> EmploymentAct:
    """Add the act, after how it was recorded where this is the first; then let the end and the ledger follow.

    ``marks`` are what the ledger knew the employment by, where an act that is taken back had let go of its post.
    """
    row = held.row
    require_not_renewed(session, row, act)
    was_off, former = row.never_began, Before.of(row)
    if not held.acts:
        session.add(_as_recorded(row))
    if pressed.note:
        act.note_sealed = seal_for_controller(session, act.controller_id, pressed.note, place=note_place(act.id))
    if act.kind == Kind.NEVER_BEGAN and (let_go := marks_of(session, row.id)):
        act.held_post, act.held_in_place_of = let_go.post, let_go.in_place_of
    session.add(act)
    session.flush()
    rests_on = in_force(acts_of(session, row.id))
    assert isinstance(rests_on, EmploymentAct)
    row.extended_latest_end = rests_on.limit_latest_end if rests_on.kind == Kind.EXTENSION else None
    row.policy_lifted_reason, row.ends_on = act.policy_lifted_reason, act.ends_on
    row.never_began = act.kind == Kind.NEVER_BEGAN
    session.flush()
    if row.employer == Employer.PARTY:
        if held.standing.lasts is not None:
            hold_to(session, {row.id: None})  # as it should have been held: nobody waits for room where somebody is
        count_along(session, row, former, held.renewals, pressed)
    claim_as_it_is(session, row, marks)
    if row.never_began != was_off:
        tell_outcome(session, row, at=pressed.at)
    look_after_it_again(session, row, on=pressed.on, at=pressed.at)
    if row.never_began:
        forget_where_erased(session, row)
    record(
        session, chain=row.party_id, at=pressed.at, actor=person_actor(pressed.actor.person_id),
        verb=f"employment.{act.kind}", object_id=row.id, reason=_moved(act),
    )  # fmt: skip
    return act


def claim_as_it_is(session: Session, row: Employment, marks: Marks | None = None) -> None:
    """Let the ledger follow the employment's days, past the last where it goes on whatever that says. Raises NoRoom."""
    hold_former(session, row)
    part = Part(row.extent_percent, row.starts_on, row.ends_on)
    if marks is not None:
        percent = post_still_sought(session, row)
        claim_anew(session, of=row, employment_id=row.id, part=part, marks=marks, ad_id=row.ad_id, ad_percent=percent)
    else:
        claim_for_employment(session, of=row, employment_id=row.id, parts=[] if row.never_began else [part])
    hold_what_lasts(session, row)


def _as_recorded(row: Employment) -> EmploymentAct:
    copied = {name: getattr(row, name) for name in (*OF_END, "decided_on", "ends_on", "recorded_by", "recorded_at")}
    return EmploymentAct(
        **walls_of(row), **copied, id=uuid4(), employment_id=row.id, number=0,
        kind=Kind.RECORDED.value, employer=row.employer,
    )  # fmt: skip


def _moved(act: EmploymentAct) -> str:
    """The two ends, for the log: days and nothing of a person."""
    former, new = (day.isoformat() if day else "–" for day in (act.previous_ends_on, act.ends_on))
    return f"{former} → {new}"
