"""The first days' checklist read: one employment's, the rules that it goes by, and what of all of them is due."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.contracts.models import Employment
from portal.contracts.onboarding.days import Due, Stand, due_on, first_dues, stand_of
from portal.contracts.onboarding.models import Onboarding, OnboardingStep
from portal.contracts.renewal.queries import may_be_there, there_on
from portal.contracts.written.rules import Rules, rules_for
from portal.organisations.models import Authority
from portal.profiles.shelf import RULES, VersionGone, profile_called, profile_on, profile_version
from portal.vault.services import open_for_controller

SHELF = RULES
LEFT = (OnboardingStep.done_on.is_(None), OnboardingStep.skipped_by.is_(None))


@dataclass(frozen=True, slots=True)
class Shown:
    """A step with its words opened. ``by`` is who ticked it or said that it does not apply."""

    row: OnboardingStep
    what: str
    who: str
    reason: str
    by: str
    due: date
    stand: Stand


@dataclass(frozen=True, slots=True)
class Waiting:
    """The steps of one employment that are due by one day. ``title`` is the ad's: no name."""

    employment_id: UUID
    title: str
    due: Due


def step_place(column: str, step_id: UUID) -> str:
    """What a sealed column of a step is bound to."""
    return f"onboarding_step.{column}|{step_id}"


def onboarding_of(session: Session, employment_id: UUID, *, lock: bool = False) -> Onboarding | None:
    """The checklist of an employment, where somebody has begun it."""
    rows = select(Onboarding).where(Onboarding.employment_id == employment_id)
    return session.scalars(rows.with_for_update() if lock else rows).one_or_none()


def steps_of(session: Session, onboarding_id: UUID) -> Sequence[OnboardingStep]:
    """Its steps, in order."""
    rows = select(OnboardingStep).where(OnboardingStep.onboarding_id == onboarding_id)
    return session.scalars(rows.order_by(OnboardingStep.position)).all()


def shown_steps(session: Session, head: Onboarding, starts: date, *, on: date) -> list[Shown]:
    """Its steps as a page shows them. Two statements and the key's, however many."""
    rows = steps_of(session, head.id)
    names = _names(session, {by for row in rows if (by := row.done_by or row.skipped_by)})
    return [_shown(session, row, names, starts, on) for row in rows]


def _shown(session: Session, row: OnboardingStep, names: dict[UUID, str], starts: date, on: date) -> Shown:
    due, by = due_on(starts, row.days), row.done_by or row.skipped_by
    return Shown(
        row=row,
        what=_opened(session, row, "what"),
        who=_opened(session, row, "who"),
        reason=_opened(session, row, "reason"),
        by=names.get(by, "") if by else "",
        due=due,
        stand=stand_of(due, done=row.done_on is not None, skipped=row.skipped_by is not None, on=on),
    )


@dataclass(frozen=True, slots=True)
class Done:
    """A step of somebody's first days that was done: what, and on which day."""

    what: str
    on: date


def done_of_many(session: Session, employments: Collection[UUID]) -> dict[UUID, list[Done]]:
    """The steps done of each whose list has been begun, in order; one statement and the key's."""
    if not employments:
        return {}
    rows = (
        select(Onboarding.employment_id, OnboardingStep)
        .outerjoin(OnboardingStep, OnboardingStep.onboarding_id == Onboarding.id)
        .where(Onboarding.employment_id.in_(list(employments)))
        .order_by(Onboarding.employment_id, OnboardingStep.position)
    )
    found: dict[UUID, list[Done]] = {}
    for employment_id, step in session.execute(rows):
        done = found.setdefault(employment_id, [])
        if step is not None and step.done_on is not None:
            done.append(Done(_opened(session, step, "what"), step.done_on))
    return found


def _opened(session: Session, row: OnboardingStep, column: str) -> str:
    sealed: bytes | None = getattr(row, f"{column}_sealed")
    if sealed is None:
        return ""
    return open_for_controller(session, row.controller_id, sealed, place=step_place(column, row.id))


def _names(session: Session, ids: set[UUID]) -> dict[UUID, str]:
    if not ids:
        return {}
    people = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {person.id: person.name for person in people}


def dues_left(session: Session, onboarding_id: UUID, starts: date) -> list[date]:
    """The days of the steps that are left, one for each."""
    rows = select(OnboardingStep.days).where(OnboardingStep.onboarding_id == onboarding_id, *LEFT)
    return sorted(due_on(starts, days) for days in session.scalars(rows))


def waiting(session: Session, *, on: date) -> list[Waiting]:
    """What is late or due soon of the employments of the scope that have not ended, by employment and day."""
    rows = (
        select(Employment, OnboardingStep.days)
        .join(Onboarding, Onboarding.employment_id == Employment.id)
        .join(OnboardingStep, OnboardingStep.onboarding_id == Onboarding.id)
        .where(may_be_there(on), *LEFT)
        .order_by(Employment.starts_on, Employment.id)
    )
    dues: dict[tuple[UUID, str], list[date]] = defaultdict(list)
    asked = session.execute(rows).all()
    there = there_on(session, {row.Employment.id: row.Employment for row in asked}.values(), on=on)
    for one, days in asked:
        if one.id in there:
            dues[one.id, one.title or ""].append(due_on(one.starts_on, days))
    return [
        Waiting(employment_id, title, due)
        for (employment_id, title), days in dues.items()
        for due in first_dues(days, on)
    ]


def rules_on(session: Session, employment: Employment, on: date) -> Rules:
    """The rules for this employer as they were on the day ``on``. Raises BadProfile where they cannot be read."""
    authority = session.scalars(select(Authority).where(Authority.id == employment.authority_id)).one()
    newest = profile_called(authority.rules_called, SHELF)
    profile = profile_on(newest.key, on, SHELF) if newest else None
    return rules_for(profile, employer=employment.employer, kind=authority.kind)


def rules_copied(head: Onboarding) -> str:
    """ "Region Exempel, version 1", as long as that version is there as it was; its key and number afterwards."""
    if not head.profile_key or head.profile_version is None:
        return ""
    try:
        name = profile_version(head.profile_key, head.profile_version, head.profile_print, SHELF).name
    except VersionGone:
        name = head.profile_key
    return f"{name}, version {head.profile_version}"
