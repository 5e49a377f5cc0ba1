"""When what an authority need not keep of an application was erased, as its candidate chose when taking it back.

Why: mail and page said that it is erased "if you asked for it", for nothing told whether they had. Of those taken back
before this nobody knows, and nothing is said. A program from before this goes on working: the column may be empty.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("application", sa.Column("copies_erased_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("ALTER TABLE application DROP COLUMN copies_erased_at")
