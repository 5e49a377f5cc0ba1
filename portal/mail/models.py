"""The outbox: mails written in the transaction that causes them, sealed until they are sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class OutgoingMail(Base):
    """One mail. Who gets it and what it says is sealed, under the controller's key or (to staff) the installation's.

    ``once`` makes a mail unique (a receipt per application): writing it twice is refused by the database. It ends with the id
    of what the mail is about, which stands by itself too, to be found by.
    """

    __tablename__ = "outgoing_mail"
    __table_args__ = (Index("ix_outgoing_mail_pending", "sent_at", "due_at"),)

    once: Mapped[str] = mapped_column(unique=True)
    about_id: Mapped[UUID | None] = mapped_column(index=True)  # a program from before this says nothing
    message_id: Mapped[str] = mapped_column(unique=True)
    controller_id: Mapped[UUID | None]
    sealed: Mapped[bytes | None]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    last_fault: Mapped[str] = mapped_column(default="")
