"""People who log in, and their log-in sessions. Candidates are not among them: they have no account."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base


class Person(Base):
    """One person of the staff: an office, an authority or the operator. Without a password: invited, not yet in."""

    __tablename__ = "person"

    email: Mapped[str] = mapped_column(unique=True)  # as `accounts.address.canonical` writes it
    name: Mapped[str]
    password_hash: Mapped[str | None]
    totp_sealed: Mapped[bytes | None]
    totp_last_step: Mapped[int] = mapped_column(default=0)  # a code's time step is used once
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class LoginSession(Base):
    """One log-in on one device. The cookie holds the token, the row its hash; ended means dead at once."""

    __tablename__ = "login_session"

    token_hash: Mapped[bytes] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    device: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]  # a code was given again
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()

    @property
    def code_at(self) -> datetime:
        """When a code was given last: every log-in begins with one."""
        return self.confirmed_at or self.created_at


class PasswordRequest(Base):
    """Somebody asked for a new password for an address. Whether it has an account is looked up by the worker, so that
    the answer to the asker takes the same work for every address."""

    __tablename__ = "password_request"

    address_sealed: Mapped[bytes]
    language: Mapped[str] = mapped_column(default="sv")
    created_at: Mapped[datetime]
