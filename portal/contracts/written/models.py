"""The written contract of an employment, and the signatures on it, each with its copy.

What names people is sealed under the controller's key. What must never happen is a named constraint: an authority's contract
offered without notice, one that lacks who is responsible, a signature before the one that comes first, a second one.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, PartyRow

OFFERED_WHOLE = (
    "offered_at IS NULL OR (work_leader_sealed IS NOT NULL AND work_environment_sealed IS NOT NULL "
    "AND decided_by_sealed IS NOT NULL AND signatories_sealed IS NOT NULL AND document_id IS NOT NULL)"
)


class Contract(PartyRow, Base):
    """What a person has filled in of an employment's contract, and how far it has come.

    The newest by ``number`` is the one that counts; a former one has been taken back before all had signed. When it is
    offered the words of the paper are written down, with the version of the authority's rules that they rest on; the paper
    is never made anew. The days and the limit are the employment's own.
    """

    __tablename__ = "contract"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "employment_id"], ["employment.party_id", "employment.id"]),
            ForeignKeyConstraint(["party_id", "document_id"], ["filed_document.party_id", "filed_document.id"]),
            UniqueConstraint("party_id", "id"),
            UniqueConstraint("party_id", "employment_id", "number"),
            CheckConstraint("employer IN ('authority', 'party')", name="known_employer"),
            CheckConstraint("(employer = 'authority') = (controller_id = authority_id)", name="employer_is_controller"),
            CheckConstraint("number >= 1", name="numbered_from_one"),
            CheckConstraint("notice_months BETWEEN 1 AND 24", name="notice_in_months"),
            CheckConstraint(
                "employer <> 'authority' OR offered_at IS NULL OR notice_months IS NOT NULL",
                name="kl_4_33_offered_with_notice",
            ),
            CheckConstraint(OFFERED_WHOLE, name="offered_with_all_three_responsible"),
            CheckConstraint("(document_id IS NULL) = (offered_at IS NULL)", name="paper_is_what_was_offered"),
            CheckConstraint(
                "(profile_key = '') = (profile_version IS NULL) AND (profile_key = '') = (profile_print = '')",
                name="rules_by_version",
            ),
            CheckConstraint("(offered_at IS NULL) = (offered_by IS NULL)", name="offered_by_somebody"),
            CheckConstraint(
                "(accepted_at IS NULL) = (accepted_by IS NULL) AND (accepted_at IS NULL OR accepted_at >= offered_at)",
                name="accepted_after_offer",
            ),
            CheckConstraint(
                "accepted_at IS NULL OR offered_at IS NOT NULL",
                name="only_what_is_offered_is_accepted",
            ),
            CheckConstraint("signed_at IS NULL OR accepted_at IS NOT NULL", name="signed_after_accepted"),
            CheckConstraint("(taken_back_at IS NULL) = (taken_back_by IS NULL)", name="taken_back_by_somebody"),
            CheckConstraint(
                "taken_back_at IS NULL OR (offered_at IS NOT NULL AND signed_at IS NULL)",
                name="never_taken_back_once_signed",
            ),
        )

    employment_id: Mapped[UUID] = mapped_column(index=True)
    number: Mapped[int]  # from 1; a further one after one was taken back
    employer: Mapped[str]
    employer_name: Mapped[str]
    profile_key: Mapped[str] = mapped_column(default="")  # empty: in a draft, or no rules are known
    profile_version: Mapped[int | None]
    profile_print: Mapped[str] = mapped_column(default="")
    filled_sealed: Mapped[bytes]  # what was typed, as JSON: see `queries.typed_as_json`
    notice_months: Mapped[int | None]  # as typed, and from the offer on as it stands in the paper
    work_leader_sealed: Mapped[bytes | None]  # this and the following: the words of the paper, once it is offered
    work_environment_sealed: Mapped[bytes | None]
    decided_by_sealed: Mapped[bytes | None]
    signatories_sealed: Mapped[bytes | None]  # pairs of role and name, in order, as JSON
    document_id: Mapped[UUID | None]  # the paper as it was offered
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]
    offered_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    offered_at: Mapped[datetime | None]
    accepted_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    accepted_at: Mapped[datetime | None]  # when the yes was written down
    accepted_on: Mapped[date | None]  # and of which day it is; None where an earlier version wrote it down
    signed_at: Mapped[datetime | None]  # when the last signature was recorded
    taken_back_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    taken_back_at: Mapped[datetime | None]


class ContractSignature(PartyRow, Base):
    """One signature, with the copy that bears it. The row of a position cannot be without the row before it."""

    __tablename__ = "contract_signature"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "contract_id"], ["contract.party_id", "contract.id"]),
            ForeignKeyConstraint(["party_id", "document_id"], ["filed_document.party_id", "filed_document.id"]),
            UniqueConstraint("party_id", "contract_id", "position", name="uq_contract_signature_once_each"),
            ForeignKeyConstraint(
                ["party_id", "contract_id", "follows"],
                ["contract_signature.party_id", "contract_signature.contract_id", "contract_signature.position"],
                name="fk_contract_signature_in_order",
                deferrable=True,
                initially="DEFERRED",  # a backup puts them back in whatever order it has them
            ),
            CheckConstraint("position >= 1", name="numbered_from_one"),
            CheckConstraint(
                "(position = 1 AND follows IS NULL) OR (follows IS NOT NULL AND follows = position - 1)",
                name="follows_the_one_before",
            ),
        )

    contract_id: Mapped[UUID] = mapped_column(index=True)
    position: Mapped[int]  # from 1, in the order of the contract
    follows: Mapped[int | None]
    role: Mapped[str]
    name_sealed: Mapped[bytes]
    signed_on: Mapped[date]
    document_id: Mapped[UUID]  # the copy
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]


class SignatureTakenBack(PartyRow, Base):
    """A signature that was filed wrong, as it was filed and by the id it had. Its copy is kept with it."""

    __tablename__ = "signature_taken_back"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "contract_id"], ["contract.party_id", "contract.id"]),
            ForeignKeyConstraint(["party_id", "document_id"], ["filed_document.party_id", "filed_document.id"]),
            CheckConstraint("position >= 1", name="numbered_from_one"),
            CheckConstraint("taken_back_at >= recorded_at", name="taken_back_after_it_was_filed"),
        )

    contract_id: Mapped[UUID] = mapped_column(index=True)
    position: Mapped[int]
    role: Mapped[str]
    name_sealed: Mapped[bytes]
    signed_on: Mapped[date]
    document_id: Mapped[UUID]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    reason_sealed: Mapped[bytes]
    taken_back_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    taken_back_at: Mapped[datetime]
