"""The written contract of an employment, the signatures on it, and the papers that an employer keeps of its own.

Why: an employment was recorded, but its contract was written somewhere else, and nobody could see who had signed it. All are new
tables: what is stored does not change, and a program from before them goes on working. It does not know the papers, though, and
would sweep them as files without a row: `portal sweep` and the worker are those of this program from here on.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SCOPE = ("party_id", "authority_id", "controller_id")
INDEXES = {
    "filed_document": ("party_id",),
    "contract": ("employment_id", "party_id"),
    "contract_signature": ("contract_id", "party_id"),
}
OFFERED_WHOLE = (
    "offered_at IS NULL OR (work_leader_sealed IS NOT NULL AND work_environment_sealed IS NOT NULL "
    "AND decided_by_sealed IS NOT NULL AND signatories_sealed IS NOT NULL AND document_id IS NOT NULL)"
)
OF_CONTRACT = {
    "known_employer": "employer IN ('authority', 'party')",
    "employer_is_controller": "(employer = 'authority') = (controller_id = authority_id)",
    "numbered_from_one": "number >= 1",
    "notice_in_months": "notice_months BETWEEN 1 AND 24",
    "kl_4_33_offered_with_notice": "employer <> 'authority' OR offered_at IS NULL OR notice_months IS NOT NULL",
    "offered_with_all_three_responsible": OFFERED_WHOLE,
    "paper_is_what_was_offered": "(document_id IS NULL) = (offered_at IS NULL)",
    "rules_by_version": "(profile_key = '') = (profile_version IS NULL) AND (profile_key = '') = (profile_print = '')",
    "offered_by_somebody": "(offered_at IS NULL) = (offered_by IS NULL)",
    "accepted_after_offer": (
        "(accepted_at IS NULL) = (accepted_by IS NULL) AND (accepted_at IS NULL OR accepted_at >= offered_at)"
    ),
    "only_what_is_offered_is_accepted": "accepted_at IS NULL OR offered_at IS NOT NULL",
    "signed_after_accepted": "signed_at IS NULL OR accepted_at IS NOT NULL",
    "taken_back_by_somebody": "(taken_back_at IS NULL) = (taken_back_by IS NULL)",
    "never_taken_back_once_signed": "taken_back_at IS NULL OR (offered_at IS NOT NULL AND signed_at IS NULL)",
}
OF_SIGNATURE = {
    "numbered_from_one": "position >= 1",
    "follows_the_one_before": (
        "(position = 1 AND follows IS NULL) OR (follows IS NOT NULL AND follows = position - 1)"
    ),
}


def upgrade() -> None:
    _filed_document()
    _contract()
    _signature()
    for table, columns in INDEXES.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    if op.get_bind().dialect.name == "postgresql":
        for table in INDEXES:
            for statement in statements(table, None):
                op.execute(statement)


def downgrade() -> None:
    for table in ("contract_signature", "contract", "filed_document"):
        op.drop_table(table)


def _filed_document() -> None:
    op.create_table(
        "filed_document",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("checksum_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("blob", sa.String(), nullable=False),
        sa.Column("cipher_sha256", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *_checks("filed_document", {"holds_something": "size > 0"}),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_filed_document_party_id")),
        *_scope("filed_document"),
        sa.UniqueConstraint("party_id", "id", name=op.f("uq_filed_document_party_id_id")),
    )


def _contract() -> None:
    op.create_table(
        "contract",
        sa.Column("employment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("employer", sa.String(), nullable=False),
        sa.Column("employer_name", sa.String(), nullable=False),
        sa.Column("profile_key", sa.String(), nullable=False),
        sa.Column("profile_version", sa.Integer(), nullable=True),
        sa.Column("profile_print", sa.String(), nullable=False),
        sa.Column("filled_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("notice_months", sa.Integer(), nullable=True),
        sa.Column("work_leader_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("work_environment_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decided_by_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("signatories_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_by", sa.Uuid(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by", sa.Uuid(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        *_checks("contract", OF_CONTRACT),
        _within_party("contract", "employment_id", "employment"),
        _within_party("contract", "document_id", "filed_document"),
        *_by_persons("contract", "changed_by", "offered_by", "accepted_by", "taken_back_by"),
        *_scope("contract"),
        sa.UniqueConstraint("party_id", "id", name=op.f("uq_contract_party_id_id")),
        sa.UniqueConstraint(
            "party_id", "employment_id", "number", name=op.f("uq_contract_party_id_employment_id_number")
        ),
    )


def _signature() -> None:
    op.create_table(
        "contract_signature",
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("follows", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        *_checks("contract_signature", OF_SIGNATURE),
        _within_party("contract_signature", "contract_id", "contract"),
        _within_party("contract_signature", "document_id", "filed_document"),
        sa.ForeignKeyConstraint(
            ["party_id", "contract_id", "follows"],
            ["contract_signature.party_id", "contract_signature.contract_id", "contract_signature.position"],
            name=op.f("fk_contract_signature_in_order"),
            deferrable=True,
            initially="DEFERRED",
        ),
        *_by_persons("contract_signature", "recorded_by"),
        *_scope("contract_signature"),
        sa.UniqueConstraint("party_id", "contract_id", "position", name=op.f("uq_contract_signature_once_each")),
    )


def _checks(table: str, rules: dict[str, str]) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in rules.items()]


def _within_party(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["party_id", column], [f"{to}.party_id", f"{to}.id"], name=op.f(f"fk_{table}_party_id_{column}")
    )


def _by_persons(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], ["person.id"], name=op.f(f"fk_{table}_{column}")) for column in columns
    ]


def _scope(table: str) -> list[Any]:
    return [
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in SCOPE),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f(f"ck_{table}_controller_is_party_or_authority")
        ),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id", name=op.f(f"ck_{table}_authority_sees_only_its_own")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]
