"""Employments renewed for the next term, one or many: all or none, each with its own limit, claim, decision and contract."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.services import Entry, person_actor, record_all
from portal.contracts.acts.kinds import Kind, Row, ended_by
from portal.contracts.acts.queries.rows import acts_of_many
from portal.contracts.models import Employment
from portal.contracts.recording.faults import Fault, NothingRecorded
from portal.contracts.recording.same import beside_in, beside_of, same_days
from portal.contracts.recording.services import RECORDED, employment_row, opened_name, party_of
from portal.contracts.renewal.queries import renewals_of
from portal.contracts.renewal.term import CALLED_OFF, ENDS_EARLY, NOTICED, RENEWED, why_not
from portal.contracts.terms import Answer, Terms, answer_for
from portal.organisations.access import Actor
from portal.posts.employer_model import Employer
from portal.posts.services.claiming import WALLS, Part, claim_for_many, one_at_a_time, room_by_turn
from portal.refusal import Refusal
from portal.swedish_dates import swedish_day

ENDED: Final = "ended"  # the field of a fault that is somebody's leaving: none of any form


@dataclass(frozen=True, slots=True)
class Renewal:
    """One employment with the terms it is renewed on, what the limit says of them, and what stands against it."""

    former: Employment
    terms: Terms
    answer: Answer | None
    fault: Fault | None
    there: Employment | None  # the renewal that has been recorded before

    @property
    def is_there(self) -> bool:
        """Whether just this has been recorded."""
        row, terms, answer = self.there, self.terms, self.answer
        if row is None or answer is None:
            return False
        return same_days(row, terms, answer) and beside_of(row) == beside_in(terms, answer)


TermsOf = Callable[[Employment], Terms]


def renew(
    session: Session,
    *,
    ids: Sequence[UUID],
    terms_of: TermsOf,
    actor: Actor,
    at: datetime,
    on: date,
    ended_too: bool = True,
) -> list[Employment] | None:
    """Renew each, or none. The same once more changes nothing. None where one of them is not there for this person.

    ``ended_too``: also who has been given notice, or ends early. The employer is the former's, whatever the terms say.
    Raises NothingRecorded, with each one's fault by its id.
    """
    party = party_of(session, actor)
    if party is None:
        return None
    formers = select(Employment.id).where(Employment.id.in_(ids)).order_by(Employment.id)
    session.execute(formers.with_for_update())  # first, as an act on one of them does: an end does not move meanwhile
    one_at_a_time(session, party.authority_id)
    plan = planned(session, ids, terms_of, on=on, ended_too=ended_too)
    if plan is None:
        return None
    if plan and all(one.is_there for one in plan):
        return [one.there for one in plan if one.there]
    if faults := {one.former.id: one.fault for one in plan if one.fault}:
        raise NothingRecorded(faults)
    made = list(_rows(session, plan, actor.person_id, at))
    session.add_all(made)
    session.flush()
    claim_for_many(session, made)
    who = person_actor(actor.person_id)
    entries = [Entry(at=at, actor=who, verb=RECORDED, object_id=row.id) for row in made]
    record_all(session, chain=party.id, entries=entries)
    return made


def planned(
    session: Session,
    ids: Sequence[UUID],
    terms_of: TermsOf,
    *,
    on: date,
    together: bool = True,
    ended_too: bool = True,
) -> list[Renewal] | None:
    """What a renewal of each would be, and what stands against it; None where one is not there. Writes nothing.

    ``together`` asks the ledger whether there is room for all of them at once; ``ended_too`` as in `renew`.
    """
    ids = list(dict.fromkeys(ids))
    rows = {row.id: row for row in session.scalars(select(Employment).where(Employment.id.in_(ids)))}
    if set(rows) != set(ids):
        return None
    there = renewals_of(session, ids)
    acts = {} if ended_too else acts_of_many(session, ids)
    plan = [_one(rows[id], terms_of(rows[id]), there.get(id), ended_by(acts.get(id, [])), on) for id in ids]
    return _with_room(session, plan) if together else plan


def _one(former: Employment, terms: Terms, there: Employment | None, ended: Row | None, on: date) -> Renewal:
    terms = replace(terms, employer=Employer(former.employer))
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
    elif ended is not None:
        fault = Fault(ended_words(former, ended), ENDED)
    else:
        fault = next((Fault(one.sentence, one.field) for one in answer.objections), None)
    return Renewal(former, terms, answer, fault, there)


def ended_words(former: Employment, ended: Row) -> str:
    """That somebody leaves, and what to do where they are renewed all the same."""
    if ended.kind == Kind.NOTICE:
        return NOTICED % {"given": swedish_day(ended.decided_on)}
    return ENDS_EARLY % {"ends": swedish_day(former.ends_on or date.max)}


def _with_room(session: Session, plan: list[Renewal]) -> list[Renewal]:
    """The ledger's word on those that nothing else stands against."""
    free = [one for one in plan if one.fault is None]
    parts = [Part(one.terms.extent_percent, one.terms.starts, one.answer.ends) for one in free if one.answer]
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
            session, {name: getattr(former, name) for name in WALLS}, name=opened_name(session, former),
            title=former.title, terms=one.terms, answer=one.answer, person_id=person_id, at=at, renews_id=former.id,
            stands_in=False,
        )  # fmt: skip
