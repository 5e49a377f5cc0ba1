"""When whoever reads protected identities was named.

Why: one who has left the office and comes back is to be named anew, as in a panel; there was nothing to tell it by. Who is
named already stays so: the program from before did not write down when.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("party", "ad"):
        op.add_column(table, sa.Column("identity_reader_named_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table in ("party", "ad"):
        op.execute(f"ALTER TABLE {table} DROP COLUMN identity_reader_named_at")  # no batch, which would lose the checks
