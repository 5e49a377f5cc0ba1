"""What stands for each candidate wherever a name would stand: the name, or in a blind review the code name."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from portal.review.access import may_see_name
from portal.review.names import alphabetical
from portal.review.queries.case import Case
from portal.review.queries.papers import Named, names_of


class Labelled(Named, Protocol):
    """Whoever has a sealed name, and perhaps a code name."""

    @property
    def code_name(self) -> str | None: ...


def labels_of(session: Session, case: Case, applications: Iterable[Labelled]) -> dict[UUID, str]:
    """Name or code name of these candidates as the case's person may know them, in Swedish alphabetical order.

    No name is opened that is not shown. One whose key is gone is left out, and so is one that has neither.
    """
    known = list(applications)
    by_name = [row for row in known if may_see_name(case.standing, row.id)]
    names = names_of(session, by_name) if by_name else {}
    if len(by_name) == len(known):
        return names
    named = {row.id for row in by_name}
    found = names | {row.id: row.code_name for row in known if row.id not in named and row.code_name}
    return dict(sorted(found.items(), key=lambda item: (*alphabetical(item[1]), item[0])))
