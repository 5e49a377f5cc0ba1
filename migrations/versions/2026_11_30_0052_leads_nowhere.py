"""Of a record of somebody whose identity is protected: that whoever reviewed it has said that nothing in it leads to them.

Why: nothing of such a person went out as it is, whatever it said, so an office had to draw a box over nothing. Now the word of
a person takes the box's place, and the database holds that it was said. The CV of one under a code name, and what its reader
has covered of it, is marked as such, and nobody can say it of that. Nobody has before this, so no review changes; a program
from before this goes on working.

SQLite cannot change a constraint: there the table is made anew from its own text.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

BOTH = ("covered_record", "covered_minutes")
FORMER = {"protected_is_never_handed_out_whole": "NOT protected OR handed_out <> 'oppen'"}
NEW = {
    "protected_goes_out_whole_as_told": "NOT protected OR handed_out <> 'oppen' OR leads_nowhere",
    "told_of_what_goes_out": "NOT leads_nowhere OR (protected AND handed_out IN ('oppen', 'maskad'))",
}
COVERED = {"sealed_paper_is_covered": "NOT (of_sealed_paper AND leads_nowhere)"}
OF_SEALED_PAPER = """
UPDATE covered_record SET of_sealed_paper = true WHERE EXISTS (
  SELECT 1 FROM register_entry JOIN application ON application.id = register_entry.application_id
  WHERE register_entry.id = covered_record.entry_id AND application.protected
  AND register_entry.kind IN ('cv', 'attachment'))
"""
WAITS = "(SELECT id FROM disclosure_request WHERE state = 'mottagen')"
WALLED = (*BOTH, "register_entry", "application")


def upgrade() -> None:
    for table in BOTH:
        _add(table, "leads_nowhere")
    _add("covered_record", "of_sealed_paper")
    _force_walls("NO FORCE")
    op.execute(OF_SEALED_PAPER)
    _force_walls("FORCE")
    _replace("covered_record", FORMER, NEW | COVERED)
    _replace("covered_minutes", FORMER, NEW)


def downgrade() -> None:
    """The program from before knows no such word. What waits is reviewed anew; what was decided went out as pictures with
    nothing covered, which is what it calls masked."""
    _force_walls("NO FORCE")
    for table in BOTH:
        op.execute(
            f"UPDATE {table} SET leads_nowhere = false, handed_out = '', reviewed_by = NULL, reviewed_at = NULL "
            f"WHERE leads_nowhere AND request_id IN {WAITS}"
        )
        op.execute(f"UPDATE {table} SET leads_nowhere = false, handed_out = 'maskad' WHERE leads_nowhere")
    _force_walls("FORCE")
    _replace("covered_minutes", NEW, FORMER)
    _replace("covered_record", NEW | COVERED, FORMER)
    op.execute("ALTER TABLE covered_record DROP COLUMN of_sealed_paper")
    for table in BOTH:
        op.execute(f"ALTER TABLE {table} DROP COLUMN leads_nowhere")


def _add(table: str, column: str) -> None:
    op.add_column(table, sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))


def _force_walls(force: str) -> None:
    """Within this transaction the tables' owner reaches every party's rows; else it would find none, without a word."""
    if op.get_bind().dialect.name == "postgresql":
        for table in WALLED:
            op.execute(f"ALTER TABLE {table} {force} ROW LEVEL SECURITY")


def _replace(table: str, former: dict[str, str], new: dict[str, str]) -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        for name in former:
            op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
        for name, check in new.items():
            op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, check)
        return
    found = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type {} AND sql IS NOT NULL"
    (text,) = connection.exec_driver_sql(found.format("= 'table'"), (table,)).scalars()
    before, after = _as_text(table, former), _as_text(table, new)
    assert before in text, text
    text = re.sub(r'^CREATE TABLE "?\w+"?', f"CREATE TABLE {table}_new", text.replace(before, after))
    beside = connection.exec_driver_sql(found.format("IN ('index', 'trigger')"), (table,)).scalars().all()
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}_new")
    connection.exec_driver_sql(text)
    connection.exec_driver_sql(f"INSERT INTO {table}_new SELECT * FROM {table}")
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"ALTER TABLE {table}_new RENAME TO {table}")
    for statement in beside:
        connection.exec_driver_sql(statement)


def _as_text(table: str, checks: dict[str, str]) -> str:
    return ", ".join(f"CONSTRAINT ck_{table}_{name} CHECK ({check})" for name, check in checks.items())
