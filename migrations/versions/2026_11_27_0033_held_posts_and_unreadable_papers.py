"""What an employment held in the ledger stays with the act that called it off, for whoever takes that back; and papers that
an assessor has said cannot be read.

Why: the claim goes when an employment is called off, and with it the mark of whom a stand-in stood in for. Taken back, the
stand-in counted in full beside the one they stand in for, and a party could be over its posts by nothing but a mistake put
right. What was called off before this has no marks, and counts as it did. An assessor whose file would not open could only
say that they cannot judge, which reads as a view of the candidate and reaches nobody who could mend it. New columns and a
new table, both empty, and a program from before this goes on working.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

MARKS = {
    "held_post": "ck_employment_act_what_is_called_off_lets_go_of_a_post"
    " CHECK (held_post IS NULL OR kind = 'never_began')",
    "held_in_place_of": "ck_employment_act_stands_in_with_a_post_of_its_own"
    " CHECK (held_in_place_of IS NULL OR held_post IS NOT NULL)",
}

TABLE = "unreadable_paper"
RULES = {
    "controller_is_party_or_authority": "controller_id IN (party_id, authority_id)",
    "authority_sees_only_its_own": "NOT with_authority OR controller_id = authority_id",
    "answered_by_somebody": "(answered_at IS NULL) = (answered_by IS NULL)",
    "answered_once_reported": "answered_at IS NULL OR answered_at >= reported_at",
}
POINTS_AT = {"panel_member_id": "panel_member", "application_id": "application"}
INDEXED = ("panel_member_id", "application_id", "party_id")


def upgrade() -> None:
    mark = sa.Uuid().compile(dialect=op.get_bind().dialect)
    for column, check in MARKS.items():
        op.execute(f"ALTER TABLE employment_act ADD COLUMN {column} {mark} CONSTRAINT {check}")
    op.create_table(
        TABLE,
        sa.Column("panel_member_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}")) for name, rule in RULES.items()),
        *(
            sa.ForeignKeyConstraint(
                ["party_id", column], [f"{table}.party_id", f"{table}.id"], name=op.f(f"fk_{TABLE}_party_id_{column}")
            )
            for column, table in POINTS_AT.items()
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f(f"fk_{TABLE}_answered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("party_id", "panel_member_id", "paper_id", name="unreadable_said_once"),
    )
    for column in INDEXED:
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements(TABLE, None):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)
    for column in reversed(MARKS):  # a constraint goes with the column that brought it
        op.execute(f"ALTER TABLE employment_act DROP COLUMN {column}")
