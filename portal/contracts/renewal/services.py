"""Employments renewed for the next term, one or many: all or none, each with its own limit, claim, decision and contract."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.services import Entry, person_actor, record_all
from portal.contracts.acts.kinds import Kind, Row, ended_by
from portal.contracts.acts.queries.rows import acts_of_many
from portal.contracts.lasting.services import hold_former, hold_what_lasts
from portal.contracts.models import Employment
from portal.contracts.recording.faults import Fault, NothingRecorded
from portal.contracts.recording.same import Beside, beside_in, beside_of, same_days
from portal.contracts.recording.services import RECORDED, employment_row, opened_name, party_of
from portal.contracts.renewal.queries import has_ended, renewals_after, renewals_of, stood_in_days
from portal.contracts.renewal.term import CALLED_OFF, ENDS_EARLY, NOTICED, RENEWED, STANDS_IN, why_not
from portal.contracts.terms import Answer, Terms, answer_for
from portal.organisations.access import Actor
from portal.posts.employer_model import Employer
from portal.posts.services.claiming import (
    Part,
    claim_for_many,
    marks_of,
    one_at_a_time,
    whose_post,
)
from portal.posts.services.turns import room_by_turn
from portal.refusal import Refusal
from portal.scope import walls_of
from portal.swedish_dates import swedish_day

ALONE: Final = "alone"  # the field of a fault of those who are renewed by themselves: none of any form


@dataclass(frozen=True, slots=True)
class Renewal:
    """One employment with the terms it is renewed on, what the limit says of them, and what stands against it. ``instead``
    is the post of whom it stands in for; ``kept`` what the renewal that is there says besides days and extent."""

    former: Employment
    terms: Terms
    answer: Answer | None
    fault: Fault | None
    there: Employment | None  # the renewal that has been recorded before
    instead: UUID | None = None
    kept: Beside | None = None

    @property
    def is_there(self) -> bool:
        """Whether just this has been recorded."""
        row, terms, answer = self.there, self.terms, self.answer
        if row is None or answer is None:
            return False
        return same_days(row, terms, answer) and self.kept == beside_in(terms, answer, self.instead)


TermsOf = Callable[[Employment], Terms]


def renew(
    session: Session,
    *,
    ids: Sequence[UUID],
    terms_of: TermsOf,
    actor: Actor,
    at: datetime,
    on: date,
    alone: bool = True,
    in_place_of: UUID | None = None,
) -> list[Employment] | None:
    """Renew each, or none. The same once more changes nothing. None where one of them is not there for this person.

    ``alone``: by itself, so also who has been given notice, ends early, or stands in for another, with ``in_place_of`` the
    employment of that one. The employer is the former's, whatever the terms say.
    Raises NothingRecorded, with each one's fault by its id.
    """
    party = party_of(session, actor)
    if party is None:
        return None
    formers = select(Employment.id).where(Employment.id.in_(ids)).order_by(Employment.id)
    session.execute(formers.with_for_update())  # first, as an act on one of them does: an end does not move meanwhile
    one_at_a_time(session, party.authority_id)
    plan = planned(session, ids, terms_of, on=on, alone=alone, in_place_of=in_place_of)
    if plan is None:
        return None
    if plan and all(one.is_there for one in plan):
        return [one.there for one in plan if one.there]
    if faults := {one.former.id: one.fault for one in plan if one.fault}:
        raise NothingRecorded(faults)
    made = list(_rows(session, plan, actor.person_id, at))
    session.add_all(made)
    session.flush()
    _claim(session, made, {row.id: one.instead for row, one in zip(made, plan, strict=True)})
    who = person_actor(actor.person_id)
    entries = [Entry(at=at, actor=who, verb=RECORDED, object_id=row.id) for row in made]
    record_all(session, chain=party.id, entries=entries)
    return made


def _claim(session: Session, made: Sequence[Employment], instead: Mapping[UUID, UUID | None]) -> None:
    hold_former(session, *made)
    claim_for_many(session, made, instead)
    hold_what_lasts(session, *made)


def planned(
    session: Session,
    ids: Sequence[UUID],
    terms_of: TermsOf,
    *,
    on: date,
    together: bool = True,
    alone: bool = True,
    in_place_of: UUID | None = None,
) -> list[Renewal] | None:
    """What a renewal of each would be, and what stands against it; None where one is not there. Writes nothing.

    ``together`` asks the ledger whether there is room for all of them at once; ``alone`` and ``in_place_of`` as in `renew`.
    """
    ids = list(dict.fromkeys(ids))
    rows = {row.id: row for row in session.scalars(select(Employment).where(Employment.id.in_(ids)))}
    if set(rows) != set(ids):
        return None
    there = renewals_of(session, ids)
    acts = {} if alone else acts_of_many(session, ids)
    asked = {} if alone else {id: _why_alone(rows[id], ended_by(acts.get(id, []))) for id in ids}
    plan = [
        _one(session, rows[id], terms_of(rows[id]), there.get(id), in_place_of, asked.get(id, ""), on) for id in ids
    ]
    return _with_room(session, plan) if together else plan


def whom_it_stands_in_for(session: Session, former: Employment, *, starts: date) -> UUID | None:
    """The employment that a renewal from ``starts`` would stand in for, as the former does: the last that renewed it. None
    where it stands in for nobody who is registered, or that one has left by then."""
    marks = marks_of(session, former.id)
    found = whose_post(session, marks.in_place_of) if marks and marks.in_place_of else None
    if found is None:
        return None
    ids = [found, *renewals_after(session, found)]
    there = [row for row in (session.get_one(Employment, id) for id in ids) if not has_ended(session, row, on=starts)]
    return there[-1].id if there else None


def _one(
    session: Session,
    former: Employment,
    terms: Terms,
    there: Employment | None,
    in_place_of: UUID | None,
    alone: str,
    on: date,
) -> Renewal:
    terms = replace(terms, employer=Employer(former.employer), stands_in=terms.stands_in or in_place_of is not None)
    if terms.stands_in:
        terms = replace(terms, stood_in_days=stood_in_days(session, former, terms.starts))
    instead, kept = _mark(session, in_place_of), None
    if there is not None:
        marks = marks_of(session, there.id) if there.stands_in else None
        kept = beside_of(there, marks.in_place_of if marks else None)
    try:
        answer = answer_for(terms, on=on)
    except Refusal as refusal:
        return Renewal(former, terms, None, Fault(refusal.sentence, refusal.field or "starts"), there)
    own = why_not(former, terms, answer.limit.latest_end)
    if there is not None:
        fault: Fault | None = Fault(
            (CALLED_OFF if there.never_began else RENEWED) % {"starts": swedish_day(there.starts_on)}, "starts"
        )
    elif own is not None:
        fault = Fault(own[1], own[0])
    elif alone:
        fault = Fault(alone, ALONE)
    else:
        fault = next((Fault(one.sentence, one.field) for one in answer.objections), None)
    return Renewal(former, terms, answer, fault, there, instead, kept)


def _mark(session: Session, in_place_of: UUID | None) -> UUID | None:
    marks = marks_of(session, in_place_of) if in_place_of else None
    return marks.post if marks else None


def _why_alone(former: Employment, ended: Row | None) -> str:
    """What has to be asked of one who is renewed; nothing of most."""
    if ended is not None:
        return ended_words(former, ended)
    return STANDS_IN if former.stands_in else ""


def ended_words(former: Employment, ended: Row) -> str:
    """That somebody leaves, and what to do where they are renewed all the same."""
    if ended.kind == Kind.NOTICE:
        return NOTICED % {"given": swedish_day(ended.decided_on)}
    return ENDS_EARLY % {"ends": swedish_day(former.ends_on or date.max)}


def _with_room(session: Session, plan: list[Renewal]) -> list[Renewal]:
    """The ledger's word on those that nothing else stands against."""
    free = [one for one in plan if one.fault is None]
    parts = [
        Part(one.terms.extent_percent, one.terms.starts, one.answer.ends, one.instead, one.former.id)
        for one in free
        if one.answer
    ]
    if not parts:
        return plan
    lacks = dict(
        zip((one.former.id for one in free), room_by_turn(session, free[0].former.party_id, parts), strict=True)
    )
    return [
        replace(one, fault=Fault(no.sentence, "extent_percent")) if (no := lacks.get(one.former.id)) else one
        for one in plan
    ]


def _rows(session: Session, plan: Sequence[Renewal], person_id: UUID, at: datetime) -> Iterator[Employment]:
    for one in plan:
        former = one.former
        assert one.answer is not None
        yield employment_row(
            session, walls_of(former), name=opened_name(session, former),
            title=former.title, terms=one.terms, answer=one.answer, person_id=person_id, at=at, renews_id=former.id,
            stands_in=one.terms.stands_in,
        )  # fmt: skip
