"""What candidates ask for about their own data, with a month's clock (GDPR art. 12.3) and the answers; and applications that
are kept sealed though they were taken back (art. 18).

Why: a party's candidate who withdrew was erased whatever might be claimed afterwards, and a request had nowhere to be kept or
answered in time. One new table, empty, and two columns that are empty for all there is; a program from before this goes on
working.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0024"
down_revision = "0021"
branch_labels = None
depends_on = None

TABLE = "candidate_request"
SCOPE = ("party_id", "authority_id", "controller_id", "application_id")
CHECKS = {
    "controller_is_party_or_authority": "controller_id IN (party_id, authority_id)",
    "authority_sees_only_its_own": "NOT with_authority OR controller_id = authority_id",
    "known_kind": "kind IN ('contact', 'correction', 'erasure', 'restriction', 'objection', 'copy', 'merits')",
    "known_result": "result IN ('', 'done', 'partly', 'refused')",
    "answered_with_a_result": "(answered_at IS NULL) = (result = '')",
    "answered_by_somebody_at_some_time": "answered_by IS NULL OR answered_at IS NOT NULL",
    "extended_to_a_day": "(extended_at IS NULL) = (extended_to IS NULL)",
    "extended_is_later": "extended_to IS NULL OR extended_to > due_on",
}
UNIQUE = {
    "one_open_request_of_a_kind": (["party_id", "application_id", "kind"], "answered_at IS NULL"),
    "merits_asked_for_once": (["party_id", "application_id"], "kind = 'merits'"),
}
RESTRICTED = (
    "CONSTRAINT ck_application_restricted_until_a_day CHECK ((restricted_at IS NULL) = (restricted_until IS NULL)) "
    "CONSTRAINT ck_application_only_a_partys_taken_back_is_restricted "
    "CHECK (restricted_at IS NULL OR (state = 'withdrawn' AND controller_id = party_id))"
)


def upgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    instant = "TIMESTAMP WITH TIME ZONE" if on_postgresql else "DATETIME"
    op.execute(f"ALTER TABLE application ADD COLUMN restricted_at {instant}")
    op.execute(f"ALTER TABLE application ADD COLUMN restricted_until DATE {RESTRICTED}")
    _create()
    for column in ("application_id", "party_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    for name, (columns, where) in UNIQUE.items():
        condition = sa.text(where)
        op.create_index(name, TABLE, columns, unique=True, sqlite_where=condition, postgresql_where=condition)
    if on_postgresql:
        for statement in statements(TABLE, "application_id"):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)
    op.execute("ALTER TABLE application DROP COLUMN restricted_until")  # and with it the constraints, which name both
    op.execute("ALTER TABLE application DROP COLUMN restricted_at")


def _create() -> None:
    op.create_table(
        TABLE,
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("extended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("extended_to", sa.Date(), nullable=True),
        sa.Column("extension_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in SCOPE),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}")) for name, rule in CHECKS.items()),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f(f"fk_{TABLE}_party_id_application_id"),
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f(f"fk_{TABLE}_answered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
