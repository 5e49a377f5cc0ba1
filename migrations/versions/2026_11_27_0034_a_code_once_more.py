"""When a code from the app was given again within a log-in.

Why: whoever holds a stolen log-in could take a whole register away, end memberships or read every candidate. Before that a code
is asked for once more, and this is when it was given. Log-ins that are there count from their beginning, which was a code as
well: the column stays empty until one is given again. A program from before this goes on working and does not ask.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("login_session", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("ALTER TABLE login_session DROP COLUMN confirmed_at")  # no batch, which would lose the checks
