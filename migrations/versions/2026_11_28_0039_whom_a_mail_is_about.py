"""What each mail is about, by its id: so far the end of its name.

Why: whoever is erased has their mails emptied. To find them by the end of a name the whole outbox was read, once for each of
a recruitment's candidates and by one writer.
"""

from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

MAILS = sa.table("outgoing_mail", sa.column("id", sa.Uuid), sa.column("once", sa.String), sa.column("about_id", sa.Uuid))


def upgrade() -> None:
    op.add_column("outgoing_mail", sa.Column("about_id", sa.Uuid(), nullable=True))
    connection = op.get_bind()
    rows = connection.execute(sa.select(MAILS.c.id, MAILS.c.once)).all()
    named = [{"mail": id, "about": about} for id, once in rows if (about := _about(once)) is not None]
    if named:
        by_id = sa.update(MAILS).where(MAILS.c.id == sa.bindparam("mail")).values(about_id=sa.bindparam("about"))
        connection.execute(by_id, named)
    op.create_index("ix_outgoing_mail_about_id", "outgoing_mail", ["about_id"])


def _about(once: str) -> UUID | None:
    try:
        return UUID(once.rpartition(":")[2])
    except ValueError:
        return None


def downgrade() -> None:
    op.drop_index("ix_outgoing_mail_about_id", "outgoing_mail")
    op.execute("ALTER TABLE outgoing_mail DROP COLUMN about_id")  # no batch, which would lose the checks
