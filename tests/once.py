"""What is the same in each of a thousand small installations, made once for all those of a run: how addresses are
matched and built, compiled statements, compiled templates."""

from types import CodeType
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

_compile = Rule.compile
_rules: dict[tuple[object, ...], tuple[dict[str, Any], frozenset[str]]] = {}
OF_A_RULE = ("_parts", "_trace", "_converters")
BUILDERS = ("_build", "_build_unknown")


def _compile_once(rule: Rule) -> None:
    """An address's parts, and the functions that build it, are the same in each application, and slow to make."""
    assert rule.map is not None
    defaults = tuple(sorted((name, repr(value)) for name, value in (rule.defaults or {}).items()))
    place = (rule.rule, rule.host, rule.subdomain, rule.merge_slashes, defaults)
    key = (*place, rule.map.host_matching, *rule.map.converters.items())
    if key in _rules:
        made, arguments = _rules[key]
        rule.arguments |= arguments
        rule.__dict__.update({name: made[name] for name in OF_A_RULE})
        rule.__dict__.update({name: made[name].__get__(rule, None) for name in BUILDERS})
        return
    _compile(rule)
    made = {name: getattr(rule, name) for name in OF_A_RULE}
    _rules[key] = made | {name: getattr(rule, name).__func__ for name in BUILDERS}, frozenset(rule.arguments)


Rule.compile = _compile_once  # type: ignore[method-assign]

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
