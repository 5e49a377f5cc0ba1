"""What assessors see of each other, scores and notes each by a choice of its own; and two ways in for what every page of a
recruitment asks.

Why: scores and the notes beside them went by one sentence, and a panel had no way to say when it wants to read which. What is
there keeps what it had: scores when both have handed in, notes when all have. A page of a recruitment asks of
each candidate what has been decided on krav, and each time went through all that the party had ever decided: with a thousand
candidates half a second for a page. And it went through all of a party's applications for those of one ad.
A program from before this goes on working, for the new columns have a default.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

SWITCHES = {"scores_wait_for_all": sa.false(), "notes_wait_for_all": sa.true()}
WAYS_IN = {"requirement_decision": "application_id", "application": "ad_id"}


def upgrade() -> None:
    for column, usual in SWITCHES.items():
        op.add_column("review_case", sa.Column(column, sa.Boolean(), nullable=False, server_default=usual))
    for table, column in WAYS_IN.items():
        op.create_index(f"ix_{table}_party_id_{column}", table, ["party_id", column])
    op.drop_index("ix_requirement_decision_application_id", "requirement_decision")


def downgrade() -> None:
    op.create_index("ix_requirement_decision_application_id", "requirement_decision", ["application_id"])
    for table, column in WAYS_IN.items():
        op.drop_index(f"ix_{table}_party_id_{column}", table)
    for column in SWITCHES:
        op.execute(f"ALTER TABLE review_case DROP COLUMN {column}")
