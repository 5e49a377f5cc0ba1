"""When the employment that an outcome rested on was called off before it began.

Why: the recruitment's post is free for another then, and nobody may be told that they are hired. Employments called off
before this leave their outcome as it is: the column says nothing of them, and a program from before this does not ask.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outcome", sa.Column("called_off_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("ALTER TABLE outcome DROP COLUMN called_off_at")  # no batch, which would lose the checks
