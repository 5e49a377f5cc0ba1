"""A person's title belongs to one membership: what is written in one party is not read in another.

Why: one person may work in two rival parties, and their title, as colleagues read it, was the same in both. What is there
goes to the membership that was accepted first of those in force, where the account was made; in the others nothing stands
until it is written there. A program from before this reads the column that goes, so web and worker are restarted together.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

FIRST = """SELECT id FROM membership AS other WHERE other.person_id = membership.person_id
    AND other.accepted_at IS NOT NULL AND other.ended_at IS NULL ORDER BY other.accepted_at, other.id LIMIT 1"""
TITLE_OF = "SELECT title FROM person WHERE person.id = membership.person_id"
TITLE_IN = """SELECT title FROM membership WHERE membership.person_id = person.id AND title <> ''
    ORDER BY ended_at IS NOT NULL, accepted_at, id LIMIT 1"""


def upgrade() -> None:
    op.add_column("membership", sa.Column("title", sa.String(), server_default="", nullable=False))
    op.execute(f"UPDATE membership SET title = ({TITLE_OF}) WHERE id = ({FIRST})")
    op.execute("ALTER TABLE person DROP COLUMN title")  # no batch, which would lose the checks


def downgrade() -> None:
    op.add_column("person", sa.Column("title", sa.String(), server_default="", nullable=False))
    op.execute(f"UPDATE person SET title = coalesce(({TITLE_IN}), '')")
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("person", "title", server_default=None)
    op.execute("ALTER TABLE membership DROP COLUMN title")
