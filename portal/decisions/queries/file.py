"""The decision file read for one person: what the joint view shows them, and what led there and came of it."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Person
from portal.ads.models import AdCriterion
from portal.ads.queries import criteria_of
from portal.applications.models import Application
from portal.applications.states import COUNTS, State
from portal.audit.queries import first_lines_at
from portal.decisions.access import may_read_about
from portal.decisions.decision_file import (
    COUNTING,
    ERASED,
    HIDDEN,
    SEALED,
    TAKEN_BACK,
    UNMASKED,
    VERSION,
    JavUnanswered,
    NotOpenYet,
    OwnNotHandedIn,
    StillBlind,
    with_joint,
)
from portal.decisions.outcomes import status_of
from portal.decisions.queries import parts  # noqa: F401 each adds itself to the file
from portal.decisions.queries.file_rows import changes_of, conflicts_of, marks_of
from portal.decisions.queries.recorded import answer_place
from portal.decisions.queries.sections import Label, Reading, sections_of
from portal.decisions.queries.words import Word, words_of
from portal.organisations.models import Party
from portal.review.access import may_see_name
from portal.review.blind.models import Masking
from portal.review.models import PanelMember
from portal.review.phases import Phase
from portal.review.queries.board import joint_order_seen
from portal.review.queries.case import Case
from portal.review.queries.labels import labels_of
from portal.review.queries.meeting import attended_since, meeting_of
from portal.review.queries.scores import Visible, seen_scores
from portal.vault.services import ApplicationKey, open_application_keys

NAMED = ("panel.named", "panel.deputy_named")  # the log's lines about a seat


class Applied(NamedTuple):
    """An application that counts, or that was taken back after it had arrived."""

    id: UUID
    state: str
    submitted_at: datetime
    controller_id: UUID
    name_sealed: bytes | None
    code_name: str | None


_COLUMNS = [getattr(Application, name) for name in Applied._fields if name != "code_name"]


def decision_file(
    session: Session, case: Case, *, reader: str, at: datetime, minutes_checksum: str = ""
) -> dict[str, Any]:
    """The whole file for the person of ``case``, whose name is ``reader``. Raises a NotOpenYet before C6 lets them see the
    joint view. Of a candidate whom they may not see it has nothing but that there is one."""
    seen = seen_scores(session, case, at)
    _require_open(case, seen)
    return _file(session, case, seen, reader, minutes_checksum, at)


def sealed_file(session: Session, case: Case, *, reader: str, at: datetime) -> dict[str, Any]:
    """The file without what C6 seals: of a recruitment that ended before the joint view had opened. Nobody's scores, orders
    or lines of reason are in it, and it says so."""
    seen = replace(seen_scores(session, case, at), scores={}, orders={}, counted={})
    return {**_file(session, case, seen, reader, "", at), **SEALED}


def _file(
    session: Session, case: Case, seen: Visible, reader: str, minutes_checksum: str, at: datetime
) -> dict[str, Any]:
    applied, members = _applied(session, case.ad.id), _members(session, case.ad.id)
    reading = _reading(session, case, seen, applied, members, minutes_checksum, at)
    head = {"format": "beslutsakt", "version": VERSION, "made_at": at.isoformat(), "made_for": reader}
    return with_joint(
        {
            **head,
            "recruitment": _recruitment(session, case, members),
            "requirements": [_requirement(row) for row in reading.criteria],
            "panel": _panel(session, case, members, seen),
            **_judged(session, case, seen, applied, members, reading),
            "orders": _orders(seen, reading.names),
            "outcomes": _outcomes(session, case, reading.keys),
            "sections": [one.as_data() for one in sections_of(session, reading)],
        },
        joint_order_seen(case, seen),
    )


def _reading(
    session: Session,
    case: Case,
    seen: Visible,
    applied: list[Applied],
    members: list[PanelMember],
    minutes_checksum: str,
    at: datetime,
) -> Reading:
    """Whom of the candidates the reader may see, and what of them is left."""
    visible = [row for row in applied if may_read_about(case.standing, row.id)]
    keys = open_application_keys(session, {row.id: row.controller_id for row in visible})
    erased = frozenset(row.id for row in visible if row.id not in keys or row.name_sealed is None)
    names = labels_of(session, case, [row for row in visible if row.id not in erased])
    meeting, attended = meeting_of(session, case.ad.id), {}
    if meeting is not None:
        labels = {**dict.fromkeys(erased, ERASED), **names}
        taken_part = attended_since(session, case, labels)[1]
        attended = {row.id: labels[row.id] for row in taken_part if row.id in labels}
    return Reading(
        case=case,
        seen=seen,
        names=Label.each(names),
        keys={id: keys[id] for id in names},
        erased=erased,
        attended=Label.each(attended),
        panel={member.id: member.person.name for member in members},
        criteria=criteria_of(session, case.ad.id),
        meeting=meeting,
        minutes_checksum=minutes_checksum,
        at=at,
    )


def _judged(
    session: Session, case: Case, seen: Visible, applied: list[Applied], members: list[PanelMember], reading: Reading
) -> dict[str, Any]:
    """The candidates, the answers about jäv, and the scores that the joint view shows, each with its history."""
    ids, names = [member.id for member in members], reading.names
    marks = marks_of(session, ids)
    visible = [mark for mark in marks if (mark.member, mark.application, mark.criterion) in seen.scores]
    changes = changes_of(session, ids, reading.keys)
    return {
        "candidates": _candidates(case, applied, reading, Counter(mark.application for mark in marks)),
        "conflicts": conflicts_of(session, members, names, case.ad.employer or ""),
        "scores": [mark.as_data(changes.get(mark.id, [])) for mark in visible if mark.application in names],
    }


def _require_open(case: Case, seen: Visible) -> None:
    """As the joint view: an assessor must have handed in themselves. Where nobody assesses there is nothing sealed. Never
    in the blind phase: the office reads names in it, and what is read is soon said. Raises what of it is missing."""
    if case.phase is Phase.BLIND:
        raise StillBlind
    if case.standing.decides and case.unanswered:
        raise JavUnanswered
    if not seen.members or not case.applications:
        return
    if case.standing.named and (case.member is None or case.member.handed_in_at is None):
        raise OwnNotHandedIn
    if not seen.open:
        raise NotOpenYet


def _applied(session: Session, ad_id: UUID) -> list[Applied]:
    wanted = Application.ad_id == ad_id, Application.state.in_([*COUNTS, State.WITHDRAWN, State.DISPOSED])
    named = select(*_COLUMNS, Masking.code_name).outerjoin(Masking, Masking.application_id == Application.id)
    rows = session.execute(named.where(*wanted).order_by(Application.submitted_at, Application.id))
    return [Applied._make(row) for row in rows]


def _members(session: Session, ad_id: UUID) -> list[PanelMember]:
    """Also those who have left: what they answered and when they were there is part of the story."""
    rows = select(PanelMember).where(PanelMember.ad_id == ad_id).options(joinedload(PanelMember.person))
    return list(session.scalars(rows.order_by(PanelMember.position, PanelMember.id)))


def _people(session: Session, words: Collection[Word]) -> dict[UUID, str]:
    ids = {word.outcome.recorded_by for word in words} | {word.read_by for word in words if word.read_by}
    return {row.id: row.name for row in session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))}


def iso(at: datetime | None) -> str | None:
    """An instant in UTC as data has it."""
    return at.isoformat() if at is not None else None


def _recruitment(session: Session, case: Case, members: list[PanelMember]) -> dict[str, Any]:
    ad, party = case.ad, session.get_one(Party, case.ad.party_id)
    return {
        "id": str(ad.id),
        "title": ad.title,
        "party": party.name,
        "authority": party.authority.name,
        "employer": ad.employer,
        "posts": ad.posts,
        "state": ad.state,
        "published_at": iso(ad.published_at),
        "closes_at": iso(case.closes_at),
        "hand_in_by": iso(case.hand_in_by),
        "decides": _decides(session, case, members),
        "ended_at": iso(ad.ended_at),
    }


def _decides(session: Session, case: Case, members: list[PanelMember]) -> str | None:
    """The name of whoever decides, assessor or not: the one named to, or else the one who leads."""
    if case.review is not None and case.review.decider_id is not None:
        return session.get_one(Person, case.review.decider_id).name
    return next((member.person.name for member in members if member.leads and member.removed_at is None), None)


def _requirement(row: AdCriterion) -> dict[str, Any]:
    return {"id": str(row.id), "kind": row.kind, "judged": row.judged, "text": row.text, "weight": row.weight}


def _panel(session: Session, case: Case, members: list[PanelMember], seen: Visible) -> list[dict[str, Any]]:
    """Each since they were named first: whoever has left the party and come back is named anew, and the row has that day."""
    since = first_lines_at(session, case.ad.party_id, NAMED, [member.id for member in members])
    return [_member(member, seen, min(member.added_at, since.get(member.id, member.added_at))) for member in members]


def _member(member: PanelMember, seen: Visible, added_at: datetime) -> dict[str, Any]:
    return {
        "id": str(member.id),
        "name": member.person.name,
        "role": "leder" if member.leads else "ersättare" if member.deputy else "bedömer",
        "assesses": any(one.id == member.id for one in seen.members),
        "added_at": iso(added_at),
        "removed_at": iso(member.removed_at),
        "handed_in_at": iso(member.handed_in_at),
    }


def _candidates(case: Case, applied: list[Applied], reading: Reading, scored: Counter[UUID]) -> list[dict[str, Any]]:
    """In the order of their names, those without one last."""
    names, labels = reading.names, reading.labels
    place, fallen = {id: n for n, id in enumerate(names)}, {row.id for row in case.applications if row.fallen}
    found: list[dict[str, Any]] = []
    for row in sorted(applied, key=lambda row: place.get(row.id, len(place))):
        hidden = not may_read_about(case.standing, row.id)
        dated = not hidden and may_see_name(case.standing, row.id)  # when somebody came tells who it is
        found.append(
            {
                "id": f"hidden-{len(found) + 1}" if hidden else str(row.id),
                "name": HIDDEN if hidden else labels.get(row.id, UNMASKED),
                "hidden": hidden,
                "state": TAKEN_BACK if row.state == State.WITHDRAWN else COUNTING,
                "late": dated and row.state == State.LATE,
                "fallen": row.id in fallen,
                "arrived_at": iso(row.submitted_at) if dated else None,
                "scores": None if hidden else scored[row.id],
            }
        )
    return found


def _orders(seen: Visible, names: Mapping[UUID, str]) -> list[dict[str, Any]]:
    found = []
    for member in seen.members:
        groups = [[str(one) for one in group if one in names] for group in seen.orders.get(member.id, ())]
        if any(groups):
            found.append({"assessor": str(member.id), "groups": [group for group in groups if group]})
    return found


def _outcomes(session: Session, case: Case, keys: Mapping[UUID, ApplicationKey]) -> list[dict[str, Any]]:
    words = [word for word in words_of(session, case) if word.application_id in keys]
    people = _people(session, words)
    return [_outcome(word, keys[word.application_id], people) for word in words]


def _outcome(word: Word, key: ApplicationKey, people: Mapping[UUID, str]) -> dict[str, Any]:
    row = word.outcome
    answer = key.open_text(answer_place(row.id), row.answer_sealed) if row.answer_sealed else ""
    return {
        "candidate": str(row.application_id),
        "result": row.result,
        "criterion": str(row.criterion_id),
        "reason": key.open_text(f"outcome.{row.id}", row.reason_sealed),
        "recorded_by": people.get(row.recorded_by, ""),
        "recorded_at": iso(row.recorded_at),
        "status": status_of(row).value,
        "word": word.text if word.read else "",
        "proofread_by": people.get(word.read_by, "") if word.read_by else "",
        "proofread_at": iso(word.read_at),
        "told_at": iso(row.released_at),
        "offered_at": iso(row.offered_at),
        "accepted_at": iso(row.accepted_at),
        "declined_at": iso(row.declined_at),
        "declined_why": answer,
        "employed_at": iso(row.settled_at),
    }
