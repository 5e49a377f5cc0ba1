"""Interviews: times and bookings, guide and cards, references; and what a candidate is asked to do.

Why: the shortlist meets those who decide. All are new tables, so that a program from before them goes on working; each is shut by row level
security on PostgreSQL. One booking for a time and one for a candidate are the database's own rules.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# table: the column by which a row's own candidate is known, None where only staff can reach it
SCOPED = {
    "candidate_reference": "application_id",
    "candidate_task": "application_id",
    "interview_booking": "application_id",
    "interview_card": None,
    "interview_mark": None,
    "interview_question": None,
    "interview_slot": None,
    "interview_slot_member": None,
    "interview_wish": "application_id",
    "reference_word": None,
}


def upgrade() -> None:
    op.create_table(
        "interview_slot",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_interview_slot_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_interview_slot_controller_is_party_or_authority")
        ),
        sa.CheckConstraint("minutes BETWEEN 15 AND 180", name=op.f("ck_interview_slot_minutes_of_a_meeting")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_interview_slot_made_by")),
        sa.ForeignKeyConstraint(
            ["party_id", "ad_id"], ["ad.party_id", "ad.id"], name=op.f("fk_interview_slot_party_id_ad_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_slot")),
        sa.UniqueConstraint("party_id", "id", name=op.f("uq_interview_slot_party_id_id")),
    )
    op.create_index(op.f("ix_interview_slot_ad_id"), "interview_slot", ["ad_id"], unique=False)
    op.create_index(op.f("ix_interview_slot_party_id"), "interview_slot", ["party_id"], unique=False)
    op.create_table(
        "candidate_reference",
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("relation_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_candidate_reference_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)",
            name=op.f("ck_candidate_reference_controller_is_party_or_authority"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_candidate_reference_party_id_application_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_reference")),
        sa.UniqueConstraint("party_id", "id", name=op.f("uq_candidate_reference_party_id_id")),
    )
    op.create_index(
        op.f("ix_candidate_reference_application_id"), "candidate_reference", ["application_id"], unique=False
    )
    op.create_index(op.f("ix_candidate_reference_party_id"), "candidate_reference", ["party_id"], unique=False)
    op.create_table(
        "candidate_task",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("endpoint", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_candidate_task_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_candidate_task_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_candidate_task_party_id_application_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_task")),
        sa.UniqueConstraint(
            "party_id", "application_id", "kind", name=op.f("uq_candidate_task_party_id_application_id_kind")
        ),
    )
    op.create_index(op.f("ix_candidate_task_application_id"), "candidate_task", ["application_id"], unique=False)
    op.create_index(op.f("ix_candidate_task_party_id"), "candidate_task", ["party_id"], unique=False)
    op.create_table(
        "interview_booking",
        sa.Column("slot_id", sa.Uuid(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_interview_booking_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)",
            name=op.f("ck_interview_booking_controller_is_party_or_authority"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_interview_booking_party_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "slot_id"],
            ["interview_slot.party_id", "interview_slot.id"],
            name=op.f("fk_interview_booking_party_id_slot_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_booking")),
        sa.UniqueConstraint("party_id", "application_id", name=op.f("uq_interview_booking_party_id_application_id")),
        sa.UniqueConstraint("party_id", "slot_id", name=op.f("uq_interview_booking_party_id_slot_id")),
    )
    op.create_index(op.f("ix_interview_booking_application_id"), "interview_booking", ["application_id"], unique=False)
    op.create_index(op.f("ix_interview_booking_party_id"), "interview_booking", ["party_id"], unique=False)
    op.create_table(
        "interview_card",
        sa.Column("panel_member_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_interview_card_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_interview_card_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_interview_card_party_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "panel_member_id"],
            ["panel_member.party_id", "panel_member.id"],
            name=op.f("fk_interview_card_party_id_panel_member_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_card")),
        sa.UniqueConstraint("party_id", "id", name=op.f("uq_interview_card_party_id_id")),
        sa.UniqueConstraint(
            "party_id",
            "panel_member_id",
            "application_id",
            name=op.f("uq_interview_card_party_id_panel_member_id_application_id"),
        ),
    )
    op.create_index(op.f("ix_interview_card_application_id"), "interview_card", ["application_id"], unique=False)
    op.create_index(op.f("ix_interview_card_party_id"), "interview_card", ["party_id"], unique=False)
    op.create_table(
        "interview_question",
        sa.Column("criterion_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_interview_question_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)",
            name=op.f("ck_interview_question_controller_is_party_or_authority"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "criterion_id"],
            ["ad_criterion.party_id", "ad_criterion.id"],
            name=op.f("fk_interview_question_party_id_criterion_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_question")),
        sa.UniqueConstraint("party_id", "criterion_id", name=op.f("uq_interview_question_party_id_criterion_id")),
    )
    op.create_index(op.f("ix_interview_question_party_id"), "interview_question", ["party_id"], unique=False)
    op.create_table(
        "interview_slot_member",
        sa.Column("slot_id", sa.Uuid(), nullable=False),
        sa.Column("panel_member_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_interview_slot_member_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)",
            name=op.f("ck_interview_slot_member_controller_is_party_or_authority"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "panel_member_id"],
            ["panel_member.party_id", "panel_member.id"],
            name=op.f("fk_interview_slot_member_party_id_panel_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "slot_id"],
            ["interview_slot.party_id", "interview_slot.id"],
            name=op.f("fk_interview_slot_member_party_id_slot_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_slot_member")),
        sa.UniqueConstraint(
            "party_id",
            "slot_id",
            "panel_member_id",
            name=op.f("uq_interview_slot_member_party_id_slot_id_panel_member_id"),
        ),
    )
    op.create_index(
        op.f("ix_interview_slot_member_panel_member_id"), "interview_slot_member", ["panel_member_id"], unique=False
    )
    op.create_index(op.f("ix_interview_slot_member_party_id"), "interview_slot_member", ["party_id"], unique=False)
    op.create_table(
        "interview_wish",
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_interview_wish_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_interview_wish_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_interview_wish_party_id_application_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_wish")),
        sa.UniqueConstraint("party_id", "application_id", name=op.f("uq_interview_wish_party_id_application_id")),
    )
    op.create_index(op.f("ix_interview_wish_application_id"), "interview_wish", ["application_id"], unique=False)
    op.create_index(op.f("ix_interview_wish_party_id"), "interview_wish", ["party_id"], unique=False)
    op.create_table(
        "interview_mark",
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=False),
        sa.Column("judged", sa.Boolean(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("present", sa.String(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "present IS NULL OR present IN ('ja', 'nej', 'framgar_inte')", name=op.f("ck_interview_mark_known_presence")
        ),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_interview_mark_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_interview_mark_controller_is_party_or_authority")
        ),
        sa.CheckConstraint(
            "judged OR (step IS NULL AND present IS NULL)", name=op.f("ck_interview_mark_a_value_is_a_judgement")
        ),
        sa.CheckConstraint("step IS NULL OR step BETWEEN 0 AND 3", name=op.f("ck_interview_mark_step_on_the_scale")),
        sa.ForeignKeyConstraint(
            ["party_id", "card_id"],
            ["interview_card.party_id", "interview_card.id"],
            name=op.f("fk_interview_mark_party_id_card_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "criterion_id"],
            ["ad_criterion.party_id", "ad_criterion.id"],
            name=op.f("fk_interview_mark_party_id_criterion_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_mark")),
        sa.UniqueConstraint(
            "party_id", "card_id", "criterion_id", name=op.f("uq_interview_mark_party_id_card_id_criterion_id")
        ),
    )
    op.create_index(op.f("ix_interview_mark_application_id"), "interview_mark", ["application_id"], unique=False)
    op.create_index(op.f("ix_interview_mark_party_id"), "interview_mark", ["party_id"], unique=False)
    op.create_table(
        "reference_word",
        sa.Column("reference_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_reference_word_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_reference_word_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "criterion_id"],
            ["ad_criterion.party_id", "ad_criterion.id"],
            name=op.f("fk_reference_word_party_id_criterion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "reference_id"],
            ["candidate_reference.party_id", "candidate_reference.id"],
            name=op.f("fk_reference_word_party_id_reference_id"),
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_reference_word_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_word")),
    )
    op.create_index(op.f("ix_reference_word_application_id"), "reference_word", ["application_id"], unique=False)
    op.create_index(op.f("ix_reference_word_party_id"), "reference_word", ["party_id"], unique=False)
    op.create_index(op.f("ix_reference_word_reference_id"), "reference_word", ["reference_id"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        for table, own in SCOPED.items():
            for statement in statements(table, own):
                op.execute(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_reference_word_reference_id"), table_name="reference_word")
    op.drop_index(op.f("ix_reference_word_party_id"), table_name="reference_word")
    op.drop_index(op.f("ix_reference_word_application_id"), table_name="reference_word")
    op.drop_table("reference_word")
    op.drop_index(op.f("ix_interview_mark_party_id"), table_name="interview_mark")
    op.drop_index(op.f("ix_interview_mark_application_id"), table_name="interview_mark")
    op.drop_table("interview_mark")
    op.drop_index(op.f("ix_interview_wish_party_id"), table_name="interview_wish")
    op.drop_index(op.f("ix_interview_wish_application_id"), table_name="interview_wish")
    op.drop_table("interview_wish")
    op.drop_index(op.f("ix_interview_slot_member_party_id"), table_name="interview_slot_member")
    op.drop_index(op.f("ix_interview_slot_member_panel_member_id"), table_name="interview_slot_member")
    op.drop_table("interview_slot_member")
    op.drop_index(op.f("ix_interview_question_party_id"), table_name="interview_question")
    op.drop_table("interview_question")
    op.drop_index(op.f("ix_interview_card_party_id"), table_name="interview_card")
    op.drop_index(op.f("ix_interview_card_application_id"), table_name="interview_card")
    op.drop_table("interview_card")
    op.drop_index(op.f("ix_interview_booking_party_id"), table_name="interview_booking")
    op.drop_index(op.f("ix_interview_booking_application_id"), table_name="interview_booking")
    op.drop_table("interview_booking")
    op.drop_index(op.f("ix_candidate_task_party_id"), table_name="candidate_task")
    op.drop_index(op.f("ix_candidate_task_application_id"), table_name="candidate_task")
    op.drop_table("candidate_task")
    op.drop_index(op.f("ix_candidate_reference_party_id"), table_name="candidate_reference")
    op.drop_index(op.f("ix_candidate_reference_application_id"), table_name="candidate_reference")
    op.drop_table("candidate_reference")
    op.drop_index(op.f("ix_interview_slot_party_id"), table_name="interview_slot")
    op.drop_index(op.f("ix_interview_slot_ad_id"), table_name="interview_slot")
    op.drop_table("interview_slot")
