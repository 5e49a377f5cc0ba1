"""When whoever decides was named.

Why: one who has left the party and comes back into it is to be named anew; there was nothing to tell it by. Who is named
already stays so: an assessor who has come back has perhaps been named anew, which the program from before did not write down.
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

SINCE = (
    "FROM membership WHERE membership.person_id = panel_member.person_id AND membership.party_id = panel_member.party_id "
    "AND membership.ended_at IS NULL AND membership.accepted_at > panel_member.added_at"
)


def upgrade() -> None:
    op.add_column("review_case", sa.Column("decider_named_at", sa.DateTime(timezone=True), nullable=True))
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    if on_postgresql:  # within this transaction the table's owner reaches every party's rows
        op.execute("ALTER TABLE panel_member NO FORCE ROW LEVEL SECURITY")
    op.execute(
        f"UPDATE panel_member SET added_at = (SELECT max(membership.accepted_at) {SINCE}) "
        f"WHERE removed_at IS NULL AND EXISTS (SELECT 1 {SINCE})"
    )
    if on_postgresql:
        op.execute("ALTER TABLE panel_member FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    op.execute("ALTER TABLE review_case DROP COLUMN decider_named_at")  # no batch, which would lose the checks
