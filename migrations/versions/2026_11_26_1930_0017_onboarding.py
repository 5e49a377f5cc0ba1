"""The first days of an employment as a checklist: its steps, who takes them, by when, and what became of each.

Why: an authority's rules say what is to be done from the decision to the pass card, and nobody could see what of it was
done. Two new tables, empty; a program from before this goes on working.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SCOPE = ("party_id", "authority_id", "controller_id")
INDEXES = {"onboarding": ("employment_id", "party_id"), "onboarding_step": ("onboarding_id", "party_id")}
OF_BOTH = {
    "controller_is_party_or_authority": "controller_id IN (party_id, authority_id)",
    "authority_sees_only_its_own": "NOT with_authority OR controller_id = authority_id",
}
OF_LIST = {
    "rules_by_version": "(profile_key = '') = (profile_version IS NULL) AND (profile_key = '') = (profile_print = '')",
    "source_of_rules": "source = '' OR profile_key <> ''",
}
OF_STEP = {
    "numbered_from_one": "position >= 1",
    "within_a_year_of_the_start": "days BETWEEN -365 AND 365",
    "no_rule_of_an_own_step": "rule_days IS NULL OR NOT own",
    "done_by_somebody": "(done_on IS NULL) = (done_by IS NULL) AND (done_on IS NULL) = (done_at IS NULL)",
    "left_out_for_a_reason": "(skipped_by IS NULL) = (reason_sealed IS NULL) AND (skipped_by IS NULL) = (skipped_at IS NULL)",
    "done_or_left_out": "done_on IS NULL OR skipped_by IS NULL",
}


def upgrade() -> None:
    _list()
    _step()
    for table, columns in INDEXES.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    if op.get_bind().dialect.name == "postgresql":
        for table in INDEXES:
            for statement in statements(table, None):
                op.execute(statement)


def downgrade() -> None:
    for table in ("onboarding_step", "onboarding"):
        op.drop_table(table)


def _list() -> None:
    table = "onboarding"
    op.create_table(
        table,
        sa.Column("employment_id", sa.Uuid(), nullable=False),
        sa.Column("profile_key", sa.String(), nullable=False),
        sa.Column("profile_version", sa.Integer(), nullable=True),
        sa.Column("profile_print", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("look_on", sa.Date(), nullable=True),
        *_scope(table),
        *_checks(table, OF_LIST),
        *_within_party(table, "employment_id", "employment"),
        *_by_persons(table, "begun_by"),
        sa.UniqueConstraint("party_id", "id", name=op.f(f"uq_{table}_party_id_id")),
        sa.UniqueConstraint("party_id", "employment_id", name=op.f(f"uq_{table}_party_id_employment_id")),
    )


def _step() -> None:
    table = "onboarding_step"
    op.create_table(
        table,
        sa.Column("onboarding_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("what_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("who_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("rule_days", sa.Integer(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("skipped_by", sa.Uuid(), nullable=True),
        sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=True),
        *_scope(table),
        *_checks(table, OF_STEP),
        *_within_party(table, "onboarding_id", "onboarding"),
        *_by_persons(table, "done_by", "skipped_by"),
        sa.UniqueConstraint("party_id", "onboarding_id", "position", name=op.f(f"uq_{table}_in_order")),
    )


def _scope(table: str) -> list[sa.Column | sa.PrimaryKeyConstraint]:
    return [
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in SCOPE),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _checks(table: str, rules: dict[str, str]) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}")) for name, text in {**OF_BOTH, **rules}.items()]


def _within_party(table: str, column: str, to: str) -> list[sa.ForeignKeyConstraint]:
    name = op.f(f"fk_{table}_party_id_{column}")
    return [sa.ForeignKeyConstraint(["party_id", column], [f"{to}.party_id", f"{to}.id"], name=name)]


def _by_persons(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], ["person.id"], name=op.f(f"fk_{table}_{column}")) for column in columns
    ]
