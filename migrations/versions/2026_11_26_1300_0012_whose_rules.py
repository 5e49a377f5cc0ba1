"""Whose rules for political secretaries an authority goes by, where its name does not say it.

Why: rules are found by the authority's name; one that is registered under another name than its rules chooses them. Nobody
has chosen any before this, so the column is empty for all, and code that does not know it goes on as before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("authority", sa.Column("profile_key", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("authority", "profile_key")
