"""Whoever leaves a meeting and comes back was there twice.

Why: with one row for each person, who came back had never been away, and the minutes said that they had heard what they had
not. Each stay is a row now; there is one at most that is not over. A stay that is there is the first of its person.

SQLite cannot take a constraint away: there the table is made anew from its own text.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

TABLE, COLUMNS = "meeting_presence", "party_id, meeting_id, person_id"
ONCE = f"uq_{TABLE}_party_id_meeting_id_person_id"
NOT_OVER = sa.text("left_at IS NULL")
OF_ONE = " AND ".join(f"other.{one} = {TABLE}.{one}" for one in COLUMNS.split(", "))


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f(ONCE), TABLE, type_="unique")
    else:
        _made_anew(f", CONSTRAINT {ONCE} UNIQUE ({COLUMNS})", "")
    op.create_index(
        op.f("one_stay_that_is_not_over"), TABLE, COLUMNS.split(", "), unique=True,
        sqlite_where=NOT_OVER, postgresql_where=NOT_OVER,
    )  # fmt: skip


def downgrade() -> None:
    """The program from before knows one stay of each: from when the first began until the last was over."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    op.drop_index(op.f("one_stay_that_is_not_over"), TABLE)
    if on_postgresql:  # within this transaction the table's owner reaches every party's rows
        op.execute(f"ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY")
    op.execute(
        f"UPDATE {TABLE} SET left_at = (SELECT CASE WHEN count(other.left_at) = count(*) THEN max(other.left_at) END "
        f"FROM {TABLE} AS other WHERE {OF_ONE})"
    )
    op.execute(
        f"DELETE FROM {TABLE} WHERE EXISTS (SELECT 1 FROM {TABLE} AS other WHERE {OF_ONE} AND (other.came_at < "
        f"{TABLE}.came_at OR (other.came_at = {TABLE}.came_at AND other.id < {TABLE}.id)))"
    )
    if on_postgresql:
        op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
        op.create_unique_constraint(op.f(ONCE), TABLE, COLUMNS.split(", "))
    else:
        _made_anew("", f", CONSTRAINT {ONCE} UNIQUE ({COLUMNS})")


def _made_anew(without: str, with_: str) -> None:
    """The table with its rows, indices and triggers; one part of its text taken out, or one put in at its end."""
    connection = op.get_bind()
    found = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type {} AND sql IS NOT NULL"
    (text,) = connection.exec_driver_sql(found.format("= 'table'"), (TABLE,)).scalars()
    lines = re.sub(r"\s*\n\s*", " ", text)
    assert without in lines
    lines = lines.replace(without, "").rstrip().removesuffix(")") + with_ + ")"
    beside = connection.exec_driver_sql(found.format("IN ('index', 'trigger')"), (TABLE,)).scalars().all()
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {TABLE}_new")
    connection.exec_driver_sql(re.sub(r'^CREATE TABLE "?\w+"?', f"CREATE TABLE {TABLE}_new", lines))
    connection.exec_driver_sql(f"INSERT INTO {TABLE}_new SELECT * FROM {TABLE}")
    connection.exec_driver_sql(f"DROP TABLE {TABLE}")
    connection.exec_driver_sql(f"ALTER TABLE {TABLE}_new RENAME TO {TABLE}")
    for statement in beside:
        connection.exec_driver_sql(statement)
