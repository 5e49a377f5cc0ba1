"""Requests that came to the office by letter, telephone or visit; consents that are taken back there; and when a candidate
opened what they were asked to do, and a deputy the case they were called to.

Why: a request that did not come by the private link had nowhere to stand, so nobody's month was counted. Whoever had sent a
mail about an interview, or called a deputy, could see that the mail had left and not that it had been opened. Columns that
are empty for all there is; a program from before this goes on working, and knows one kind of request less.

SQLite cannot change a constraint: there the table is made anew from its own text.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TABLE = "candidate_request"
KNOWN = "CONSTRAINT ck_candidate_request_known_kind CHECK "
KINDS = "'contact', 'correction', 'erasure', 'restriction', 'objection', 'copy', 'merits'"
FORMER, NEW = f"kind IN ({KINDS})", f"kind IN ({KINDS}, 'consent')"
WAY = (
    "came_by VARCHAR NOT NULL DEFAULT '' "
    "CONSTRAINT ck_candidate_request_known_way CHECK (came_by IN ('', 'letter', 'telephone', 'visit'))"
)
BY = (
    "registered_by {uuid} CONSTRAINT fk_candidate_request_registered_by REFERENCES person (id) "
    "CONSTRAINT ck_candidate_request_registered_by_somebody CHECK ((came_by = '') = (registered_by IS NULL))"
)
OPENED = ("candidate_task", "deputy_call")


def upgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    _let_kinds_be(FORMER, NEW)
    for column in (WAY, BY.format(uuid="UUID" if on_postgresql else "CHAR(32)")):
        op.execute(f"ALTER TABLE {TABLE} ADD COLUMN {column}")
    for table in OPENED:
        op.add_column(table, sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """The program from before knows no consent taken back: it was an objection, or a restriction or an erasure where the
    candidate has an objection that waits."""
    for table in OPENED:
        op.drop_column(table, "opened_at")
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    _force_walls("NO FORCE", on_postgresql)
    for kind in ("objection", "restriction", "erasure"):
        op.execute(
            f"UPDATE {TABLE} SET kind = '{kind}' WHERE kind = 'consent' AND (answered_at IS NOT NULL OR NOT EXISTS ("
            f"SELECT 1 FROM {TABLE} AS other WHERE other.application_id = {TABLE}.application_id "
            f"AND other.kind = '{kind}' AND other.answered_at IS NULL))"
        )
    _force_walls("FORCE", on_postgresql)
    _let_kinds_be(NEW, FORMER)
    for column in ("registered_by", "came_by"):  # each with the constraints that it brought
        op.execute(f"ALTER TABLE {TABLE} DROP COLUMN {column}")


def _force_walls(force: str, on_postgresql: bool) -> None:
    """Within this transaction the table's owner reaches every party's rows; else it would find none, without a word."""
    if on_postgresql:
        op.execute(f"ALTER TABLE {TABLE} {force} ROW LEVEL SECURITY")


def _let_kinds_be(former: str, new: str) -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_candidate_request_known_kind"), TABLE, type_="check")
        op.create_check_constraint(op.f("ck_candidate_request_known_kind"), TABLE, new)
        return
    found = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type {} AND sql IS NOT NULL"
    (text,) = connection.exec_driver_sql(found.format("= 'table'"), (TABLE,)).scalars()
    assert f"{KNOWN}({former})" in text
    text = text.replace(f"{KNOWN}({former})", f"{KNOWN}({new})")
    beside = connection.exec_driver_sql(found.format("IN ('index', 'trigger')"), (TABLE,)).scalars().all()
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {TABLE}_new")
    connection.exec_driver_sql(re.sub(r'^CREATE TABLE "?\w+"?', f"CREATE TABLE {TABLE}_new", text))
    connection.exec_driver_sql(f"INSERT INTO {TABLE}_new SELECT * FROM {TABLE}")
    connection.exec_driver_sql(f"DROP TABLE {TABLE}")
    connection.exec_driver_sql(f"ALTER TABLE {TABLE}_new RENAME TO {TABLE}")
    for statement in beside:
        connection.exec_driver_sql(statement)
