"""The first day of the new board (styrelsen), which fullmäktige decides in each authority, and where it is decided.

Why: from that day the new board can decide on employments and on delegation, and no law gives the same day everywhere. Nobody
has told any before this, so both are empty; code that does not know them goes on as before. Both come together or not at all.
"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TOGETHER = "CHECK ((board_first_day IS NULL) = (board_source IS NULL))"


def upgrade() -> None:
    op.execute("ALTER TABLE authority ADD COLUMN board_first_day DATE")
    op.execute(
        f"ALTER TABLE authority ADD COLUMN board_source VARCHAR CONSTRAINT ck_authority_board_day_has_a_source {TOGETHER}"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE authority DROP COLUMN board_source")  # and with it the constraint, which names both
    op.execute("ALTER TABLE authority DROP COLUMN board_first_day")
