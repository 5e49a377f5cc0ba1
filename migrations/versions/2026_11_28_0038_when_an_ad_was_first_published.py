"""When an ad was first published, in each of its versions.

Why: a correction is a version of its own, and made the ad as good as new to search engines and to whoever reads the API. The
first instant stands in the first version; what only the public may read has it nowhere else.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("published_ad", sa.Column("first_published_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE published_ad SET first_published_at = (SELECT min(former.published_at) FROM published_ad AS former "
        "WHERE former.ad_id = published_ad.ad_id)"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE published_ad DROP COLUMN first_published_at")  # no batch, which would lose the checks
