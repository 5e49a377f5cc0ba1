"""Every feature's tables in one place, for migrations and for the tests that read the catalogue."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table

import portal.accounts.models
import portal.ads.models
import portal.applications.models
import portal.audit.models
import portal.contracts.acts.models
import portal.contracts.decision.models
import portal.contracts.models
import portal.contracts.onboarding.models
import portal.contracts.written.models
import portal.decisions.models
import portal.disclosure.models
import portal.documents.models
import portal.intake.models
import portal.interviews.models
import portal.jobs.models
import portal.letterbox.models
import portal.links.models
import portal.mail.models
import portal.organisations.models
import portal.posts.models
import portal.privacy.models
import portal.protection.models
import portal.register.models
import portal.review.blind.models
import portal.review.deciding.models
import portal.review.meeting.models
import portal.review.models
import portal.vault.models  # noqa: F401
from portal.db import AuthorityRow, Base, CandidateRow, ScopedRow

metadata = Base.metadata


def scoped_tables() -> dict[Table, str | None]:
    """The tables behind the walls, each with the column by which its candidate is known (None: staff only)."""
    found: dict[Table, str | None] = {}
    for made, table in _scoped():
        own = "id" if table.name == "application" else "application_id"
        found[table] = own if issubclass(made, CandidateRow) else None
    return found


def tables_of_authorities() -> set[str]:
    """The names of those behind the walls that an authority alone writes."""
    return {table.name for made, table in _scoped() if issubclass(made, AuthorityRow)}


def _scoped() -> Iterator[tuple[type[Any], Table]]:
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, ScopedRow):
            table = mapper.local_table
            assert isinstance(table, Table)
            yield mapper.class_, table
