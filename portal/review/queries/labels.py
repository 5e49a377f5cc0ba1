"""What stands for each candidate wherever a name would stand: the name, or in a blind review the code name."""

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from portal.review.access import may_see_name, reads_by_code_name, those
from portal.review.queries.case import Case, Listed
from portal.review.queries.papers import Named, in_alphabet, opened_names
from portal.review.shuffle import shuffled


class Labelled(Named, Protocol):
    """Whoever has a sealed name, and perhaps a code name."""

    @property
    def code_name(self) -> str | None: ...


def labels_of(session: Session, case: Case, applications: Iterable[Labelled]) -> dict[UUID, str]:
    """Name or code name of these candidates as the case's person may know them, in Swedish alphabetical order.

    No name is opened that is not shown. One whose key is gone is left out, and so is one that has neither.
    """
    return in_alphabet(known_as(session, case, applications))


def known_as(session: Session, case: Case, applications: Iterable[Labelled]) -> dict[UUID, str]:
    """The same in no order: for a list that has one of its own."""
    rows = list(applications)
    by_name = those(may_see_name, case.standing, rows)
    names = opened_names(session, by_name) if by_name else {}
    if len(by_name) == len(rows):
        return names
    named = {row.id for row in by_name}
    return {row.id: row.code_name for row in rows if row.code_name and row.id not in named} | names


def in_list_order(case: Case, rows: Sequence[Listed]) -> list[Listed]:
    """The rows as a list has them: in the order they arrived, or, for whoever reads under code names, in their own order
    of the papers. When somebody applied is known by name to others, and place by place would tell whose code name is whose.
    """
    if case.own_id is None or not reads_by_code_name(case.standing):
        return list(rows)
    by_id = {row.id: row for row in rows}
    return [by_id[id] for id in shuffled(case.own_id, by_id)]
