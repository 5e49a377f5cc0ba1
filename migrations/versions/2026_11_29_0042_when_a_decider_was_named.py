"""When whoever decides was named.

Why: one who has left the party and comes back into it is to be named anew; there was nothing to tell it by. Who is named
already stays so.
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("review_case", sa.Column("decider_named_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("ALTER TABLE review_case DROP COLUMN decider_named_at")  # no batch, which would lose the checks
