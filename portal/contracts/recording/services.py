"""The row of an employment, made in one place whatever it comes of; and one that comes of no ad."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.services import person_actor, record
from portal.contracts.lasting.services import hold_what_lasts
from portal.contracts.models import Employment
from portal.contracts.queries import name_place
from portal.contracts.recording.same import (
    ANOTHER,
    AlreadyRecorded,
    Beside,
    beside_in,
    beside_of,
    kept_reason,
    others_in_words,
    same_days,
)
from portal.contracts.terms import Answer, Terms, answer_for, require
from portal.organisations.access import Actor
from portal.organisations.models import Party
from portal.posts.employer_model import Employer, model_for
from portal.posts.services.claiming import Part, claim_for_employment, marks_of, one_at_a_time, whose_post
from portal.vault.services import open_for_controller, seal_for_controller

RECORDED = "employment.recorded"


def record_without_ad(
    session: Session,
    *,
    name: str,
    title: str,
    terms: Terms,
    actor: Actor,
    at: datetime,
    on: date,
    in_place_of: UUID | None = None,
) -> Employment | None:
    """Record an employment that comes of no ad, in the actor's own party; the same once more changes nothing. None
    where the person belongs to no party.

    A stand-in has a post of its own where nobody who is employed here is said to be replaced.
    Raises TermsRefused, AlreadyRecorded where only the rest differs, NoRoom where the party's posts are all taken,
    or another Refusal.
    """
    party = party_of(session, actor)
    if party is None:
        return None
    terms = replace(terms, stands_in=terms.stands_in or in_place_of is not None)
    answer = answer_for(terms, on=on)
    require(answer)
    walls = walls_by(party, terms.employer)
    one_at_a_time(session, party.authority_id)
    if (present := _twin_of(session, name, title, terms, answer, in_place_of)) is not None:
        return present
    made = employment_row(
        session, walls, name=name, title=title, terms=terms, answer=answer, person_id=actor.person_id, at=at,
        stands_in=terms.stands_in,
    )  # fmt: skip
    session.add(made)
    session.flush()
    part = Part(made.extent_percent, made.starts_on, made.ends_on)
    claim_for_employment(session, of=made, employment_id=made.id, parts=[part], in_place_of=in_place_of)
    hold_what_lasts(session, made)
    note_recorded(session, made, actor.person_id, at)
    return made


def party_of(session: Session, actor: Actor) -> Party | None:
    """The actor's own party, where there is one."""
    return session.get(Party, actor.party_id) if actor.party_id else None


def walls_by(party: Party, employer: Employer) -> dict[str, Any]:
    """Behind which walls an employment with this employer stands."""
    by_authority = model_for(employer).controller == "authority"
    return {
        "party_id": party.id,
        "authority_id": party.authority_id,
        "controller_id": party.authority_id if by_authority else party.id,
        "with_authority": by_authority,
    }


def employment_row(
    session: Session,
    walls: dict[str, Any],
    *,
    name: str,
    title: str,
    terms: Terms,
    answer: Answer,
    person_id: UUID,
    at: datetime,
    **of: Any,
) -> Employment:
    """The row, with the limit as ``answer`` has it and the name sealed under the controller's key; not added yet.

    ``of`` says what it comes of: an ad and its application, a former employment, or neither.
    """
    id = uuid4()
    return Employment(
        id=id,
        **walls,
        **of,
        title=title,
        employer=terms.employer.value,
        name_sealed=seal_for_controller(session, walls["controller_id"], name, place=name_place(id)),
        decided_on=terms.decided,
        starts_on=terms.starts,
        ends_on=answer.ends,
        extent_percent=terms.extent_percent,
        earlier_days=terms.earlier_days,
        recorded_by=person_id,
        recorded_at=at,
        **limit_columns(answer, terms.policy_reason),
    )


def limit_columns(answer: Answer, policy_reason: str) -> dict[str, Any]:
    """The limit as ``answer`` has it, by column; the reason only where a party's end lies past its policy."""
    limit = answer.limit
    return {
        "limit_reference": limit.reference_date,
        "limit_election": limit.election.day,
        "limit_latest_end": limit.latest_end,
        "limit_rule": limit.rule,
        "limit_article": limit.article,
        "policy_lifted_reason": kept_reason(policy_reason, answer),
        "permanent_on": limit.permanent_on,
    }


def require_same(
    session: Session,
    row: Employment,
    terms: Terms,
    answer: Answer,
    in_place_of: UUID | None,
    *,
    text: str | None = None,
) -> None:
    """Raises AlreadyRecorded where the row says something else than the terms."""
    there, here = (marks_of(session, id) if id else None for id in (row.id, in_place_of))
    kept = beside_of(row, there.in_place_of if there else None)
    asked = beside_in(terms, answer, here.post if here else None)
    if same_days(row, terms, answer) and kept == asked:
        return
    raise AlreadyRecorded(row, *other_words(session, kept, asked), text=text)


def other_words(session: Session, kept: Beside, asked: Beside) -> tuple[str, ...]:
    """What is recorded besides days and extent where somebody asks for something else, with the name of whom it stands in
    for."""
    replaced = whose_post(session, kept.instead) if kept.instead else None
    whom = session.get(Employment, replaced) if replaced else None
    return others_in_words(kept, asked, opened_name(session, whom) if whom else "")


def _twin_of(
    session: Session, name: str, title: str, terms: Terms, answer: Answer, in_place_of: UUID | None
) -> Employment | None:
    """The employment of the scope that says just this: whoever presses twice means one. Raises AlreadyRecorded where one has
    the same person, title, days and extent, and says something else besides."""
    rows = select(Employment).where(
        Employment.employer == terms.employer.value,
        Employment.title == title,
        Employment.decided_on == terms.decided,
        Employment.starts_on == terms.starts,
        Employment.ends_on == answer.ends,
        Employment.extent_percent == terms.extent_percent,
    )
    twins = [row for row in session.scalars(rows) if opened_name(session, row) == name]
    for number, row in enumerate(twins, start=1):
        try:
            require_same(session, row, terms, answer, in_place_of, text=ANOTHER)
        except AlreadyRecorded:
            if number == len(twins):
                raise
        else:
            return row
    return None


def opened_name(session: Session, row: Employment) -> str:
    """Who is employed."""
    return open_for_controller(session, row.controller_id, row.name_sealed, place=name_place(row.id))


def note_recorded(session: Session, row: Employment, person_id: UUID, at: datetime) -> None:
    """The log's line."""
    record(session, chain=row.party_id, at=at, actor=person_actor(person_id), verb=RECORDED, object_id=row.id)
