"""Decisions on the parties' posts, read from a table: all of them or none, each as if it had been written down by hand."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.posts.allocation import Model
from portal.posts.models import Quota
from portal.posts.queries import quota_rows
from portal.posts.services.claiming import one_at_a_time
from portal.posts.services.deciding import Decision, Line, decide_quotas
from portal.posts.taking_over.quotas import QuotaLine
from portal.refusal import N_, Refusal

BASIS = "Enligt beslutet, inläst från en tabell"


class SomeAreThere(Refusal):
    """A part of the table has been read in before."""

    field = "file"
    text = N_("Rad %(rows)s finns redan. Ta bort dem ur tabellen och läs in resten.")


def read_in_quotas(
    session: Session,
    *,
    authority_id: UUID,
    lines: Sequence[QuotaLine],
    person_id: UUID,
    at: datetime,
    on: date,
) -> int:
    """Write every decision down; the same table once more changes nothing. How many decisions there are in it.

    Raises SomeAreThere, or a Refusal of `decide_quotas`.
    """
    one_at_a_time(session, authority_id)
    decisions: dict[tuple[object, ...], list[QuotaLine]] = {}
    for line in lines:
        decisions.setdefault(line.decision, []).append(line)
    known = {_told(row) for row in quota_rows(session)}
    there = [line.row for line in lines if (line.party_id, int(line.posts * 100), *line.decision) in known]
    if there and len(there) == len(lines):
        return len(decisions)
    if there:
        raise SomeAreThere(rows=", ".join(map(str, there)))
    for group in decisions.values():
        first = group[0]
        decide_quotas(
            session,
            authority_id=authority_id,
            decision=Decision(first.body, first.decided, first.paragraph, first.number, first.starts, first.ends),
            model=Model.FIXED,
            lines=[Line(line.party_id, line.posts, BASIS) for line in group],
            person_id=person_id,
            at=at,
            on=on,
        )
    return len(decisions)


def _told(row: Quota) -> tuple[object, ...]:
    return (
        row.party_id, row.hundredths, row.decision_body, row.decided_on, row.decision_paragraph, row.decision_number,
        row.starts_on, row.ends_on,
    )  # fmt: skip
