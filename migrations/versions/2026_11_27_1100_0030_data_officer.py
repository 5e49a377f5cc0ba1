"""Who is data protection officer (dataskyddsombud), of an authority and of a party.

Why: whoever applies is to be told how to reach the officer where there is one (GDPR art. 13.1 b), and a public authority always
has one (art. 37.1 a). Nothing is known of them before this: the column is empty, and the notice of an ad that is published
already is as it was. A program from before this migration goes on working, for the new columns have a default.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

TABLES = ("authority", "party")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("data_officer", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} DROP COLUMN data_officer")  # no batch, which would lose the checks
