"""Whoever decides answers about jäv, whether they assess or not; and the decision file is kept as it was.

Why: a decider who is not of the panel reached nothing, and the office recorded outcomes without being asked. A file that is
made anew each time shows what became of the recruitment, not what the decision rested on.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deciding_answer",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("has_conflict", sa.Boolean(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_deciding_answer_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_deciding_answer_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_deciding_answer_party_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "ad_id"], ["ad.party_id", "ad.id"], name=op.f("fk_deciding_answer_party_id_ad_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_deciding_answer_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deciding_answer")),
        sa.UniqueConstraint(
            "party_id",
            "person_id",
            "application_id",
            name=op.f("uq_deciding_answer_party_id_person_id_application_id"),
        ),
    )
    op.create_index(op.f("ix_deciding_answer_ad_id"), "deciding_answer", ["ad_id"], unique=False)
    op.create_index(op.f("ix_deciding_answer_party_id"), "deciding_answer", ["party_id"], unique=False)
    _create_kept()
    if op.get_bind().dialect.name == "postgresql":
        for table in ("deciding_answer", "kept_decision_file"):
            for statement in statements(table, None):
                op.execute(statement)


def _create_kept() -> None:
    op.create_table(
        "kept_decision_file",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "changed_at IS NULL OR changed_at >= kept_at", name=op.f("ck_kept_decision_file_changed_after_it_was_kept")
        ),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_kept_decision_file_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_kept_decision_file_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "document_id"],
            ["filed_document.party_id", "filed_document.id"],
            name=op.f("fk_kept_decision_file_party_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "ad_id"], ["ad.party_id", "ad.id"], name=op.f("fk_kept_decision_file_party_id_ad_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_decision_file")),
        sa.UniqueConstraint("party_id", "ad_id", name=op.f("uq_kept_decision_file_party_id_ad_id")),
    )
    op.create_index(op.f("ix_kept_decision_file_party_id"), "kept_decision_file", ["party_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_kept_decision_file_party_id"), table_name="kept_decision_file")
    op.drop_table("kept_decision_file")
    op.drop_index(op.f("ix_deciding_answer_party_id"), table_name="deciding_answer")
    op.drop_index(op.f("ix_deciding_answer_ad_id"), table_name="deciding_answer")
    op.drop_table("deciding_answer")
