"""What an authority writes about its register and its handing out of public records."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint, false
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


class DisclosureRequest(Base):
    """Somebody has asked an authority for records. Nobody has to say who they are (TF 2:18).

    It is the authority's own and no party's, so it stands outside the parties' walls, as its diary of such things does:
    every question about it names the authority, and its words are sealed under the authority's key.
    """

    __tablename__ = "disclosure_request"
    __table_args__ = (
        CheckConstraint("state IN ('mottagen', 'beslutad', 'besvarad', 'aterkallad')", name="known_state"),
        CheckConstraint("outcome IN ('', 'helt', 'delvis', 'avslag')", name="known_outcome"),
        CheckConstraint(
            "(decided_at IS NULL) = (outcome = '') AND (decided_at IS NULL) = (decided_by IS NULL)"
            " AND (decided_at IS NULL) = (decision_sealed IS NULL)",
            name="decided_by_somebody_in_words",
        ),
        CheckConstraint("state NOT IN ('beslutad', 'besvarad') OR decided_at IS NOT NULL", name="answered_as_decided"),
        CheckConstraint("(ended_at IS NULL) = (state IN ('mottagen', 'beslutad'))", name="ended_when_it_has"),
        CheckConstraint(
            "appealed_on IS NULL OR (state = 'besvarad' AND outcome IN ('delvis', 'avslag'))",
            name="appealed_when_refused",
        ),
        CheckConstraint(
            "settled_on IS NULL OR (appealed_on IS NOT NULL AND settled_on >= appealed_on)",
            name="settled_when_appealed",
        ),
    )

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"), index=True)
    came_at: Mapped[datetime]  # the clock runs from here: without delay (skyndsamt, TF 2:15–16)
    came_by: Mapped[str]  # a key of disclosure.requests.WAYS
    asked_sealed: Mapped[bytes]
    asker_sealed: Mapped[bytes]  # where the answer goes, as far as it was said; sealed and empty where it was not
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    noted_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="mottagen")  # disclosure.requests.State
    outcome: Mapped[str] = mapped_column(default="")  # disclosure.requests.Outcome
    decision_sealed: Mapped[bytes | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]  # answered, or taken back by whoever asked
    diary_number: Mapped[str] = mapped_column(default="", server_default="")  # the authority's own, as it was typed
    appealed_on: Mapped[date | None]  # when the appeal against a refusal came in (FL 43 §)
    settled_on: Mapped[date | None]  # when that was settled; appealed anew it waits again


class RequestRecord(Base):
    """The number that a request, or the decision on it, has in the authority's one series. As `DisclosureRequest`, it is
    the authority's own and every question about it names the authority."""

    __tablename__ = "request_record"
    __table_args__ = (
        UniqueConstraint("authority_id", "register_number", name="request_record_number_once"),
        UniqueConstraint("request_id", "kind"),
        CheckConstraint("register_number >= 1", name="numbered_from_one"),
        CheckConstraint("kind IN ('request', 'decision')", name="known_kind"),
    )

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    request_id: Mapped[UUID] = mapped_column(ForeignKey("disclosure_request.id"))
    register_number: Mapped[int]
    kind: Mapped[str]  # register.kinds.Kind
    entered_at: Mapped[datetime]  # when it arrived (TF 2:9), or was made (TF 2:10)


def _of_a_review() -> tuple[Any, ...]:
    """What holds of the review of any record."""
    return (
        CheckConstraint("with_authority", name="only_of_what_the_authority_employs_for"),
        CheckConstraint("handed_out IN ('', 'oppen', 'maskad', 'hemlig')", name="known_answer"),
        CheckConstraint(
            "(handed_out = '') = (reviewed_by IS NULL) AND (handed_out = '') = (reviewed_at IS NULL)",
            name="reviewed_by_somebody",
        ),
        CheckConstraint(
            "NOT protected OR handed_out <> 'oppen' OR leads_nowhere", name="protected_goes_out_whole_as_told"
        ),
        CheckConstraint(
            "NOT leads_nowhere OR (protected AND handed_out IN ('oppen', 'maskad'))", name="told_of_what_goes_out"
        ),
    )


class ReviewColumns:
    """What becomes of a record that a request covers: handed out whole, with marks, or not at all, and who has looked."""

    request_id: Mapped[UUID] = mapped_column(ForeignKey("disclosure_request.id"), index=True)
    handed_out: Mapped[str] = mapped_column(default="")  # disclosure.requests.Answer; empty: nobody has looked yet
    protected: Mapped[bool] = mapped_column(default=False, server_default=false())  # of a person OSL 21:3 protects
    # Whoever reviewed it has said that nothing in it leads to that person: no box is there for them.
    leads_nowhere: Mapped[bool] = mapped_column(default=False, server_default=false())
    marks_sealed: Mapped[bytes | None]  # disclosure.marks, under the key of what it is of
    looked_sealed: Mapped[bytes | None]  # disclosure.looking: what the machine suggests, and which pages are approved
    reviewed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    reviewed_at: Mapped[datetime | None]

    def fall(self) -> None:
        """It is not reviewed any more, and nothing has been said of it."""
        self.handed_out, self.reviewed_by, self.reviewed_at, self.leads_nowhere = "", None, None, False


class CoveredRecord(ReviewColumns, AuthorityRow, Base):
    """One record of an application that a request covers. Its marks are under the application's key."""

    __tablename__ = "covered_record"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "entry_id"], ["register_entry.party_id", "register_entry.id"]),
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            UniqueConstraint("party_id", "request_id", "entry_id"),
            CheckConstraint("NOT (of_sealed_paper AND leads_nowhere)", name="sealed_paper_is_covered"),
            *_of_a_review(),
        )

    entry_id: Mapped[UUID]
    application_id: Mapped[UUID]
    # The CV of one under a code name, or what its reader has covered of it.
    of_sealed_paper: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def of_id(self) -> UUID:
        """The line of the register."""
        return self.entry_id


class CoveredMinutes(ReviewColumns, AuthorityRow, Base):
    """The minutes of a case that a request covers. Their marks are under the authority's key, as they are themselves."""

    __tablename__ = "covered_minutes"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "case_record_id"], ["case_record.party_id", "case_record.id"]),
            UniqueConstraint("party_id", "request_id", "case_record_id"),
            *_of_a_review(),
        )

    case_record_id: Mapped[UUID]

    @property
    def of_id(self) -> UUID:
        """The record of the case."""
        return self.case_record_id


CoveredRow = CoveredRecord | CoveredMinutes
KINDS: Final[tuple[type[CoveredRecord] | type[CoveredMinutes], ...]] = (CoveredRecord, CoveredMinutes)
