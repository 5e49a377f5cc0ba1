"""The meeting: agenda, who was there, joint texts, order, votes; and an assessor's own notes beside the scores.

Why: what a panel agrees upon was nowhere in the portal. New tables alone, so a program from before this migration works on.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SCOPED = (
    "joint_text",
    "meeting",
    "meeting_ballot",
    "meeting_event",
    "meeting_place",
    "meeting_point",
    "meeting_presence",
    "meeting_vote",
    "score_note",
)


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("order_version", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name=op.f("ck_meeting_ended_has_its_time")),
        sa.CheckConstraint("basis IS NULL OR basis IN ('enad', 'rostad')", name=op.f("ck_meeting_known_basis")),
        sa.CheckConstraint("state IN ('open', 'paused', 'ended')", name=op.f("ck_meeting_known_state")),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id", name=op.f("ck_meeting_authority_sees_only_its_own")
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_meeting_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "ad_id"], ["ad.party_id", "ad.id"], name=op.f("fk_meeting_party_id_ad_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("party_id", "ad_id", name=op.f("uq_meeting_party_id_ad_id")),
        sa.UniqueConstraint("party_id", "id", name=op.f("uq_meeting_party_id_id")),
    )
    op.create_index(op.f("ix_meeting_party_id"), "meeting", ["party_id"], unique=False)
    op.create_table(
        "joint_text",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id", name=op.f("ck_joint_text_authority_sees_only_its_own")
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_joint_text_controller_is_party_or_authority")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_joint_text_versions_from_one")),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_joint_text_party_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "meeting_id"],
            ["meeting.party_id", "meeting.id"],
            name=op.f("fk_joint_text_party_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_joint_text_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_text")),
        sa.UniqueConstraint(
            "party_id", "meeting_id", "application_id", name=op.f("uq_joint_text_party_id_meeting_id_application_id")
        ),
    )
    op.create_index(op.f("ix_joint_text_meeting_id"), "joint_text", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_joint_text_party_id"), "joint_text", ["party_id"], unique=False)
    op.create_table(
        "meeting_event",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "step <> 'oppna-igen' OR reason_sealed IS NOT NULL", name=op.f("ck_meeting_event_reopened_with_a_reason")
        ),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_meeting_event_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_meeting_event_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "meeting_id"],
            ["meeting.party_id", "meeting.id"],
            name=op.f("fk_meeting_event_party_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_meeting_event_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_event")),
    )
    op.create_index(op.f("ix_meeting_event_meeting_id"), "meeting_event", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_meeting_event_party_id"), "meeting_event", ["party_id"], unique=False)
    op.create_table(
        "meeting_place",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_meeting_place_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_meeting_place_controller_is_party_or_authority")
        ),
        sa.CheckConstraint("place >= 1", name=op.f("ck_meeting_place_places_from_one")),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_meeting_place_party_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "meeting_id"],
            ["meeting.party_id", "meeting.id"],
            name=op.f("fk_meeting_place_party_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_place")),
        sa.UniqueConstraint(
            "party_id", "meeting_id", "application_id", name=op.f("uq_meeting_place_party_id_meeting_id_application_id")
        ),
    )
    op.create_index(op.f("ix_meeting_place_meeting_id"), "meeting_place", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_meeting_place_party_id"), "meeting_place", ["party_id"], unique=False)
    op.create_table(
        "meeting_point",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_meeting_point_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_meeting_point_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_meeting_point_party_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "criterion_id"],
            ["ad_criterion.party_id", "ad_criterion.id"],
            name=op.f("fk_meeting_point_party_id_criterion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "meeting_id"],
            ["meeting.party_id", "meeting.id"],
            name=op.f("fk_meeting_point_party_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_point")),
        sa.UniqueConstraint(
            "party_id", "meeting_id", "position", name=op.f("uq_meeting_point_party_id_meeting_id_position")
        ),
    )
    op.create_index(op.f("ix_meeting_point_meeting_id"), "meeting_point", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_meeting_point_party_id"), "meeting_point", ["party_id"], unique=False)
    op.create_table(
        "meeting_presence",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_meeting_presence_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)",
            name=op.f("ck_meeting_presence_controller_is_party_or_authority"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "meeting_id"],
            ["meeting.party_id", "meeting.id"],
            name=op.f("fk_meeting_presence_party_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_meeting_presence_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_presence")),
        sa.UniqueConstraint(
            "party_id", "meeting_id", "person_id", name=op.f("uq_meeting_presence_party_id_meeting_id_person_id")
        ),
    )
    op.create_index(op.f("ix_meeting_presence_meeting_id"), "meeting_presence", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_meeting_presence_party_id"), "meeting_presence", ["party_id"], unique=False)
    op.create_table(
        "meeting_vote",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_meeting_vote_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_meeting_vote_controller_is_party_or_authority")
        ),
        sa.CheckConstraint("first_id <> second_id", name=op.f("ck_meeting_vote_between_two")),
        sa.ForeignKeyConstraint(
            ["party_id", "first_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_meeting_vote_party_id_first_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "meeting_id"],
            ["meeting.party_id", "meeting.id"],
            name=op.f("fk_meeting_vote_party_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "second_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_meeting_vote_party_id_second_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_vote")),
        sa.UniqueConstraint("party_id", "id", name=op.f("uq_meeting_vote_party_id_id")),
        sa.UniqueConstraint(
            "party_id",
            "meeting_id",
            "first_id",
            "second_id",
            name=op.f("uq_meeting_vote_party_id_meeting_id_first_id_second_id"),
        ),
    )
    op.create_index(op.f("ix_meeting_vote_meeting_id"), "meeting_vote", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_meeting_vote_party_id"), "meeting_vote", ["party_id"], unique=False)
    op.create_table(
        "score_note",
        sa.Column("panel_member_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id", name=op.f("ck_score_note_authority_sees_only_its_own")
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_score_note_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_score_note_party_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "criterion_id"],
            ["ad_criterion.party_id", "ad_criterion.id"],
            name=op.f("fk_score_note_party_id_criterion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "panel_member_id"],
            ["panel_member.party_id", "panel_member.id"],
            name=op.f("fk_score_note_party_id_panel_member_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_note")),
        sa.UniqueConstraint(
            "party_id",
            "panel_member_id",
            "application_id",
            "criterion_id",
            name=op.f("uq_score_note_party_id_panel_member_id_application_id_criterion_id"),
        ),
    )
    op.create_index(op.f("ix_score_note_application_id"), "score_note", ["application_id"], unique=False)
    op.create_index(op.f("ix_score_note_panel_member_id"), "score_note", ["panel_member_id"], unique=False)
    op.create_index(op.f("ix_score_note_party_id"), "score_note", ["party_id"], unique=False)
    op.create_table(
        "meeting_ballot",
        sa.Column("vote_id", sa.Uuid(), nullable=False),
        sa.Column("panel_member_id", sa.Uuid(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("choice IN ('a', 'b', 'avstar')", name=op.f("ck_meeting_ballot_known_choice")),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_meeting_ballot_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_meeting_ballot_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "panel_member_id"],
            ["panel_member.party_id", "panel_member.id"],
            name=op.f("fk_meeting_ballot_party_id_panel_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "vote_id"],
            ["meeting_vote.party_id", "meeting_vote.id"],
            name=op.f("fk_meeting_ballot_party_id_vote_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_ballot")),
        sa.UniqueConstraint(
            "party_id", "vote_id", "panel_member_id", name=op.f("uq_meeting_ballot_party_id_vote_id_panel_member_id")
        ),
    )
    op.create_index(op.f("ix_meeting_ballot_party_id"), "meeting_ballot", ["party_id"], unique=False)
    op.create_index(op.f("ix_meeting_ballot_vote_id"), "meeting_ballot", ["vote_id"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        for line in (line for table in SCOPED for line in statements(table, None)):
            op.execute(line)


def downgrade() -> None:
    op.drop_index(op.f("ix_meeting_ballot_vote_id"), table_name="meeting_ballot")
    op.drop_index(op.f("ix_meeting_ballot_party_id"), table_name="meeting_ballot")
    op.drop_table("meeting_ballot")
    op.drop_index(op.f("ix_score_note_party_id"), table_name="score_note")
    op.drop_index(op.f("ix_score_note_panel_member_id"), table_name="score_note")
    op.drop_index(op.f("ix_score_note_application_id"), table_name="score_note")
    op.drop_table("score_note")
    op.drop_index(op.f("ix_meeting_vote_party_id"), table_name="meeting_vote")
    op.drop_index(op.f("ix_meeting_vote_meeting_id"), table_name="meeting_vote")
    op.drop_table("meeting_vote")
    op.drop_index(op.f("ix_meeting_presence_party_id"), table_name="meeting_presence")
    op.drop_index(op.f("ix_meeting_presence_meeting_id"), table_name="meeting_presence")
    op.drop_table("meeting_presence")
    op.drop_index(op.f("ix_meeting_point_party_id"), table_name="meeting_point")
    op.drop_index(op.f("ix_meeting_point_meeting_id"), table_name="meeting_point")
    op.drop_table("meeting_point")
    op.drop_index(op.f("ix_meeting_place_party_id"), table_name="meeting_place")
    op.drop_index(op.f("ix_meeting_place_meeting_id"), table_name="meeting_place")
    op.drop_table("meeting_place")
    op.drop_index(op.f("ix_meeting_event_party_id"), table_name="meeting_event")
    op.drop_index(op.f("ix_meeting_event_meeting_id"), table_name="meeting_event")
    op.drop_table("meeting_event")
    op.drop_index(op.f("ix_joint_text_party_id"), table_name="joint_text")
    op.drop_index(op.f("ix_joint_text_meeting_id"), table_name="joint_text")
    op.drop_table("joint_text")
    op.drop_index(op.f("ix_meeting_party_id"), table_name="meeting")
    op.drop_table("meeting")
