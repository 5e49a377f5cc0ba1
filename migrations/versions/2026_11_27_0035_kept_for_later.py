"""A candidate's consent to be kept and asked about later posts of the same party: for how long, and from when it is all that
their application is kept by.

Why: whoever was not employed may want to be thought of for the next post, and only their own yes lets a party keep what
they sent for that. Nobody has said it before this, so the table is empty; a program from before this goes on working, and
erases on the ordinary day.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

TABLE = "later_consent"
SCOPE = ("party_id", "authority_id", "controller_id", "application_id")
CHECKS = {
    "controller_is_party_or_authority": "controller_id IN (party_id, authority_id)",
    "authority_sees_only_its_own": "NOT with_authority OR controller_id = authority_id",
    "only_a_party_keeps_for_later": "controller_id = party_id",
    "of_a_version": "version <> ''",
}


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("alone_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in SCOPE),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}")) for name, rule in CHECKS.items()),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f(f"fk_{TABLE}_party_id_application_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("party_id", "application_id", name=op.f(f"uq_{TABLE}_party_id_application_id")),
    )
    for column in ("party_id", "application_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements(TABLE, "application_id"):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)
