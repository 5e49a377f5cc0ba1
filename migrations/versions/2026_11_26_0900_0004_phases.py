"""The review of a recruitment stands in one phase, and what moved it there is kept.

Why: who sees what, and who may do what, followed from several facts apart; now from one phase. What is there already is
put where it is: decided, interviewing, being assessed, or not begun. A program from before this migration, still running,
makes rows in the first phase.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SCOPE = ("party_id", "authority_id", "controller_id")
PHASES = "phase IN ('jav', 'blind', 'oppen', 'intervjuer', 'beslut')"
BLIND = "blind OR phase <> 'blind'"
REACHED = (  # the last that holds
    ("oppen", "SELECT 1 FROM panel_member m JOIN conflict_answer c ON c.panel_member_id = m.id"
     " WHERE m.ad_id = review_case.ad_id"),
    ("intervjuer", "SELECT 1 FROM interview_call WHERE ad_id = review_case.ad_id"),
    ("beslut", "SELECT 1 FROM outcome WHERE ad_id = review_case.ad_id AND result = 'anstalls'"),
)  # fmt: skip

READ = ("review_case", "panel_member", "conflict_answer", "interview_call", "outcome")


def upgrade() -> None:
    _add_columns()
    _force_walls("NO FORCE")
    for phase, reached in REACHED:
        op.execute(f"UPDATE review_case SET phase = '{phase}' WHERE EXISTS ({reached})")
    _force_walls("FORCE")
    _phase_change()
    _phase_plan()
    if op.get_bind().dialect.name == "postgresql":
        for table in ("phase_change", "phase_plan"):
            for statement in statements(table, None):
                op.execute(statement)


def _force_walls(force: str) -> None:
    """Within this transaction the tables' owner reaches every party's rows; else it would find none, without a word."""
    if op.get_bind().dialect.name == "postgresql":
        for table in READ:
            op.execute(f"ALTER TABLE {table} {force} ROW LEVEL SECURITY")


def downgrade() -> None:
    op.drop_table("phase_plan")
    op.drop_table("phase_change")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_review_case_blind_phase_where_chosen"), "review_case", type_="check")
        op.drop_constraint(op.f("ck_review_case_known_phase"), "review_case", type_="check")
    op.drop_column("review_case", "phase")
    op.drop_column("review_case", "blind")


def _add_columns() -> None:
    """SQLite takes a column with its CHECK, and the table need not be made anew."""
    if op.get_bind().dialect.name == "postgresql":
        op.add_column("review_case", sa.Column("phase", sa.String(), nullable=False, server_default="jav"))
        op.add_column("review_case", sa.Column("blind", sa.Boolean(), nullable=False, server_default=sa.false()))
        op.create_check_constraint(op.f("ck_review_case_known_phase"), "review_case", PHASES)
        op.create_check_constraint(op.f("ck_review_case_blind_phase_where_chosen"), "review_case", BLIND)
        return
    op.execute("ALTER TABLE review_case ADD COLUMN blind BOOLEAN DEFAULT 0 NOT NULL")
    op.execute(
        "ALTER TABLE review_case ADD COLUMN phase VARCHAR DEFAULT 'jav' NOT NULL"
        f" CONSTRAINT ck_review_case_known_phase CHECK ({PHASES})"
        f" CONSTRAINT ck_review_case_blind_phase_where_chosen CHECK ({BLIND})"
    )


def _phase_change() -> None:
    op.create_table(
        "phase_change",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("former", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        *_scope(),
        sa.CheckConstraint("phase <> former", name=op.f("ck_phase_change_moved")),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_phase_change_changed_by")),
        *_keys("phase_change"),
    )
    _indexes("phase_change")


def _phase_plan() -> None:
    op.create_table(
        "phase_plan",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        *_scope(),
        sa.CheckConstraint("phase IN ('intervjuer', 'beslut')", name=op.f("ck_phase_plan_phase_that_is_planned")),
        *_keys("phase_plan"),
    )
    _indexes("phase_plan")


def _scope() -> list[sa.Column]:
    return [
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in SCOPE),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
    ]


def _keys(table: str) -> list[sa.Constraint]:
    return [
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f(f"ck_{table}_controller_is_party_or_authority")
        ),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id", name=op.f(f"ck_{table}_authority_sees_only_its_own")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "ad_id"], ["ad.party_id", "ad.id"], name=op.f(f"fk_{table}_party_id_ad_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("party_id", "ad_id", "phase", name=op.f(f"uq_{table}_party_id_ad_id_phase")),
    ]


def _indexes(table: str) -> None:
    for column in ("ad_id", "party_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
