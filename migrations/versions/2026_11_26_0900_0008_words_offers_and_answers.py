"""What candidates will read of the outcome, and the offer that comes before it.

Why: an outcome is parked until its words are proof-read; one who is offered the post can decline before the others are
told. Present outcomes keep what they have: told or parked, never offered. A program from before this migration, still
running, writes rows without the new columns, which all may be empty.

SQLite takes a column with its check by ADD COLUMN and leaves the rest of the table alone; a batch would lose the checks.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# column: type on SQLite, type on PostgreSQL, name and text of its check
COLUMNS = {
    "offered_at": (
        "DATETIME", "TIMESTAMP WITH TIME ZONE", "only_a_hired_one_is_offered",
        "offered_at IS NULL OR (result = 'anstalls' AND released_at IS NOT NULL)",
    ),
    "accepted_at": (
        "DATETIME", "TIMESTAMP WITH TIME ZONE", "accepted_after_an_offer",
        "accepted_at IS NULL OR offered_at IS NOT NULL",
    ),
    "declined_at": (
        "DATETIME", "TIMESTAMP WITH TIME ZONE", "no_employment_of_one_who_declined",
        "declined_at IS NULL OR (result = 'anstalls' AND released_at IS NOT NULL AND settled_at IS NULL)",
    ),
    "answer_sealed": (
        "BLOB", "BYTEA", "a_reason_belongs_to_a_no", "answer_sealed IS NULL OR declined_at IS NOT NULL",
    ),
}
WORDS = {"proofread_word": None, "decision_word": "application_id"}


def upgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for column, (on_sqlite, elsewhere, name, check) in COLUMNS.items():
        kind = elsewhere if on_postgresql else on_sqlite
        op.execute(f"ALTER TABLE outcome ADD COLUMN {column} {kind} CONSTRAINT ck_outcome_{name} CHECK ({check})")
    _proofread_word()
    _decision_word()
    if on_postgresql:
        for table, own in WORDS.items():
            for statement in statements(table, own):
                op.execute(statement)


def downgrade() -> None:
    for table in WORDS:
        op.drop_table(table)
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for column, (_, _, name, _) in reversed(COLUMNS.items()):
        if on_postgresql:
            op.execute(f"ALTER TABLE outcome DROP CONSTRAINT ck_outcome_{name}")
        op.execute(f"ALTER TABLE outcome DROP COLUMN {column}")


def _scope(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id", name=op.f(f"ck_{table}_authority_sees_only_its_own")
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f(f"ck_{table}_controller_is_party_or_authority")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("party_id", "application_id", name=op.f(f"uq_{table}_party_id_application_id")),
    ]


def _proofread_word() -> None:
    op.create_table(
        "proofread_word",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("read_by", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        *_scope("proofread_word"),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["outcome.party_id", "outcome.application_id"],
            name=op.f("fk_proofread_word_party_id_application_id"),
        ),
        sa.ForeignKeyConstraint(["read_by"], ["person.id"], name=op.f("fk_proofread_word_read_by")),
    )
    op.create_index(op.f("ix_proofread_word_ad_id"), "proofread_word", ["ad_id"], unique=False)
    op.create_index(op.f("ix_proofread_word_party_id"), "proofread_word", ["party_id"], unique=False)


def _decision_word() -> None:
    op.create_table(
        "decision_word",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        *_scope("decision_word"),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_decision_word_party_id_application_id"),
        ),
    )
    op.create_index(op.f("ix_decision_word_application_id"), "decision_word", ["application_id"], unique=False)
    op.create_index(op.f("ix_decision_word_party_id"), "decision_word", ["party_id"], unique=False)
