"""The day a contract was accepted.

Why: the yes was only dated by when the office noted it. Who had said yes in time, and then resigned or was called off before
it was noted, had a contract that could be noted as accepted no more, and whose signed copies had nowhere to go. What is noted
already keeps the day it was noted on; a program from before this goes on working.
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contract", sa.Column("accepted_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.execute("ALTER TABLE contract DROP COLUMN accepted_on")  # no batch, which would lose the checks
