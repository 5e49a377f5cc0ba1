"""Employments without an ad, and renewals of those that end with the term.

Why: most secretaries are employed at New Year without any ad, and those who were there before the portal had none. Ad and
application become empty together or not at all; the title, and whether it is a stand-in's, stand on the employment itself
and are filled from the ads that are there. A program from before this goes on working: both have a default. Going back is
refused by the database where an employment without an ad is there: nothing is thrown away.

SQLite cannot change a column: there the table is made anew from its own text, as SQLite's manual has it.
"""

import re

from alembic import op
from sqlalchemy import Connection

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLE = "employment"
LOOSENED = ("ad_id", "application_id")
COLUMNS = {
    "title": "VARCHAR DEFAULT '' NOT NULL",
    "stands_in": "BOOLEAN DEFAULT false NOT NULL",
    "taken_over": "BOOLEAN DEFAULT false NOT NULL",
    "renews_id": "{uuid}",
}
CONSTRAINTS = {
    "ck_employment_of_an_ad_and_an_application_or_neither": "CHECK ((ad_id IS NULL) = (application_id IS NULL))",
    "ck_employment_renews_another": "CHECK (renews_id IS NULL OR (renews_id <> id AND ad_id IS NULL))",
    "uq_employment_party_id_renews_id": "UNIQUE (party_id, renews_id)",
    "fk_employment_party_id_renews_id": "FOREIGN KEY(party_id, renews_id) REFERENCES employment (party_id, id)",
}
FILLED = (
    "UPDATE employment SET title = (SELECT ad.title FROM ad WHERE ad.id = employment.ad_id), "
    "stands_in = (SELECT ad.employment_form = 'vikariat' FROM ad WHERE ad.id = employment.ad_id) "
    "WHERE EXISTS (SELECT 1 FROM ad WHERE ad.id = employment.ad_id)"
)


def upgrade() -> None:
    connection = op.get_bind()
    on_sqlite = connection.dialect.name == "sqlite"
    for name, kind in COLUMNS.items():
        op.execute(f"ALTER TABLE {TABLE} ADD COLUMN {name} {kind.format(uuid='CHAR(32)' if on_sqlite else 'UUID')}")
    if on_sqlite:
        op.execute(FILLED)
        _make_anew(connection, _loosened)
        return
    _past_the_walls(FILLED)
    for name in LOOSENED:
        op.execute(f"ALTER TABLE {TABLE} ALTER COLUMN {name} DROP NOT NULL")
    for name, rule in CONSTRAINTS.items():
        op.execute(f"ALTER TABLE {TABLE} ADD CONSTRAINT {name} {rule}")


def downgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _make_anew(connection, _tightened)
    else:
        for name in reversed(CONSTRAINTS):
            op.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT {name}")
        for name in LOOSENED:
            op.execute(f"ALTER TABLE {TABLE} ALTER COLUMN {name} SET NOT NULL")
    for name in COLUMNS:
        op.execute(f"ALTER TABLE {TABLE} DROP COLUMN {name}")


def _past_the_walls(statement: str) -> None:
    """Within this transaction the tables' owner sees every party's rows, which its wall otherwise hides from it."""
    for table in (TABLE, "ad"):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(statement)
    for table in (TABLE, "ad"):
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _loosened(text: str) -> str:
    for name in LOOSENED:
        former = f"{name} CHAR(32) NOT NULL"
        assert former in text, f"{TABLE} has no {former}"
        text = text.replace(former, f"{name} CHAR(32)")
    added = "".join(f", \n\tCONSTRAINT {name} {rule}" for name, rule in CONSTRAINTS.items())
    return f"{text.rstrip().removesuffix(')')}{added}\n)"


def _tightened(text: str) -> str:
    for name in LOOSENED:
        text = text.replace(f"{name} CHAR(32)", f"{name} CHAR(32) NOT NULL")
    for name, rule in CONSTRAINTS.items():
        text = text.replace(f", \n\tCONSTRAINT {name} {rule}", "")
    return text


def _make_anew(connection: Connection, changed) -> None:
    found = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type {} AND sql IS NOT NULL"
    (text,) = connection.exec_driver_sql(found.format("= 'table'"), (TABLE,)).scalars()
    beside = connection.exec_driver_sql(found.format("IN ('index', 'trigger')"), (TABLE,)).scalars().all()
    anew = re.sub(r'^CREATE TABLE "?\w+"?', f"CREATE TABLE {TABLE}_new", changed(text))
    connection.exec_driver_sql(anew)
    connection.exec_driver_sql(f"INSERT INTO {TABLE}_new SELECT * FROM {TABLE}")
    connection.exec_driver_sql(f"DROP TABLE {TABLE}")
    connection.exec_driver_sql(f"ALTER TABLE {TABLE}_new RENAME TO {TABLE}")
    for statement in beside:
        connection.exec_driver_sql(statement)
