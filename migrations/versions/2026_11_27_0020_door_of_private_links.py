"""The door before a private link: which browsers have pressed its button, the code each was mailed, how long it is open.

Why: whoever held the link's token was in, and the token stood in every address: in histories, on screens, in what a mail
scanner follows. From now on a browser shows once, by a code that is mailed, that its person reads the address.
Links that are out go on working; whoever opens one is asked for a code. Nothing stored changes, and on the way down
nothing is lost but that browsers must be let in anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "link_visit",
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("cookie_hash", sa.LargeBinary(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("code_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("open_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("tries BETWEEN 0 AND 5", name=op.f("ck_link_visit_five_tries_of_a_code")),
        sa.CheckConstraint(
            "(code_hash IS NULL) = (code_until IS NULL)", name=op.f("ck_link_visit_code_has_its_end")
        ),
        sa.ForeignKeyConstraint(
            ["link_id"], ["link.id"], name=op.f("fk_link_visit_link_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_visit")),
        sa.UniqueConstraint("cookie_hash", name=op.f("uq_link_visit_cookie_hash")),
    )
    op.create_index(op.f("ix_link_visit_link_id"), "link_visit", ["link_id"], unique=False)
    op.create_index(op.f("ix_link_visit_expires_at"), "link_visit", ["expires_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_link_visit_expires_at"), table_name="link_visit")
    op.drop_index(op.f("ix_link_visit_link_id"), table_name="link_visit")
    op.drop_table("link_visit")
