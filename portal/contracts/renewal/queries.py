"""Employments that end with the term, and those that follow on them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.contracts.acts.kinds import was_ended
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.acts.queries.rows import acts_of, acts_of_many
from portal.contracts.models import Employment
from portal.contracts.pictures import turned_on
from portal.contracts.queries import Employed, employments_of
from portal.contracts.renewal.term import Term, days_as_stand_in, ends_into


def may_be_there(on: date) -> ColumnElement[bool]:
    """Whether a row has not come to its last day, or may have turned permanent by it: `there_on` tells."""
    turned = (Employment.permanent_on <= Employment.ends_on) | Employment.stands_in | Employment.renews_id.is_not(None)
    return Employment.not_over(on) | (Employment.never_began.is_(False) & turned)


@dataclass(frozen=True, slots=True)
class Ending:
    """An employment that can be renewed for a term, and its renewal where there is one; ``since`` as `permanent_since`."""

    one: Employed
    renewed: Employment | None
    since: date | None


def ending_before(session: Session, term: Term) -> list[Ending]:
    """Those of the scope that end so that a renewal is for this term, the first to end first."""
    everybody = employments_of(session)
    after = {one.row.renews_id: one.row for one in everybody if one.row.renews_id}
    ending = [one for one in everybody if not one.row.never_began and ends_into(one.row, term)]
    known = {one.row.id: one.row for one in everybody}
    acts = acts_of_many(session, known) if any(one.row.renews_id for one in ending) else {}
    return [Ending(one, after.get(one.row.id), _since(one.row, known, acts)) for one in ending]


def permanent_since(session: Session, row: Employment) -> date | None:
    """The day on which what this one goes on from, renewal after renewal, turned permanent (LAS 5 a §); None where it goes on
    from nothing that has. What a notice or an earlier last day has ended goes on in nothing."""
    if row.renews_id is None:
        return None
    known = with_formers(session, [row])
    return _since(row, known, acts_of_many(session, known))


def _since(
    row: Employment, known: Mapping[UUID, Employment], acts: Mapping[UUID, Sequence[EmploymentAct]]
) -> date | None:
    since = None
    while row.renews_id is not None:
        row = known[row.renews_id]
        if was_ended(acts.get(row.id, ())):
            break
        since = turned_on(row) or since
    return since


def lasts_from(
    row: Employment, known: Mapping[UUID, Employment], acts: Mapping[UUID, Sequence[EmploymentAct]]
) -> date | None:
    """The day from which it goes on whatever its last day says: it, or what it renews among those ``known``, has turned
    permanent by then (LAS 5 a §), and nothing has ended it. None where its last day is its last, or it never began."""
    if row.never_began or was_ended(acts.get(row.id, ())):
        return None
    return turned_since(row, known, acts)


def turned_since(
    row: Employment, known: Mapping[UUID, Employment], acts: Mapping[UUID, Sequence[EmploymentAct]]
) -> date | None:
    """The day from which it, or what it renews among those ``known``, is permanent; None where there is none."""
    return _since(row, known, acts) or turned_on(row)


def lasts_since(
    session: Session, row: Employment, acts: Sequence[EmploymentAct], *, ends: date | None = None
) -> date | None:
    """As `lasts_from`, of one employment with its ``acts``; None also where a renewal goes on from it. ``ends``: as if that
    were its last day."""
    renewal = renewals_of(session, [row.id]).get(row.id)
    if row.never_began or was_ended(acts) or (renewal is not None and not renewal.never_began):
        return None
    return permanent_since(session, row) or turned_on(row, ends=ends)


def lasts_past(session: Session, row: Employment, *, on: date) -> date | None:
    """As `lasts_since`, of one whose last day has gone by; None where there is none or it is still to come."""
    if row.never_began or not row.is_over(on):
        return None
    return lasts_since(session, row, acts_of(session, row.id))


def has_ended(session: Session, row: Employment, *, on: date) -> bool:
    """Whether one employment is over, whatever renews it: called off, or its last day has gone by and was one."""
    return row.is_over(on) and lasts_past(session, row, on=on) is None


def there_on(session: Session, rows: Collection[Employment], *, on: date) -> set[UUID]:
    """Those of several that have not ended, as `has_ended` has it. The rows are those of `may_be_there`."""
    past = {row.id: row for row in rows if row.is_over(on)}
    found = {row.id for row in rows} - past.keys()
    if not past:
        return found
    renewed = {id for id, row in renewals_of(session, past).items() if not row.never_began}
    known = with_formers(session, past.values())
    acts = acts_of_many(session, known)
    lasting = {id for id, row in past.items() if lasts_from(row, known, acts) is not None}
    return found | (lasting - renewed)


def renewals_of(session: Session, ids: Collection[UUID]) -> dict[UUID, Employment]:
    """The renewals that are there, by what they renew."""
    if not ids:
        return {}
    rows = session.scalars(select(Employment).where(Employment.renews_id.in_(ids)))
    return {row.renews_id: row for row in rows if row.renews_id}


def renewals_after(session: Session, employment_id: UUID) -> list[UUID]:
    """What goes on from an employment, renewal after renewal, called off or not."""
    found: list[UUID] = []
    there: UUID | None = employment_id
    while there is not None:
        there = session.scalars(select(Employment.id).where(Employment.renews_id == there)).one_or_none()
        found += [there] if there is not None else []
    return found


def with_renewals(session: Session, rows: Collection[Employment]) -> list[Employment]:
    """Employments and what goes on from them, renewal after renewal, called off or not, each once."""
    known, found = {row.id: row for row in rows}, list(rows)
    while found:
        after = renewals_of(session, [row.id for row in found]).values()
        found = [row for row in after if row.id not in known]
        known |= {row.id: row for row in found}
    return list(known.values())


def with_formers(session: Session, rows: Collection[Employment]) -> dict[UUID, Employment]:
    """Employments and what they go on from, renewal after renewal, by their ids. One statement for each time."""
    known, found = {row.id: row for row in rows}, list(rows)
    while earlier := {row.renews_id for row in found if row.renews_id is not None} - known.keys():
        found = list(session.scalars(select(Employment).where(Employment.id.in_(earlier))))
        known |= {row.id: row for row in found}
    return known


def last_days_of(session: Session, rows: Sequence[Employment]) -> dict[UUID, date | None]:
    """By employment: its last day, or that of the last that renewed it; None where that goes on until further notice, or had
    turned permanent by then with nothing that ends it (LAS 5 a §). One that was called off renewed nothing. As many
    statements for many as for one."""
    if not rows:
        return {}
    renewing = select(Employment).where(Employment.renews_id.is_not(None), Employment.never_began.is_(False))
    after = {row.renews_id: row for row in session.scalars(renewing)}
    known = {row.id: row for row in after.values()} | with_formers(session, rows)
    turned = any(turned_on(row) is not None for row in known.values())
    acts = acts_of_many(session, known) if turned else {}
    lasts = {row.id: _last(row, after) for row in rows}
    return {id: None if lasts_from(last, known, acts) else last.ends_on for id, last in lasts.items()}


def is_over(session: Session, row: Employment, *, on: date) -> bool:
    """Whether an employment has ended with every renewal: the last day has passed, and it had not turned permanent by then
    (LAS 5 a §), which only a notice or an earlier last day ends."""
    last = last_days_of(session, [row])[row.id]
    return last is not None and last < on


def stood_in_days(session: Session, former: Employment, starts: date) -> int:
    """The days as a stand-in that count before ``starts`` (LAS 5 a §): those of what is renewed, and of what that renewed."""
    return days_as_stand_in([former, *_formers(session, former)], starts)


def stood_in_before(session: Session, row: Employment, starts: date | None = None) -> int:
    """The same of one that is recorded, before its first day or another (``starts``)."""
    return days_as_stand_in(_formers(session, row), starts or row.starts_on)


def _formers(session: Session, row: Employment) -> list[Employment]:
    """What an employment goes on from, renewal after renewal."""
    found: list[Employment] = []
    while row.renews_id is not None:
        row = session.get_one(Employment, row.renews_id)
        found.append(row)
    return found


def _last(row: Employment, after: Mapping[UUID | None, Employment]) -> Employment:
    while row.id in after:  # the law of the table: nobody is renewed twice, and no row renews itself
        row = after[row.id]
    return row
