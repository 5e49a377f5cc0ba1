"""The head of an audit chain carries a seal that rolls on with every line.

Why: whoever has only the database could cut off the last lines and set the head back. The seal needs the installation's
key and everything before it, so a head set back does not fit. Lines that are there are sealed as they are. A program
from before this migration, still running, adds lines without touching the seal; the next one rolls over them.
"""

import hashlib
import hmac

import sqlalchemy as sa
from alembic import op

from portal.vault.services import the_vault

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("audit_head") as head:
        head.add_column(sa.Column("sealed_count", sa.Integer(), nullable=True))
        head.add_column(sa.Column("seal", sa.LargeBinary(), nullable=True))
    _seal_what_is_there(op.get_bind())
    with op.batch_alter_table("audit_head") as head:
        head.alter_column("sealed_count", existing_type=sa.Integer(), nullable=False)
        head.alter_column("seal", existing_type=sa.LargeBinary(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("audit_head") as head:
        head.drop_column("seal")
        head.drop_column("sealed_count")


def _seal_what_is_there(connection: sa.Connection) -> None:
    head = sa.table("audit_head", *_columns(id=sa.Uuid, sealed_count=sa.Integer, seal=sa.LargeBinary))
    line = sa.table("audit_line", *_columns(chain_id=sa.Uuid, number=sa.Integer, hash=sa.LargeBinary))
    key = the_vault().keyring.derive("audit_head")
    for chain in connection.scalars(sa.select(head.c.id)).all():
        seal, count = hmac.new(key, chain.bytes, hashlib.sha256).digest(), 0
        hashes = sa.select(line.c.hash).where(line.c.chain_id == chain).order_by(line.c.number)
        for count, hash in enumerate(connection.scalars(hashes), 1):
            seal = hmac.new(key, seal + hash, hashlib.sha256).digest()
        connection.execute(sa.update(head).where(head.c.id == chain).values(sealed_count=count, seal=seal))


def _columns(**types: type[sa.types.TypeEngine]) -> list[sa.ColumnClause]:
    return [sa.column(name, kind()) for name, kind in types.items()]
