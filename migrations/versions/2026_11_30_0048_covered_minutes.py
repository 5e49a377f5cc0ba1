"""The minutes of a case among what a request for records covers.

Why: a request for them could be refused or granted as a whole, and nothing else: what of them is secret could not be covered
(OSL 1:1, TF 2:15-16), and what was handed out listed them nowhere. They get a review of their own, in a table beside that of
the records of applications, whose keys they do not lie under. What is stored does not change, and a program from before this
goes on working.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements_of_authority

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

TABLE = "covered_minutes"
OF_RECORD = "uq_case_record_party_id_id"
CHECKS = {
    "controller_is_party_or_authority": "controller_id IN (party_id, authority_id)",
    "authority_sees_only_its_own": "NOT with_authority OR controller_id = authority_id",
    "only_of_what_the_authority_employs_for": "with_authority",
    "known_answer": "handed_out IN ('', 'oppen', 'maskad', 'hemlig')",
    "reviewed_by_somebody": "(handed_out = '') = (reviewed_by IS NULL) AND (handed_out = '') = (reviewed_at IS NULL)",
    "protected_is_never_handed_out_whole": "NOT protected OR handed_out <> 'oppen'",
}


def upgrade() -> None:
    op.create_index(OF_RECORD, "case_record", ["party_id", "id"], unique=True)
    op.create_table(
        TABLE,
        sa.Column("case_record_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("handed_out", sa.String(), nullable=False),
        sa.Column("protected", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("marks_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("looked_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("party_id", "authority_id", "controller_id")),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}")) for name, rule in CHECKS.items()),
        sa.ForeignKeyConstraint(
            ["party_id", "case_record_id"], ["case_record.party_id", "case_record.id"],
            name=op.f(f"fk_{TABLE}_party_id_case_record_id"),
        ),
        sa.ForeignKeyConstraint(["request_id"], ["disclosure_request.id"], name=op.f(f"fk_{TABLE}_request_id")),
        sa.ForeignKeyConstraint(["reviewed_by"], ["person.id"], name=op.f(f"fk_{TABLE}_reviewed_by")),
        sa.UniqueConstraint(
            "party_id", "request_id", "case_record_id", name=op.f(f"uq_{TABLE}_party_id_request_id_case_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )  # fmt: skip
    for column in ("party_id", "request_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements_of_authority(TABLE):
            op.execute(statement)


def downgrade() -> None:
    """The program from before hands minutes out as they are, or not at all: it asks for them anew."""
    op.drop_table(TABLE)
    op.drop_index(OF_RECORD, table_name="case_record")
