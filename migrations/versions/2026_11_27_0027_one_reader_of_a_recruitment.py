"""Protected identity: a reader for one recruitment, whose hand alone the key opens in; a masked CV; and an address for a mail
that says only that something waits.

Why: one person of the office read all of a party's, also where they know the candidates; a former reader was kept out by a
question in the code and by nothing in the seal; who assesses never got the CV; and a candidate under a code name could write
name and address into the application itself, which the new constraint forbids. What was left before this keeps its key as it
lies until its reader changes. New columns alone, and a program from before this goes on working.
"""

from alembic import op

revision = "0027"
down_revision = "0023"
branch_labels = None
depends_on = None

NO_ADDRESS = "NOT protected OR (email_sealed IS NULL AND phone_sealed IS NULL AND address_print IS NULL)"
TOGETHER = "(key_sealed IS NULL) = (reader_id IS NULL)"
OF_PERSON = "CONSTRAINT fk_{table}_{column} REFERENCES person (id)"
IDENTITY = {
    "address_sealed": "{bytes}",
    "masks_sealed": "{bytes} CONSTRAINT ck_protected_identity_masks_on_a_paper"
    " CHECK (masks_sealed IS NULL OR paper_sealed IS NOT NULL)",
    "key_sealed": "{bytes}",
    "reader_id": "{uuid} " + OF_PERSON.format(table="protected_identity", column="reader_id")
    + f" CONSTRAINT ck_protected_identity_key_wrapped_for_a_reader CHECK ({TOGETHER})",
}  # fmt: skip
READ = ("application", "protected_identity")


def upgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    kinds = {"bytes": "BYTEA", "uuid": "UUID"} if on_postgresql else {"bytes": "BLOB", "uuid": "CHAR(32)"}
    op.execute(
        "ALTER TABLE application ADD COLUMN protected BOOLEAN DEFAULT false NOT NULL"
        f" CONSTRAINT ck_application_protected_has_no_address CHECK ({NO_ADDRESS})"
    )
    of_reader = OF_PERSON.format(table="ad", column="identity_reader_id")
    op.execute(f"ALTER TABLE ad ADD COLUMN identity_reader_id {kinds['uuid']} {of_reader}")
    for column, declared in IDENTITY.items():
        op.execute(f"ALTER TABLE protected_identity ADD COLUMN {column} {declared.format(**kinds)}")
    _force_walls("NO FORCE")
    op.execute(  # whoever has left an address since is known by it: nothing hides them any more
        "UPDATE application SET protected = true WHERE email_sealed IS NULL AND phone_sealed IS NULL"
        " AND address_print IS NULL AND id IN (SELECT application_id FROM protected_identity)"
    )
    _force_walls("FORCE")


def downgrade() -> None:
    for column in reversed(IDENTITY):  # a constraint goes with the column that brought it
        op.execute(f"ALTER TABLE protected_identity DROP COLUMN {column}")
    op.execute("ALTER TABLE ad DROP COLUMN identity_reader_id")
    op.execute("ALTER TABLE application DROP COLUMN protected")


def _force_walls(force: str) -> None:
    """Within this transaction the tables' owner reaches every party's rows; else it would find none, without a word."""
    if op.get_bind().dialect.name == "postgresql":
        for table in READ:
            op.execute(f"ALTER TABLE {table} {force} ROW LEVEL SECURITY")
