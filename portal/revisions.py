"""Which version the database is at and which the code wants, without the library that migrates: every web process asks."""

import re
from functools import cache

from sqlalchemy import Engine, column, inspect, select, table

from portal.paths import MIGRATIONS

_NAMED = re.compile(r'^(revision|down_revision)\b[^=\n]*= ?"(\w+)"', re.MULTILINE)


@cache
def known_revisions() -> tuple[str, ...]:
    """Every version this code knows, the newest first. Each stands in its own file, with the one before it."""
    before: dict[str, str | None] = {}
    for path in (MIGRATIONS / "versions").glob("*.py"):
        named = dict(_NAMED.findall(path.read_text(encoding="utf-8")))
        before[named["revision"]] = named.get("down_revision")
    newest = set(before) - set(before.values())
    order = []
    while newest:
        (one,) = newest  # two would be two lines of versions: a fault in our own code
        order.append(one)
        newest = {former} if (former := before[one]) else set()
    return tuple(order)


def wanted_revision() -> str:
    """The version this code is written for."""
    return known_revisions()[0]


def present_revision(engine: Engine) -> str | None:
    """The version the database is at; None before the first migration."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.scalar(select(column("version_num")).select_from(table("alembic_version")))
