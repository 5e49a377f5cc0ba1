"""The first tables.

Why: the main job, from an ad to a lawful employment. Scoped tables are shut by row level security on PostgreSQL; audit
lines can only be added, on both databases.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# table: the column by which a row's own candidate is known, None where only staff can reach it
SCOPED = {
    "ad": None,
    "ad_contact": None,
    "ad_criterion": None,
    "answer": "application_id",
    "application": "id",
    "conflict_answer": None,
    "document": "application_id",
    "employment": None,
    "interview_call": None,
    "outcome": None,
    "own_place": None,
    "page_picture": "application_id",
    "panel_member": None,
    "review_case": None,
    "score": None,
    "score_change": None,
}

UNCHANGING_SQLITE = (
    "CREATE TRIGGER audit_line_never_changed BEFORE UPDATE ON audit_line "
    "BEGIN SELECT RAISE(ABORT, 'audit lines are never changed'); END",
    "CREATE TRIGGER audit_line_never_deleted BEFORE DELETE ON audit_line "
    "BEGIN SELECT RAISE(ABORT, 'audit lines are never deleted'); END",
)
UNCHANGING_POSTGRESQL = (
    "CREATE FUNCTION audit_line_unchanging() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'audit lines are never changed or deleted'; END $$",
    "CREATE TRIGGER audit_line_unchanging BEFORE UPDATE OR DELETE ON audit_line "
    "FOR EACH ROW EXECUTE FUNCTION audit_line_unchanging()",
)


def upgrade() -> None:
    op.create_table(
        "arrival_counter",
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival_counter")),
    )
    op.create_table(
        "audit_head",
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_hash", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "audit_line",
        sa.Column("chain_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_line")),
        sa.UniqueConstraint("chain_id", "number", name=op.f("uq_audit_line_chain_id_number")),
    )
    op.create_table(
        "authority",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("controller_name", sa.String(), nullable=False),
        sa.Column("disposal_decision", sa.String(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority")),
        sa.UniqueConstraint("name", name=op.f("uq_authority_name")),
    )
    op.create_table(
        "controller_key",
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_controller_key")),
        sa.UniqueConstraint("controller_id", "generation", name=op.f("uq_controller_key_controller_id_generation")),
    )
    op.create_table(
        "event",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("scope_kind", sa.String(), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("handlers_done", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_pending", "event", ["handled_at", "due_at"], unique=False)
    op.create_table(
        "link",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("scope_kind", sa.String(), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("purpose", "subject_id", "generation", name=op.f("uq_link_purpose_subject_id_generation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_link_token_hash")),
    )
    op.create_table(
        "outgoing_mail",
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_fault", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outgoing_mail_message_id")),
        sa.UniqueConstraint("once", name=op.f("uq_outgoing_mail_once")),
    )
    op.create_index("ix_outgoing_mail_pending", "outgoing_mail", ["sent_at", "due_at"], unique=False)
    op.create_table(
        "password_request",
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_request")),
    )
    op.create_table(
        "person",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "published_ad",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("employer", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing_announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_ad")),
        sa.UniqueConstraint("reference", "version", name=op.f("uq_published_ad_reference_version")),
    )
    op.create_index(op.f("ix_published_ad_ad_id"), "published_ad", ["ad_id"], unique=False)
    op.create_index("ix_published_ad_open", "published_ad", ["superseded_at", "withdrawn", "closes_at"], unique=False)
    op.create_index(op.f("ix_published_ad_reference"), "published_ad", ["reference"], unique=False)
    op.create_table(
        "login_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_login_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_session_token_hash")),
    )
    op.create_index(op.f("ix_login_session_person_id"), "login_session", ["person_id"], unique=False)
    op.create_table(
        "party",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("hue", sa.Integer(), nullable=False),
        sa.Column("chroma_percent", sa.Integer(), nullable=False),
        sa.Column("controller_name", sa.String(), nullable=False),
        sa.Column("retention_rule", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("hue BETWEEN 0 AND 359", name=op.f("ck_party_hue_on_the_circle")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_party_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("authority_id", "name", name=op.f("uq_party_authority_id_name")),
        sa.UniqueConstraint("key", name=op.f("uq_party_key")),
    )
    op.create_table(
        "ad",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("employer", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("intro", sa.String(), nullable=False),
        sa.Column("tasks", sa.JSON(), nullable=False),
        sa.Column("hours", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("remote", sa.Boolean(), nullable=True),
        sa.Column("remote_text", sa.String(), nullable=False),
        sa.Column("employment_form", sa.String(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("extent_percent", sa.Integer(), nullable=True),
        sa.Column("start_agreed", sa.Boolean(), nullable=False),
        sa.Column("earliest_start", sa.Date(), nullable=True),
        sa.Column("expected_decision", sa.Date(), nullable=True),
        sa.Column("latest_end", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("limit_reference", sa.Date(), nullable=True),
        sa.Column("limit_election", sa.Date(), nullable=True),
        sa.Column("limit_latest_end", sa.Date(), nullable=True),
        sa.Column("limit_rule", sa.String(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("subject_line", sa.String(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("salary_form", sa.String(), nullable=False),
        sa.Column("salary_low", sa.Integer(), nullable=True),
        sa.Column("salary_high", sa.Integer(), nullable=True),
        sa.Column("salary_reason", sa.String(), nullable=False),
        sa.Column("collective_agreement", sa.String(), nullable=False),
        sa.Column("retention_months", sa.Integer(), nullable=True),
        sa.Column("retention_rule", sa.String(), nullable=False),
        sa.Column("timetable", sa.JSON(), nullable=False),
        sa.Column("unclear", sa.JSON(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "published_at IS NULL OR employer <> 'authority' OR (latest_end IS NOT NULL AND limit_latest_end IS NOT NULL AND latest_end <= limit_latest_end)",
            name=op.f("ck_ad_kl_4_33_latest_end_within_limit"),
        ),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id", name=op.f("ck_ad_authority_sees_only_its_own")
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_ad_controller_is_party_or_authority")
        ),
        sa.CheckConstraint(
            "extent_percent IS NULL OR extent_percent BETWEEN 1 AND 100", name=op.f("ck_ad_extent_is_percent")
        ),
        sa.CheckConstraint("posts BETWEEN 1 AND 99", name=op.f("ck_ad_posts_are_counted")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_ad_authority_id")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_ad_created_by")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_ad_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ad")),
        sa.UniqueConstraint("party_id", "id", name=op.f("uq_ad_party_id_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_ad_reference")),
    )
    op.create_index(op.f("ix_ad_party_id"), "ad", ["party_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("invited_name", sa.String(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(role = 'drift' AND party_id IS NULL AND authority_id IS NULL) OR (role IN ('kansli', 'ledamot') AND party_id IS NOT NULL AND authority_id IS NULL) OR (role = 'region' AND party_id IS NULL AND authority_id IS NOT NULL)",
            name=op.f("ck_membership_role_fits_organisation"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_membership_authority_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_membership_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_authority_id"), "membership", ["authority_id"], unique=False)
    op.create_index(op.f("ix_membership_party_id"), "membership", ["party_id"], unique=False)
    op.create_index(op.f("ix_membership_person_id"), "membership", ["person_id"], unique=False)
    op.create_index(
        "uq_membership_in_authority",
        "membership",
        ["person_id", "authority_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "uq_membership_in_party",
        "membership",
        ["person_id", "party_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "ad_contact",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id", name=op.f("ck_ad_contact_authority_sees_only_its_own")
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_ad_contact_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "ad_id"], ["ad.party_id", "ad.id"], name=op.f("fk_ad_contact_party_id_ad_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ad_contact")),
    )
    op.create_index(op.f("ix_ad_contact_ad_id"), "ad_contact", ["ad_id"], unique=False)
    op.create_index(op.f("ix_ad_contact_party_id"), "ad_contact", ["party_id"], unique=False)
    op.create_table(
        "ad_criterion",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("judged", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("judged IN ('finns', 'skala')", name=op.f("ck_ad_criterion_finns_or_skala")),
        sa.CheckConstraint("kind IN ('krav', 'merit')", name=op.f("ck_ad_criterion_krav_or_merit")),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_ad_criterion_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_ad_criterion_controller_is_party_or_authority")
        ),
        sa.CheckConstraint("weight BETWEEN 0 AND 100", name=op.f("ck_ad_criterion_weight_in_range")),
        sa.ForeignKeyConstraint(
            ["party_id", "ad_id"], ["ad.party_id", "ad.id"], name=op.f("fk_ad_criterion_party_id_ad_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ad_criterion")),
        sa.UniqueConstraint("party_id", "id", name=op.f("uq_ad_criterion_party_id_id")),
    )
    op.create_index(op.f("ix_ad_criterion_ad_id"), "ad_criterion", ["ad_id"], unique=False)
    op.create_index(op.f("ix_ad_criterion_party_id"), "ad_criterion", ["party_id"], unique=False)
    op.create_table(
        "application",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("published_ad_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consent_version", sa.String(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_as", sa.String(), nullable=False),
        sa.Column("arrival_number", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("address_print", sa.LargeBinary(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("email_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("letter_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("salary_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("start_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state = 'draft' OR submitted_at IS NOT NULL", name=op.f("ck_application_sent_has_its_time")
        ),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_application_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_application_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "ad_id"], ["ad.party_id", "ad.id"], name=op.f("fk_application_party_id_ad_id")
        ),
        sa.ForeignKeyConstraint(["published_ad_id"], ["published_ad.id"], name=op.f("fk_application_published_ad_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("authority_id", "arrival_number", name="arrival_number_once"),
        sa.UniqueConstraint("party_id", "id", name=op.f("uq_application_party_id_id")),
    )
    op.create_index(op.f("ix_application_ad_id"), "application", ["ad_id"], unique=False)
    op.create_index(op.f("ix_application_party_id"), "application", ["party_id"], unique=False)
    op.create_index(
        "one_application_per_address",
        "application",
        ["ad_id", "address_print"],
        unique=True,
        sqlite_where=sa.text("state IN ('sent', 'late')"),
        postgresql_where=sa.text("state IN ('sent', 'late')"),
    )
    op.create_table(
        "employment",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("employer", sa.String(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("extent_percent", sa.Integer(), nullable=False),
        sa.Column("limit_reference", sa.Date(), nullable=False),
        sa.Column("limit_election", sa.Date(), nullable=False),
        sa.Column("limit_latest_end", sa.Date(), nullable=False),
        sa.Column("limit_rule", sa.String(), nullable=False),
        sa.Column("limit_article", sa.String(), nullable=False),
        sa.Column("policy_lifted_reason", sa.String(), nullable=False),
        sa.Column("earlier_days", sa.Integer(), nullable=False),
        sa.Column("permanent_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(employer = 'authority') = (controller_id = authority_id)",
            name=op.f("ck_employment_employer_is_controller"),
        ),
        sa.CheckConstraint(
            "employer <> 'authority' OR (ends_on IS NOT NULL AND ends_on <= limit_latest_end)",
            name=op.f("ck_employment_kl_4_33_ends_within_limit"),
        ),
        sa.CheckConstraint(
            "employer <> 'party' OR (ends_on IS NOT NULL AND ends_on <= limit_latest_end) OR length(policy_lifted_reason) > 0",
            name=op.f("ck_employment_policy_passed_with_a_reason"),
        ),
        sa.CheckConstraint("employer IN ('authority', 'party')", name=op.f("ck_employment_known_employer")),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id", name=op.f("ck_employment_authority_sees_only_its_own")
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_employment_controller_is_party_or_authority")
        ),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_employment_ends_after_start")),
        sa.CheckConstraint("extent_percent BETWEEN 1 AND 100", name=op.f("ck_employment_extent_is_percent")),
        sa.CheckConstraint(
            "limit_reference <= decided_on AND limit_reference <= starts_on AND limit_reference <= limit_election AND limit_election <= limit_latest_end",
            name=op.f("ck_employment_kl_4_33_reference_is_the_earlier_day"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "ad_id"], ["ad.party_id", "ad.id"], name=op.f("fk_employment_party_id_ad_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_employment_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment")),
        sa.UniqueConstraint("application_id", name=op.f("uq_employment_application_id")),
    )
    op.create_index(op.f("ix_employment_ad_id"), "employment", ["ad_id"], unique=False)
    op.create_index(op.f("ix_employment_party_id"), "employment", ["party_id"], unique=False)
    op.create_table(
        "panel_member",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_panel_member_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_panel_member_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "ad_id"], ["ad.party_id", "ad.id"], name=op.f("fk_panel_member_party_id_ad_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_panel_member_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_member")),
        sa.UniqueConstraint("ad_id", "person_id", name=op.f("uq_panel_member_ad_id_person_id")),
        sa.UniqueConstraint("party_id", "id", name=op.f("uq_panel_member_party_id_id")),
    )
    op.create_index(op.f("ix_panel_member_ad_id"), "panel_member", ["ad_id"], unique=False)
    op.create_index(op.f("ix_panel_member_party_id"), "panel_member", ["party_id"], unique=False)
    op.create_table(
        "review_case",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("hand_in_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_review_case_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_review_case_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "ad_id"], ["ad.party_id", "ad.id"], name=op.f("fk_review_case_party_id_ad_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_case")),
        sa.UniqueConstraint("ad_id", name=op.f("uq_review_case_ad_id")),
    )
    op.create_index(op.f("ix_review_case_party_id"), "review_case", ["party_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("criterion_id", sa.Uuid(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id", name=op.f("ck_answer_authority_sees_only_its_own")
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_answer_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_answer_party_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "criterion_id"],
            ["ad_criterion.party_id", "ad_criterion.id"],
            name=op.f("fk_answer_party_id_criterion_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("application_id", "criterion_id", name=op.f("uq_answer_application_id_criterion_id")),
    )
    op.create_index(op.f("ix_answer_application_id"), "answer", ["application_id"], unique=False)
    op.create_index(op.f("ix_answer_party_id"), "answer", ["party_id"], unique=False)
    op.create_table(
        "conflict_answer",
        sa.Column("panel_member_id", sa.Uuid(), nullable=False),
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
            name=op.f("ck_conflict_answer_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)",
            name=op.f("ck_conflict_answer_controller_is_party_or_authority"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_conflict_answer_party_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "panel_member_id"],
            ["panel_member.party_id", "panel_member.id"],
            name=op.f("fk_conflict_answer_party_id_panel_member_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_answer")),
        sa.UniqueConstraint(
            "panel_member_id", "application_id", name=op.f("uq_conflict_answer_panel_member_id_application_id")
        ),
    )
    op.create_index(op.f("ix_conflict_answer_panel_member_id"), "conflict_answer", ["panel_member_id"], unique=False)
    op.create_index(op.f("ix_conflict_answer_party_id"), "conflict_answer", ["party_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("checksum_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("blob", sa.String(), nullable=False),
        sa.Column("cipher_sha256", sa.String(), nullable=False),
        sa.Column("text_blob", sa.String(), nullable=True),
        sa.Column("has_words", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("slot IN ('cv', 'letter', 'attachment')", name=op.f("ck_document_known_slot")),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id", name=op.f("ck_document_authority_sees_only_its_own")
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_document_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_document_party_id_application_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("party_id", "id", name=op.f("uq_document_party_id_id")),
    )
    op.create_index(op.f("ix_document_application_id"), "document", ["application_id"], unique=False)
    op.create_index(op.f("ix_document_party_id"), "document", ["party_id"], unique=False)
    op.create_table(
        "interview_call",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("called_by", sa.Uuid(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_interview_call_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_interview_call_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(["called_by"], ["person.id"], name=op.f("fk_interview_call_called_by")),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_interview_call_party_id_application_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_call")),
        sa.UniqueConstraint("application_id", name=op.f("uq_interview_call_application_id")),
    )
    op.create_index(op.f("ix_interview_call_ad_id"), "interview_call", ["ad_id"], unique=False)
    op.create_index(op.f("ix_interview_call_party_id"), "interview_call", ["party_id"], unique=False)
    op.create_table(
        "outcome",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("result IN ('anstalls', 'gar_inte_vidare')", name=op.f("ck_outcome_known_result")),
        sa.CheckConstraint(
            "settled_at IS NULL OR result = 'anstalls'", name=op.f("ck_outcome_only_a_hired_one_is_settled")
        ),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id", name=op.f("ck_outcome_authority_sees_only_its_own")
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_outcome_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_outcome_party_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "criterion_id"],
            ["ad_criterion.party_id", "ad_criterion.id"],
            name=op.f("fk_outcome_party_id_criterion_id"),
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_outcome_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("application_id", name=op.f("uq_outcome_application_id")),
    )
    op.create_index(op.f("ix_outcome_ad_id"), "outcome", ["ad_id"], unique=False)
    op.create_index(op.f("ix_outcome_party_id"), "outcome", ["party_id"], unique=False)
    op.create_table(
        "own_place",
        sa.Column("panel_member_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id", name=op.f("ck_own_place_authority_sees_only_its_own")
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_own_place_controller_is_party_or_authority")
        ),
        sa.CheckConstraint("place >= 1", name=op.f("ck_own_place_places_from_one")),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_own_place_party_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "panel_member_id"],
            ["panel_member.party_id", "panel_member.id"],
            name=op.f("fk_own_place_party_id_panel_member_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_place")),
        sa.UniqueConstraint(
            "panel_member_id", "application_id", name=op.f("uq_own_place_panel_member_id_application_id")
        ),
    )
    op.create_index(op.f("ix_own_place_panel_member_id"), "own_place", ["panel_member_id"], unique=False)
    op.create_index(op.f("ix_own_place_party_id"), "own_place", ["party_id"], unique=False)
    op.create_table(
        "score",
        sa.Column("panel_member_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("present", sa.String(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "present IS NULL OR present IN ('ja', 'nej', 'framgar_inte')", name=op.f("ck_score_known_presence")
        ),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id", name=op.f("ck_score_authority_sees_only_its_own")
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_score_controller_is_party_or_authority")
        ),
        sa.CheckConstraint("step IS NULL OR present IS NULL", name=op.f("ck_score_scale_or_presence")),
        sa.CheckConstraint("step IS NULL OR step BETWEEN 0 AND 3", name=op.f("ck_score_step_on_the_scale")),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_score_party_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "criterion_id"],
            ["ad_criterion.party_id", "ad_criterion.id"],
            name=op.f("fk_score_party_id_criterion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "panel_member_id"],
            ["panel_member.party_id", "panel_member.id"],
            name=op.f("fk_score_party_id_panel_member_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint(
            "panel_member_id",
            "application_id",
            "criterion_id",
            name=op.f("uq_score_panel_member_id_application_id_criterion_id"),
        ),
        sa.UniqueConstraint("party_id", "id", name=op.f("uq_score_party_id_id")),
    )
    op.create_index(op.f("ix_score_application_id"), "score", ["application_id"], unique=False)
    op.create_index(op.f("ix_score_panel_member_id"), "score", ["panel_member_id"], unique=False)
    op.create_index(op.f("ix_score_party_id"), "score", ["party_id"], unique=False)
    op.create_table(
        "page_picture",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("blob", sa.String(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_page_picture_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_page_picture_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "document_id"],
            ["document.party_id", "document.id"],
            name=op.f("fk_page_picture_party_id_document_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_picture")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_page_picture_document_id_number")),
    )
    op.create_index(op.f("ix_page_picture_application_id"), "page_picture", ["application_id"], unique=False)
    op.create_index(op.f("ix_page_picture_document_id"), "page_picture", ["document_id"], unique=False)
    op.create_index(op.f("ix_page_picture_party_id"), "page_picture", ["party_id"], unique=False)
    op.create_table(
        "score_change",
        sa.Column("score_id", sa.Uuid(), nullable=False),
        sa.Column("former_step", sa.Integer(), nullable=True),
        sa.Column("former_present", sa.String(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_score_change_authority_sees_only_its_own"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f("ck_score_change_controller_is_party_or_authority")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "score_id"], ["score.party_id", "score.id"], name=op.f("fk_score_change_party_id_score_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_change")),
    )
    op.create_index(op.f("ix_score_change_party_id"), "score_change", ["party_id"], unique=False)
    op.create_index(op.f("ix_score_change_score_id"), "score_change", ["score_id"], unique=False)
    for statement in _shutting():
        op.execute(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_score_change_score_id"), table_name="score_change")
    op.drop_index(op.f("ix_score_change_party_id"), table_name="score_change")
    op.drop_table("score_change")
    op.drop_index(op.f("ix_page_picture_party_id"), table_name="page_picture")
    op.drop_index(op.f("ix_page_picture_document_id"), table_name="page_picture")
    op.drop_index(op.f("ix_page_picture_application_id"), table_name="page_picture")
    op.drop_table("page_picture")
    op.drop_index(op.f("ix_score_party_id"), table_name="score")
    op.drop_index(op.f("ix_score_panel_member_id"), table_name="score")
    op.drop_index(op.f("ix_score_application_id"), table_name="score")
    op.drop_table("score")
    op.drop_index(op.f("ix_own_place_party_id"), table_name="own_place")
    op.drop_index(op.f("ix_own_place_panel_member_id"), table_name="own_place")
    op.drop_table("own_place")
    op.drop_index(op.f("ix_outcome_party_id"), table_name="outcome")
    op.drop_index(op.f("ix_outcome_ad_id"), table_name="outcome")
    op.drop_table("outcome")
    op.drop_index(op.f("ix_interview_call_party_id"), table_name="interview_call")
    op.drop_index(op.f("ix_interview_call_ad_id"), table_name="interview_call")
    op.drop_table("interview_call")
    op.drop_index(op.f("ix_document_party_id"), table_name="document")
    op.drop_index(op.f("ix_document_application_id"), table_name="document")
    op.drop_table("document")
    op.drop_index(op.f("ix_conflict_answer_party_id"), table_name="conflict_answer")
    op.drop_index(op.f("ix_conflict_answer_panel_member_id"), table_name="conflict_answer")
    op.drop_table("conflict_answer")
    op.drop_index(op.f("ix_answer_party_id"), table_name="answer")
    op.drop_index(op.f("ix_answer_application_id"), table_name="answer")
    op.drop_table("answer")
    op.drop_index(op.f("ix_review_case_party_id"), table_name="review_case")
    op.drop_table("review_case")
    op.drop_index(op.f("ix_panel_member_party_id"), table_name="panel_member")
    op.drop_index(op.f("ix_panel_member_ad_id"), table_name="panel_member")
    op.drop_table("panel_member")
    op.drop_index(op.f("ix_employment_party_id"), table_name="employment")
    op.drop_index(op.f("ix_employment_ad_id"), table_name="employment")
    op.drop_table("employment")
    op.drop_index(
        "one_application_per_address",
        table_name="application",
        sqlite_where=sa.text("state IN ('sent', 'late')"),
        postgresql_where=sa.text("state IN ('sent', 'late')"),
    )
    op.drop_index(op.f("ix_application_party_id"), table_name="application")
    op.drop_index(op.f("ix_application_ad_id"), table_name="application")
    op.drop_table("application")
    op.drop_index(op.f("ix_ad_criterion_party_id"), table_name="ad_criterion")
    op.drop_index(op.f("ix_ad_criterion_ad_id"), table_name="ad_criterion")
    op.drop_table("ad_criterion")
    op.drop_index(op.f("ix_ad_contact_party_id"), table_name="ad_contact")
    op.drop_index(op.f("ix_ad_contact_ad_id"), table_name="ad_contact")
    op.drop_table("ad_contact")
    op.drop_index(
        "uq_membership_in_party",
        table_name="membership",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(
        "uq_membership_in_authority",
        table_name="membership",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(op.f("ix_membership_person_id"), table_name="membership")
    op.drop_index(op.f("ix_membership_party_id"), table_name="membership")
    op.drop_index(op.f("ix_membership_authority_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_ad_party_id"), table_name="ad")
    op.drop_table("ad")
    op.drop_table("party")
    op.drop_index(op.f("ix_login_session_person_id"), table_name="login_session")
    op.drop_table("login_session")
    op.drop_index(op.f("ix_published_ad_reference"), table_name="published_ad")
    op.drop_index("ix_published_ad_open", table_name="published_ad")
    op.drop_index(op.f("ix_published_ad_ad_id"), table_name="published_ad")
    op.drop_table("published_ad")
    op.drop_table("person")
    op.drop_table("password_request")
    op.drop_index("ix_outgoing_mail_pending", table_name="outgoing_mail")
    op.drop_table("outgoing_mail")
    op.drop_table("link")
    op.drop_index("ix_event_pending", table_name="event")
    op.drop_table("event")
    op.drop_table("controller_key")
    op.drop_table("authority")
    op.drop_table("audit_line")
    op.drop_table("audit_head")
    op.drop_table("arrival_counter")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_line_unchanging()")


def _shutting() -> tuple[str, ...]:
    if op.get_bind().dialect.name == "sqlite":
        return UNCHANGING_SQLITE
    shut = tuple(line for table, own in SCOPED.items() for line in statements(table, own))
    return (*shut, *UNCHANGING_POSTGRESQL)
