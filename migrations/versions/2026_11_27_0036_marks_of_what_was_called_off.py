"""What an employment held in the ledger stays with the act that called it off, for whoever takes that back.

Why: the claim goes when an employment is called off, and with it the mark of whom a stand-in stood in for. Taken back, the
stand-in counted in full beside the one they stand in for, and a party could be over its posts by nothing but a mistake put
right. What was called off before this has no marks, and counts as it did. New columns alone, and a program from before this
goes on working.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0031"
branch_labels = None
depends_on = None

MARKS = {
    "held_post": "ck_employment_act_what_is_called_off_lets_go_of_a_post"
    " CHECK (held_post IS NULL OR kind = 'never_began')",
    "held_in_place_of": "ck_employment_act_stands_in_with_a_post_of_its_own"
    " CHECK (held_in_place_of IS NULL OR held_post IS NOT NULL)",
}


def upgrade() -> None:
    mark = sa.Uuid().compile(dialect=op.get_bind().dialect)
    for column, check in MARKS.items():
        op.execute(f"ALTER TABLE employment_act ADD COLUMN {column} {mark} CONSTRAINT {check}")


def downgrade() -> None:
    for column in reversed(MARKS):  # a constraint goes with the column that brought it
        op.execute(f"ALTER TABLE employment_act DROP COLUMN {column}")
