"""When a worker last made its round, by a clock that was believed.

Why: what is erased is erased by the clock. One that is months ahead for a single round (a machine that starts before it has
set it) would sweep every draft; there was nothing to tell it by.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "last_round",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_last_round")),
    )


def downgrade() -> None:
    op.drop_table("last_round")
