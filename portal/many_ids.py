"""Many ids given to a database as one value, which it reads as a table: to write a place for each of a thousand, and fill it,
takes longer than the answer."""

import json
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Dialect, Uuid, column, func, literal


def each_of(ids: Iterable[UUID], dialect: Dialect) -> ColumnElement[UUID]:
    """The ids as the one column of a table of their own, to be selected or joined with."""
    if dialect.name == "sqlite":
        return func.json_each(json.dumps([id.hex for id in ids])).table_valued(column("value", Uuid)).c.value
    return func.unnest(literal(list(ids), ARRAY(Uuid))).column_valued("given")
