"""Who else there is to write what becomes of a candidate and to read their word, where one who may not asks."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.applications.models import Application
from portal.organisations.access import Role
from portal.organisations.models import Membership
from portal.organisations.queries import belongs
from portal.review.deciding.models import DecidingAnswer
from portal.review.models import ConflictAnswer, PanelMember
from portal.review.queries.case import Case
from portal.review.queries.person import applied_themselves, is_in


@dataclass(frozen=True, slots=True)
class Others:
    """Of one or several candidates: whether a colleague at the office may see to each of them; and else by name whoever
    decides, empty where they may not."""

    office: bool
    decider: str

    @property
    def anybody(self) -> bool:
        """Whether there is one."""
        return self.office or bool(self.decider)


def others_for(session: Session, case: Case, applications: Collection[UUID]) -> dict[UUID, Others]:
    """For each of these who but the case's person may write the outcome and read the word: nobody with jäv for that one, and
    nobody who has applied. Whoever has not answered about jäv yet may turn out to."""
    if not applications:
        return {}
    office, decider = _people(session, case)
    shut = _conflicts(session, case.ad.id)
    return {id: _without(office, decider, {person for person, of in shut if of == id}) for id in applications}


def _without(office: Collection[UUID], decider: Any, shut: Collection[UUID]) -> Others:
    by_office = any(id not in shut for id in office)
    name = decider.name if not by_office and decider is not None and decider.id not in shut else ""
    return Others(by_office, name)


def _people(session: Session, case: Case) -> tuple[list[UUID], Any]:
    """The office but the case's person; and whoever decides, named to and there, or else leading the panel."""
    working = select(Membership.person_id).where(
        Membership.party_id == case.ad.party_id, Membership.role == Role.KANSLI.value, belongs()
    )
    leads = select(PanelMember.person_id).where(PanelMember.ad_id == case.ad.id, PanelMember.leads, is_in())
    named = case.review is not None and case.review.decider_id is not None
    office, decides = Person.id.in_(working), Person.id == case.decider_id if named else Person.id.in_(leads)
    rows = select(Person.id, Person.name, Person.email, office.label("office"), decides.label("decides")).where(
        or_(office, decides), Person.id != case.person_id
    )
    has_applied = applied_themselves(session, case.ad.id, case.ad.controller_id)
    there = [row for row in session.execute(rows.order_by(Person.id)) if not has_applied(row.email)]
    return [row.id for row in there if row.office], next((row for row in there if row.decides), None)


def _conflicts(session: Session, ad_id: UUID) -> list[tuple[UUID, UUID]]:
    """Who in a recruitment has jäv for whom, by person and application."""
    of_panel = (
        select(PanelMember.person_id, ConflictAnswer.application_id)
        .join(ConflictAnswer, ConflictAnswer.panel_member_id == PanelMember.id)
        .where(PanelMember.ad_id == ad_id, ConflictAnswer.has_conflict)
    )
    of_others = (
        select(DecidingAnswer.person_id, DecidingAnswer.application_id)
        .join(Application, Application.id == DecidingAnswer.application_id)
        .where(Application.ad_id == ad_id, DecidingAnswer.has_conflict)
    )
    return [(person, of) for rows in (of_panel, of_others) for person, of in session.execute(rows)]
