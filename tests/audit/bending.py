"""Ways to bend the log for whoever owns the database: past the triggers, with every right but without the key."""

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, create_engine, delete, insert, select, text, update

from portal.audit.models import AuditHead, AuditLine
from portal.config import Settings

LINE, HEAD = AuditLine.__table__, AuditHead.__table__
Bad = Mapping[UUID, int]  # chain: the number of its first bad line

CHANGES: dict[str, Callable[[Any], Any]] = {
    "id": lambda _: uuid4(),
    "at": lambda value: value + timedelta(microseconds=1),
    "actor": lambda _: "person:somebody-else",
    "verb": lambda value: value + "x",
    "object_id": lambda value: None if value else uuid4(),
    "reason": lambda value: value + " ",
    "previous_hash": lambda value: bytes([value[0] ^ 1]) + value[1:],
    "hash": lambda value: value[:-1] + bytes([value[-1] ^ 1]),
}


@contextmanager
def past_the_triggers(owner: Engine) -> Iterator[Connection]:
    """A transaction in which audit lines can be changed."""
    with owner.begin() as connection:
        if connection.dialect.name == "sqlite":
            for name in ("audit_line_never_changed", "audit_line_never_deleted"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        else:
            connection.execute(text("ALTER TABLE audit_line DISABLE TRIGGER audit_line_unchanging"))
        yield connection


@dataclass
class Bender:
    """One connection's worth of mischief. Each way returns what `portal audit verify` must answer."""

    db: Connection
    chance: random.Random

    def put_back(self, lines: list[dict[str, Any]], heads: list[dict[str, Any]]) -> None:
        """Everything as it was."""
        self.db.execute(delete(LINE))
        self.db.execute(delete(HEAD))
        self.db.execute(insert(LINE), lines)
        self.db.execute(insert(HEAD), heads)

    def line(self, chain: UUID, number: int) -> dict[str, Any]:
        wanted = select(LINE).where(LINE.c.chain_id == chain, LINE.c.number == number)
        return dict(self.db.execute(wanted).mappings().one())

    def change(self, chain: UUID, number: int, /, **values: Any) -> None:
        here = (LINE.c.chain_id == chain, LINE.c.number == number)
        assert self.db.execute(update(LINE).where(*here).values(**values)).rowcount == 1

    def head(self, chain: UUID, **values: Any) -> None:
        self.db.execute(update(HEAD).where(HEAD.c.id == chain).values(**values))

    def column(self, name: str, chain: UUID, count: int) -> Bad:
        number = self.chance.randint(1, count)
        self.change(chain, number, **{name: CHANGES[name](self.line(chain, number)[name])})
        return {chain: number}

    def renumbered(self, chain: UUID, count: int) -> Bad:
        number = self.chance.randint(1, count)
        self.change(chain, number, number=count + 100)
        return {chain: number}

    def into_a_new_chain(self, chain: UUID, count: int) -> Bad:
        number, new = self.chance.randint(1, count), uuid4()
        self.change(chain, number, chain_id=new)
        return {chain: number, new: 1}

    def deleted(self, chain: UUID, count: int) -> Bad:
        number = self.chance.randint(1, count - 1)
        self.db.execute(delete(LINE).where(LINE.c.chain_id == chain, LINE.c.number == number))
        return {chain: number}

    def swapped(self, chain: UUID, count: int) -> Bad:
        one, other = self.chance.sample(range(1, count + 1), 2)
        self.change(chain, one, number=-1)
        self.change(chain, other, number=one)
        self.change(chain, -1, number=other)
        return {chain: min(one, other)}

    def swapped_between(self, chain: UUID, other: UUID, count: int) -> Bad:
        number = self.chance.randint(1, count)
        self.change(chain, number, number=-1)
        self.change(other, number, chain_id=chain)
        self.change(chain, -1, chain_id=other, number=number)
        return {chain: number, other: number}

    def forged_at_the_end(self, chain: UUID, count: int, *, head_too: bool) -> Bad:
        last, forged = self.line(chain, count), self.chance.randbytes(32)
        new = {"id": uuid4(), "number": count + 1, "previous_hash": last["hash"], "hash": forged}
        self.db.execute(insert(LINE).values(**{**last, **new}))
        if head_too:
            self.head(chain, count=count + 1, last_hash=forged, sealed_count=count + 1)
        return {chain: count + 1}

    def copied_in(self, chain: UUID, count: int) -> Bad:
        number = self.chance.randint(1, count - 1)
        for later in range(count, number, -1):
            self.change(chain, later, number=later + 1)
        self.db.execute(insert(LINE).values(**{**self.line(chain, number), "id": uuid4(), "number": number + 1}))
        self.head(chain, count=count + 1)
        return {chain: number + 1}

    def before_the_first(self, chain: UUID, count: int) -> Bad:
        self.db.execute(insert(LINE).values(**{**self.line(chain, 1), "id": uuid4(), "number": 0}))
        return {chain: 0}

    def cut(self, chain: UUID, count: int, *, head_too: bool = False, seal_too: bool = False) -> Bad:
        left = self.chance.randint(1, count - 1)
        self.db.execute(delete(LINE).where(LINE.c.chain_id == chain, LINE.c.number > left))
        if head_too:
            self.head(chain, count=left, last_hash=self.line(chain, left)["hash"])
        if seal_too:
            self.head(chain, sealed_count=left)
        return {chain: left + 1}

    def head_changed(self, chain: UUID, count: int, /, **values: Any) -> Bad:
        self.head(chain, **values)
        return {chain: count + 1}

    def head_deleted(self, chain: UUID, count: int) -> Bad:
        self.db.execute(delete(HEAD).where(HEAD.c.id == chain))
        return {chain: count + 1}


def ways(count: int) -> list[Callable[[Bender, UUID, UUID], Bad]]:
    """Every way to bend a chain of ``count`` lines that has another beside it."""
    return [
        *(lambda b, chain, _, name=name: b.column(name, chain, count) for name in CHANGES),  # type: ignore[misc]
        lambda b, chain, _: b.renumbered(chain, count),
        lambda b, chain, _: b.into_a_new_chain(chain, count),
        lambda b, chain, _: b.deleted(chain, count),
        lambda b, chain, _: b.swapped(chain, count),
        lambda b, chain, other: b.swapped_between(chain, other, count),
        lambda b, chain, _: b.forged_at_the_end(chain, count, head_too=False),
        lambda b, chain, _: b.forged_at_the_end(chain, count, head_too=True),
        lambda b, chain, _: b.copied_in(chain, count),
        lambda b, chain, _: b.before_the_first(chain, count),
        lambda b, chain, _: b.cut(chain, count),
        lambda b, chain, _: b.cut(chain, count, head_too=True),
        lambda b, chain, _: b.cut(chain, count, head_too=True, seal_too=True),
        lambda b, chain, _: b.head_changed(chain, count, count=count - 1),
        lambda b, chain, _: b.head_changed(chain, count, last_hash=b"\1" * 32),
        lambda b, chain, _: b.head_changed(chain, count, seal=b"\1" * 32),
        lambda b, chain, _: b.head_deleted(chain, count),
    ]


@contextmanager
def owner_of(settings: Settings) -> Iterator[Engine]:
    """Whoever has the database and all rights to it."""
    engine = create_engine(settings.database_owner_url)
    try:
        yield engine
    finally:
        engine.dispose()
