"""From when the people of a party or an authority are, where a backup was put back and nobody has looked them over since.

Why: a backup brings back who had left, and roles, passwords and telephones as they were. Nothing said so to those who can
tell. Nobody is asked of a restore from before this.
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

TABLES = ("party", "authority")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("people_as_of", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} DROP COLUMN people_as_of")  # no batch, which would lose the checks
