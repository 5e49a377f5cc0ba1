"""That a court has set a decision aside.

Why: an appeal that succeeded could not be written down. The decision stood as appealed for ever, and what an authority had
been sent in the recruitment was never disposed of, for its time is counted from laga kraft. No decision is set aside before
this; a program from before it goes on working, for the new column has a default.
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

TABLES = ("employment_decision", "employment_act_decision")
CHECK = "NOT set_aside OR (final_on IS NOT NULL AND appealed_on IS NOT NULL AND final_on > appealed_on)"


def upgrade() -> None:
    for table in TABLES:
        named = f"CONSTRAINT ck_{table}_kl_13_8_set_aside_on_an_appeal CHECK ({CHECK})"
        op.execute(f"ALTER TABLE {table} ADD COLUMN set_aside BOOLEAN DEFAULT {sa.false()} NOT NULL {named}")


def downgrade() -> None:
    """The program from before knows them as appealed, and nothing more."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in TABLES:
        if on_postgresql:  # within this transaction the table's owner reaches every party's rows
            op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"UPDATE {table} SET final_on = NULL, confirmed_on = NULL, confirmed_by = NULL, set_aside = false "
                   "WHERE set_aside")
        if on_postgresql:
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DROP COLUMN set_aside")  # and with it the constraint
