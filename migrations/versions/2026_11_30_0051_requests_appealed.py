"""The day on which a decision on a request for records was appealed, and the day on which that was settled; and when a
reference that an authority had been given was taken back.

Why: five weeks after the answer what had been refused was disposed of, though a court might still have it before it; and what
had come in to an authority was erased when its candidate asked for it. What is answered already is appealed by nobody, as far
as the portal knows, and no reference that is kept has been taken back; a program from before this goes on working.
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

COLUMNS = {
    "appealed_on": "CONSTRAINT ck_disclosure_request_appealed_when_refused "
    "CHECK (appealed_on IS NULL OR (state = 'besvarad' AND outcome IN ('delvis', 'avslag')))",
    "settled_on": "CONSTRAINT ck_disclosure_request_settled_when_appealed "
    "CHECK (settled_on IS NULL OR (appealed_on IS NOT NULL AND settled_on >= appealed_on))",
}


def upgrade() -> None:
    for name, check in COLUMNS.items():
        op.execute(sa.text(f"ALTER TABLE disclosure_request ADD COLUMN {name} DATE {check}"))
    op.add_column("candidate_reference", sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM candidate_reference WHERE taken_back_at IS NOT NULL")  # or it would be asked all the same
    op.execute("ALTER TABLE candidate_reference DROP COLUMN taken_back_at")
    for name in reversed(COLUMNS):
        op.execute(sa.text(f"ALTER TABLE disclosure_request DROP COLUMN {name}"))  # and with it the constraint
