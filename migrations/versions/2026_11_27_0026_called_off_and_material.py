"""An employment that is called off before its first day: an act of its own, and an end before the start where it says so.
And how much the material says of a criterion, beside a score.

Why: what was recorded and never began could only be ended from its first day on, so it stood in the register as one day's
work that nobody did. Such an employment ends on the day when it was decided, covers no day and claims no post. None is there
before this, so no row is changed; a program from before this migration goes on working, for the new column has a default.
An assessor may say with a score how much there was to go by. Nobody has before this, and nothing is reckoned with it.

SQLite cannot change a constraint, and a batch would lose the CHECKs: there the table is made anew from its own text.
"""

import re

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Connection

revision = "0026"
down_revision = "0019"
branch_labels = None
depends_on = None

AFTER_START = ("ends_after_start", "ends_on IS NULL OR ends_on >= starts_on")
NEVER_BEGAN = ("ends_after_start_or_never_began", "(ends_on IS NOT NULL AND ends_on < starts_on) = never_began")
KINDS = ("known_kind", "kind IN ('recorded', 'extension', 'early_end', 'notice', 'taken_back')")
MORE_KINDS = ("known_kind", "kind IN ('recorded', 'extension', 'early_end', 'notice', 'never_began', 'taken_back')")
CALLED_OFF = (
    "called_off_before_it_began",
    "kind <> 'never_began' OR (ends_on IS NOT NULL AND ends_on = decided_on AND decided_on < starts_on)",
)
MATERIAL = "CHECK (material IS NULL OR material BETWEEN 1 AND 3)"
Check = tuple[str, str]


def upgrade() -> None:
    op.add_column("employment", sa.Column("never_began", sa.Boolean(), nullable=False, server_default=sa.false()))
    _replace("employment", [AFTER_START], [NEVER_BEGAN])
    _replace("employment_act", [KINDS], [MORE_KINDS, CALLED_OFF])
    op.execute(f"ALTER TABLE score ADD COLUMN material INTEGER CONSTRAINT ck_score_material_in_three_steps {MATERIAL}")


def downgrade() -> None:
    """The program from before knows no such act: it was one day's work, ended early, or by notice where it was to be no
    more than that day."""
    op.execute("ALTER TABLE score DROP COLUMN material")  # and with it the constraint
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    _force_walls("NO FORCE", on_postgresql)
    op.execute("UPDATE employment SET ends_on = starts_on, never_began = false WHERE never_began")
    op.execute(
        "UPDATE employment_act SET ends_on = starts_on, "
        "notice_by = CASE WHEN previous_ends_on = starts_on THEN 'employer' END, "
        "kind = CASE WHEN previous_ends_on = starts_on THEN 'notice' ELSE 'early_end' END WHERE kind = 'never_began'"
    )
    _force_walls("FORCE", on_postgresql)
    _replace("employment_act", [MORE_KINDS, CALLED_OFF], [KINDS])
    _replace("employment", [NEVER_BEGAN], [AFTER_START])
    op.drop_column("employment", "never_began")


def _force_walls(force: str, on_postgresql: bool) -> None:
    """Within this transaction the tables' owner reaches every party's rows; else it would find none, without a word."""
    if on_postgresql:
        for table in ("employment", "employment_act"):
            op.execute(f"ALTER TABLE {table} {force} ROW LEVEL SECURITY")


def _replace(table: str, former: list[Check], new: list[Check]) -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _make_anew(connection, table, former, new)
        return
    for name, _ in former:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    for name, check in new:
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, check)


def _make_anew(connection: Connection, table: str, former: list[Check], new: list[Check]) -> None:
    found = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type {} AND sql IS NOT NULL"
    (text,) = connection.exec_driver_sql(found.format("= 'table'"), (table,)).scalars()
    checks = ", ".join(f"CONSTRAINT ck_{table}_{name} CHECK ({check})" for name, check in new)
    for number, (name, _) in enumerate(former):
        text = _without(text, f"CONSTRAINT ck_{table}_{name} CHECK ", checks if number == 0 else "")
    beside = connection.exec_driver_sql(found.format("IN ('index', 'trigger')"), (table,)).scalars().all()
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}_new")
    connection.exec_driver_sql(re.sub(r'^CREATE TABLE "?\w+"?', f"CREATE TABLE {table}_new", text))
    connection.exec_driver_sql(f"INSERT INTO {table}_new SELECT * FROM {table}")
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"ALTER TABLE {table}_new RENAME TO {table}")
    for statement in beside:
        connection.exec_driver_sql(statement)


def _without(text: str, named: str, instead: str) -> str:
    """The table's text with ``instead`` where a check stands, up to the bracket that closes it; with its comma if nothing."""
    begins = text.index(named)
    depth, ends = 0, begins
    for ends in range(begins + len(named), len(text)):
        depth += {"(": 1, ")": -1}.get(text[ends], 0)
        if depth == 0:
            break
    before = text[:begins] if instead else text[:begins].rstrip().removesuffix(",")
    return f"{before}{instead}{text[ends + 1 :]}"
