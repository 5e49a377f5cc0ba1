"""The letterbox: what a candidate and the office write to each other on the private link.

Why: a candidate could ask nothing and change nothing after the last day but by telephone, and the office never knew whether
its words had arrived. One new table, empty; a program from before this goes on working.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0022"
down_revision = "0026"
branch_labels = None
depends_on = None

SCOPE = ("party_id", "authority_id", "controller_id")
RULES = {
    "controller_is_party_or_authority": "controller_id IN (party_id, authority_id)",
    "authority_sees_only_its_own": "NOT with_authority OR controller_id = authority_id",
    "known_sender": "sender IN ('candidate', 'office')",
    "somebody_writes_for_the_office": "(sender = 'office') = (written_by IS NOT NULL)",
    "settled_by_somebody": "(settled_at IS NULL) = (settled_by IS NULL)",
    "only_the_candidates_is_settled": "settled_at IS NULL OR sender = 'candidate'",
    "opened_once_written": "opened_at IS NULL OR opened_at >= written_at",
}


def upgrade() -> None:
    op.create_table(
        "message",
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("arrival_number", sa.Integer(), nullable=True),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in SCOPE),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        *(sa.CheckConstraint(text, name=op.f(f"ck_message_{name}")) for name, text in RULES.items()),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_message_party_id_application_id"),
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_message_written_by")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_message_settled_by")),
        sa.UniqueConstraint("authority_id", "arrival_number", name="message_number_once"),
    )
    for column in ("application_id", "party_id"):
        op.create_index(op.f(f"ix_message_{column}"), "message", [column])
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements("message", "application_id"):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("message")
