"""Signatures on contracts that were filed wrong, and taken back.

Why: the last signature of a contract could not be put right, whatever day, name or copy it had been filed with. It goes to a
table of its own, as it was filed and with what was wrong, and its place on the contract waits for a signature anew. What is
stored does not change, and a program from before this goes on working: it does not see what was taken back.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

TABLE = "signature_taken_back"
CHECKS = {
    "controller_is_party_or_authority": "controller_id IN (party_id, authority_id)",
    "authority_sees_only_its_own": "NOT with_authority OR controller_id = authority_id",
    "numbered_from_one": "position >= 1",
    "taken_back_after_it_was_filed": "taken_back_at >= recorded_at",
}


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("taken_back_by", sa.Uuid(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("party_id", "authority_id", "controller_id")),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}")) for name, rule in CHECKS.items()),
        *(
            sa.ForeignKeyConstraint(
                ["party_id", f"{to}_id"], [f"{table}.party_id", f"{table}.id"], name=op.f(f"fk_{TABLE}_party_id_{to}_id")
            )
            for to, table in (("contract", "contract"), ("document", "filed_document"))
        ),
        *(
            sa.ForeignKeyConstraint([column], ["person.id"], name=op.f(f"fk_{TABLE}_{column}"))
            for column in ("recorded_by", "taken_back_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for column in ("party_id", "contract_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements(TABLE, None):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)
