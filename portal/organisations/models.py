"""Authorities (regions, municipalities), the parties in them, and who belongs to which in what role."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base


class Authority(Base):
    """A region or a municipality: where the parties sit, and one of the two possible employers."""

    __tablename__ = "authority"
    __table_args__ = (
        CheckConstraint("(board_first_day IS NULL) = (board_source IS NULL)", name="board_day_has_a_source"),
    )

    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]  # region or kommun
    controller_name: Mapped[str]  # who is personuppgiftsansvarig, as in "Regionstyrelsen i Region Ådalen"
    contact_email: Mapped[str] = mapped_column(default="")  # public: for accessibility, personal data and security
    data_officer: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # dataskyddsombud, and how to reach them: public
    profile_key: Mapped[
        str | None
    ]  # whose rules hold, where the name does not say it: the file's name in profiles/rules
    board_first_day: Mapped[date | None]  # of the newest board that it has told of; see elections.board
    board_source: Mapped[str | None]  # where that day is decided
    people_as_of: Mapped[
        datetime | None
    ]  # a backup of then was put back, and nobody has looked over who is in it since
    created_at: Mapped[datetime]

    @property
    def rules_called(self) -> str:
        """What its rules are found by."""
        return self.profile_key or self.name


class Party(Base):
    """One party's group in one authority, with its own walls, its own key and its own look."""

    __tablename__ = "party"
    __table_args__ = (
        UniqueConstraint("authority_id", "name"),
        CheckConstraint("hue BETWEEN 0 AND 359", name="hue_on_the_circle"),
        CheckConstraint("group_leader_policy IN ('allow', 'warn', 'forbid')", name="known_group_leader_policy"),
        CheckConstraint("elected_policy IN ('allow', 'warn', 'forbid')", name="known_elected_policy"),
    )

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    name: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)  # random; names the party's colours in the style sheet
    hue: Mapped[int] = mapped_column(default=250)
    chroma_percent: Mapped[int] = mapped_column(default=100)
    controller_name: Mapped[str]
    data_officer: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # dataskyddsombud, where there is one: public
    group_leader_policy: Mapped[str] = mapped_column(default="warn")  # of a secretary who also leads the group
    elected_policy: Mapped[str] = mapped_column(default="warn")  # of one who is elected to the body the post serves
    identity_reader_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id")
    )  # of protected identities; see protection
    identity_reader_named_at: Mapped[datetime | None]  # None: before it was kept
    people_as_of: Mapped[
        datetime | None
    ]  # a backup of then was put back, and nobody has looked over who is in it since
    created_at: Mapped[datetime]

    authority: Mapped[Authority] = relationship()

    @property
    def initial(self) -> str:
        """The letter in the party's mark."""
        return self.name[:1].upper()


class RetentionRule(Base):
    """How long one employer keeps applications, the decision it rests on, and from which day. Rules are added, never
    changed: of those that hold on a day the newest does (`organisations.retention`). Public: it stands in the ads."""

    __tablename__ = "retention_rule"
    __table_args__ = (
        CheckConstraint("(party_id IS NULL) <> (authority_id IS NULL)", name="of_one_employer"),
        CheckConstraint("months BETWEEN 1 AND 120", name="months_in_range"),
        CheckConstraint("length(basis) > 0", name="rests_on_something"),
    )

    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("party.id"), index=True)
    authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"), index=True)
    months: Mapped[int]
    basis: Mapped[str]  # gallringsbeslut or informationshanteringsplan of an authority; a party's own rule
    valid_from: Mapped[date]
    said_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))  # None: by command, or before there were days
    said_at: Mapped[datetime]


class Membership(Base):
    """One person's role in one party, in one authority, or (drift) in the installation. Invited until accepted."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint(
            "(role = 'drift' AND party_id IS NULL AND authority_id IS NULL) OR "
            "(role IN ('kansli', 'ledamot') AND party_id IS NOT NULL AND authority_id IS NULL) OR "
            "(role = 'region' AND party_id IS NULL AND authority_id IS NOT NULL)",
            name="role_fits_organisation",
        ),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]  # see organisations.access.Role
    invited_name: Mapped[str] = mapped_column(default="")  # all that the inviter sees until it is accepted
    title: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # as colleagues here read it, and nobody elsewhere
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("party.id"), index=True)
    authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"), index=True)
    created_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    party: Mapped[Party | None] = relationship()
    authority: Mapped[Authority | None] = relationship()

    @property
    def home_name(self) -> str:
        """Where it is, in words."""
        if self.party is not None:
            return f"{self.party.name}, {self.party.authority.name}"
        return self.authority.name if self.authority is not None else "Driften"


def _one_at_a_time(name: str, column: Any) -> Index:
    """A person is in a party, and in an authority, once at a time."""
    alive = Membership.ended_at.is_(None)
    return Index(name, Membership.person_id, column, unique=True, sqlite_where=alive, postgresql_where=alive)


_one_at_a_time("uq_membership_in_party", Membership.party_id)
_one_at_a_time("uq_membership_in_authority", Membership.authority_id)
