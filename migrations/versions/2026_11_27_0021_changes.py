"""What a candidate changes after sending: each change has its instant and, where the authority employs, its arrival number.

Why: a candidate may change and replace until the deadline. What an authority was sent first is a public record (TF 2:9) and
stays beside the new; a party keeps the newest alone. An attachment says what it is, a draft and what was sent count how often
they were written to (so that a second browser is told), and an ad with several posts asks how many are sought. Attachments
from before are of no named kind; running code that does not know the columns goes on as before.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLE = "application_change"
KINDS = "attachment_kind IN ('', 'intyg', 'betyg', 'arbetsprov', 'annat')"


def upgrade() -> None:
    op.execute("ALTER TABLE application ADD COLUMN version INTEGER DEFAULT 0 NOT NULL")
    op.add_column("application", sa.Column("posts_sealed", sa.LargeBinary(), nullable=True))
    op.execute(
        "ALTER TABLE document ADD COLUMN attachment_kind VARCHAR DEFAULT '' NOT NULL "
        f"CONSTRAINT ck_document_known_attachment_kind CHECK ({KINDS})"
    )
    op.add_column("document", sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True))
    _create_changes()
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements(TABLE, "application_id"):
            op.execute(statement)


def _create_changes() -> None:
    op.create_table(
        TABLE,
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("arrival_number", sa.Integer(), nullable=True),
        sa.Column("former_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f(f"ck_{TABLE}_counted_from_one")),
        sa.CheckConstraint(
            "former_sealed IS NULL OR controller_id = authority_id", name=op.f(f"ck_{TABLE}_a_party_keeps_no_former")
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f(f"ck_{TABLE}_controller_is_party_or_authority")
        ),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id", name=op.f(f"ck_{TABLE}_authority_sees_only_its_own")
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f(f"fk_{TABLE}_party_id_application_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("party_id", "application_id", "number", name=op.f(f"uq_{TABLE}_party_id_application_id_number")),
        sa.UniqueConstraint("authority_id", "arrival_number", name="change_number_once"),
    )
    op.create_index(op.f(f"ix_{TABLE}_application_id"), TABLE, ["application_id"], unique=False)
    op.create_index(op.f(f"ix_{TABLE}_party_id"), TABLE, ["party_id"], unique=False)


def downgrade() -> None:
    op.drop_table(TABLE)
    op.drop_column("document", "replaced_at")  # what was replaced is then shown beside the newer
    op.execute("ALTER TABLE document DROP COLUMN attachment_kind")
    op.drop_column("application", "posts_sealed")
    op.execute("ALTER TABLE application DROP COLUMN version")
