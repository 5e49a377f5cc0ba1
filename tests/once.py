"""What is the same in each of a thousand small installations, made once for all those of a run: the map of addresses,
compiled statements, compiled templates."""

from types import CodeType
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from werkzeug.routing import Map

from portal.factory import Portal

_add = Flask.add_url_rule
_maps: dict[tuple[object, ...], Map] = {}


def _note(
    app: Portal, rule: str, endpoint: str | None = None, view_func: Any = None,
    provide_automatic_options: bool | None = None, **options: Any,
) -> None:  # fmt: skip
    """Add an address: for now its view alone. The map is made when it is asked for, and of all the applications that add
    the same by the first alone; hundreds of rules took three quarters of the time in which an application is made."""
    app._check_setup_finished("add_url_rule")
    noted: list[tuple[Any, ...]] = app.__dict__.setdefault("noted", [])
    known = app.view_functions.setdefault(endpoint or view_func.__name__, view_func)
    assert known is view_func, f"two views of one name: {endpoint}"
    noted.append((rule, endpoint, view_func, provide_automatic_options, options))
    app.__dict__.pop("map", None)


def _map_of(app: Portal) -> Map:
    if "map" not in app.__dict__:
        noted = app.__dict__.get("noted", [])
        key = tuple((*one, *sorted((name, repr(value)) for name, value in how.items())) for *one, how in noted)
        app.__dict__["map"] = _maps.get(key) or app.url_map_class(host_matching=app.__dict__["empty"].host_matching)
        if key not in _maps:
            for rule, endpoint, view, automatic, options in noted:
                _add(app, rule, endpoint, view, automatic, **options)
            _maps[key] = app.__dict__["map"]
    made: Map = app.__dict__["map"]
    return made


Portal.add_url_rule = _note  # type: ignore[assignment, method-assign]
Portal.url_map = property(_map_of, lambda app, empty: app.__dict__.update(empty=empty))  # type: ignore[assignment]

# A statement compiled for one test's database is the same in the next one's: a database's dialect is known by its kind.
for _dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
    _dialect.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[assignment, method-assign]
    _dialect.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]
statements: LRUCache[Any, Any] = LRUCache(5_000)


class TemplatesInMemory(BytecodeCache):
    """Compiled templates, kept over all the applications that one run makes."""

    def __init__(self) -> None:
        self.compiled: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self.compiled[bucket.key, bucket.checksum] = bucket.code


templates = TemplatesInMemory()
