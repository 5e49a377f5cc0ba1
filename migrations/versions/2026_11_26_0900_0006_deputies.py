"""Deputies, who decides, who leads, and when an assessor was shown the way and last nudged.

Why: an assessor with jäv is replaced by a named deputy, for that application alone. One of a panel leads, never two: those
that a mistake has given a second one keep the first. SQLite can add a column with its own check and reference, but no
constraint to a table that is there, so both are written with their columns.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ONE_LEADS = "one_leads"
LEADING = sa.text("leads AND removed_at IS NULL")
LEFT = "UPDATE panel_member SET leads = false WHERE leads AND removed_at IS NOT NULL"
SECOND = (
    "UPDATE panel_member SET leads = false WHERE leads AND EXISTS (SELECT 1 FROM panel_member AS other "
    "WHERE other.ad_id = panel_member.ad_id AND other.leads AND (other.position < panel_member.position "
    "OR (other.position = panel_member.position AND other.id < panel_member.id)))"
)
ADDED = (
    "ALTER TABLE panel_member ADD COLUMN deputy BOOLEAN DEFAULT false NOT NULL "
    "CONSTRAINT ck_panel_member_deputy_does_not_lead CHECK (NOT (deputy AND leads))",
    "ALTER TABLE review_case ADD COLUMN decider_id {uuid} "
    "CONSTRAINT fk_review_case_decider_id REFERENCES person (id)",
)


def upgrade() -> None:
    uuid = "UUID" if op.get_bind().dialect.name == "postgresql" else "CHAR(32)"
    for statement in ADDED:
        op.execute(statement.format(uuid=uuid))
    for name in ("introduced_at", "nudged_at"):
        op.add_column("panel_member", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    _let_one_lead()
    op.create_index(
        ONE_LEADS, "panel_member", ["party_id", "ad_id"], unique=True, sqlite_where=LEADING, postgresql_where=LEADING
    )
    _create_calls()


def _let_one_lead() -> None:
    """Within this transaction the tables' owner sees every party's rows, which its wall otherwise hides from it."""
    has_walls = op.get_bind().dialect.name == "postgresql"
    if has_walls:
        op.execute("ALTER TABLE panel_member NO FORCE ROW LEVEL SECURITY")
    op.execute(LEFT)
    op.execute(SECOND)
    if has_walls:
        op.execute("ALTER TABLE panel_member FORCE ROW LEVEL SECURITY")


def _create_calls() -> None:
    op.create_table(
        "deputy_call",
        sa.Column("panel_member_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_deputy_call_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_deputy_call_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_deputy_call_party_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "panel_member_id"],
            ["panel_member.party_id", "panel_member.id"],
            name=op.f("fk_deputy_call_party_id_panel_member_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputy_call")),
        sa.UniqueConstraint(
            "party_id",
            "panel_member_id",
            "application_id",
            name=op.f("uq_deputy_call_party_id_panel_member_id_application_id"),
        ),
    )
    op.create_index(op.f("ix_deputy_call_panel_member_id"), "deputy_call", ["panel_member_id"], unique=False)
    op.create_index(op.f("ix_deputy_call_party_id"), "deputy_call", ["party_id"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements("deputy_call", None):
            op.execute(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_deputy_call_party_id"), table_name="deputy_call")
    op.drop_index(op.f("ix_deputy_call_panel_member_id"), table_name="deputy_call")
    op.drop_table("deputy_call")
    op.drop_index(ONE_LEADS, table_name="panel_member", sqlite_where=LEADING, postgresql_where=LEADING)
    for column in ("deputy", "introduced_at", "nudged_at"):
        op.execute(f"ALTER TABLE panel_member DROP COLUMN {column}")
    op.execute("ALTER TABLE review_case DROP COLUMN decider_id")
