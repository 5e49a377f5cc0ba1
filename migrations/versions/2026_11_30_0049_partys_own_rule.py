"""The words that every new party was given for its rule name no number of months.

Why: the words were "24 månader efter att tjänsten tillsattes", and stood after the months themselves. Where a party or an ad
had another number the ad contradicted itself before everybody. Exactly those words become "Partiets egen regel" in the rules
and in the drafts of ads; what is published stays as it was published, and nobody's months change.
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

FORMER, NOW = "24 månader efter att tjänsten tillsattes", "Partiets egen regel"
UPDATES = (
    "UPDATE retention_rule SET basis = :now WHERE basis = :former AND party_id IS NOT NULL",
    "UPDATE ad SET retention_rule = :now WHERE retention_rule = :former AND state = 'draft'",
)


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        op.execute("ALTER TABLE ad NO FORCE ROW LEVEL SECURITY")
    for update in UPDATES:
        op.execute(sa.text(update).bindparams(now=NOW, former=FORMER))
    if postgresql:
        op.execute("ALTER TABLE ad FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    """The words stay: a program from before shows them as any others."""
