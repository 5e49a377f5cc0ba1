"""What an authority writes about its register and its handing out of public records."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import AuthorityRow, Base


class CaseDiary(AuthorityRow, Base):
    """The authority's own diary number of a case, as its registrar has typed it. The newest holds; the others are history."""

    __tablename__ = "case_diary"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            CheckConstraint("with_authority", name="only_of_what_the_authority_employs_for"),
            CheckConstraint("length(diary_number) BETWEEN 1 AND 60", name="says_a_number"),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    diary_number: Mapped[str]
    written_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
