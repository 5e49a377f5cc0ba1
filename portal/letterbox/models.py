"""What a candidate and the office write to each other on the private link. Sealed under the application's key, and erased
with it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, CandidateRow


class Message(CandidateRow, Base):
    """One message, never changed once written. The candidate's own have nobody in ``written_by``.

    Where the authority employs it is a public record of its own and has a number from the authority's series
    (TF 2:9–2:10, OSL 5:1).
    """

    __tablename__ = "message"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            UniqueConstraint("authority_id", "arrival_number", name="message_number_once"),
            CheckConstraint("sender IN ('candidate', 'office')", name="known_sender"),
            CheckConstraint("(sender = 'office') = (written_by IS NOT NULL)", name="somebody_writes_for_the_office"),
            CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name="settled_by_somebody"),
            CheckConstraint("settled_at IS NULL OR sender = 'candidate'", name="only_the_candidates_is_settled"),
            CheckConstraint("opened_at IS NULL OR opened_at >= written_at", name="opened_once_written"),
        )

    sender: Mapped[str]  # see letterbox.receipts.Sender
    written_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    text_sealed: Mapped[bytes]
    opened_at: Mapped[datetime | None]  # by the other side: the candidate by a button, the office by its page
    settled_at: Mapped[datetime | None]  # the office has said that it needs no answer
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    arrival_number: Mapped[int | None]
