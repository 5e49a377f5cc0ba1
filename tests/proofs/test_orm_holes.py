"""The seven ways past the ORM's criteria: each shown open where the criteria stand alone, and shut in the product."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal import scope
from portal.ads.models import Ad, AdContact
from portal.config import Settings
from portal.db import db
from tests.database import POSTGRESQL, Databases
from tests.everything import past_the_walls
from tests.proofs.plugin import Proof
from tests.test_scope_holes import past_the_wall
from tests.world import Published, World, publish_ad

AD = Ad.__table__


@dataclass(frozen=True)
class Hole:
    """One way: what it does in a session of one's own (true: it reached what is the rival's), how it is written, and
    what shuts it: the session itself, or (where only PostgreSQL would at work) the rule on what may be written."""

    reaches: Callable[[Session, World, Published], bool]
    written: str
    shut_by_session: bool = False


def _held(session: Session, world: World, ad: Published) -> Ad:
    """The rival's object, out of a session that could read it."""
    with Session(session.get_bind()) as theirs:
        scope.act_for(theirs, scope.party(world.rival))
        held = theirs.get_one(Ad, ad.id)
        theirs.expunge(held)
        return held


def _core(session: Session, _world: World, ad: Published) -> bool:
    return bool(session.execute(select(AD).where(AD.c.id == ad.id)).all())


def _text(session: Session, _world: World, _ad: Published) -> bool:
    return bool(session.execute(text("SELECT id FROM ad")).all())


def _from_statement(session: Session, _world: World, _ad: Published) -> bool:
    return bool(session.scalars(select(Ad).from_statement(text("SELECT * FROM ad"))).all())


def _identity_map(session: Session, world: World, ad: Published) -> bool:
    with Session(session.get_bind()) as changing:
        scope.act_for(changing, scope.party(world.rival))
        held = changing.get_one(Ad, ad.id)
        scope.act_for(changing, scope.party(world.party))
        return changing.get(Ad, ad.id) is held


def _insert(session: Session, world: World, ad: Published) -> bool:
    session.add(
        AdContact(
            id=uuid4(), party_id=world.rival, authority_id=world.authority, controller_id=world.rival, ad_id=ad.id,
            position=9, name="Främling",
        )
    )  # fmt: skip
    session.flush()
    return True


def _update(session: Session, world: World, ad: Published) -> bool:
    held = _held(session, world, ad)
    session.add(held)
    held.title = "Ändrad"
    session.flush()
    return True


def _bulk_mappings(session: Session, _world: World, ad: Published) -> bool:
    session.bulk_update_mappings(Ad.__mapper__, [{"id": ad.id, "title": "Ändrad"}])
    session.flush()
    return session.scalar(text("SELECT count(*) FROM ad WHERE title = 'Ändrad'")) == 1


HOLES = {
    "a table of the core": Hole(_core, "rows = session.execute(select(Ad.__table__))"),
    "text": Hole(_text, "from sqlalchemy import text"),
    "from_statement": Hole(_from_statement, "rows = session.scalars(select(Ad).from_statement(made))"),
    "the identity map after a change of scope": Hole(_identity_map, 'session.info["scope"] = other', True),
    "INSERT with the rival's party": Hole(_insert, "", True),
    "UPDATE of an object of the rival's": Hole(_update, "", True),
    "bulk mappings": Hole(_bulk_mappings, "session.bulk_update_mappings(Ad, values)"),
}


@pytest.mark.proof(
    "De sju kända hålen i det första skyddet mellan partierna är stängda av nästa.",
    how="each hole tried with the ORM's criteria alone, and in the product: session, database, rule on the source",
    short={},
    full={},
)
def test_each_hole_is_open_in_the_criteria_alone_and_shut_in_the_product(
    proof: Proof, world: World, settings: Settings, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    ad, shut_by = publish_ad(world, party=world.rival, employer="party"), Counter[str]()
    with world.app.app_context():
        shut = {name: not _reached(hole, db.engine, world, ad) for name, hole in HOLES.items()}
    for name, hole in HOLES.items():
        shut_by["the session"] += hole.shut_by_session and shut[name]
        shut_by["the database"] += not hole.shut_by_session and shut[name]
        shut_by["the rule on the source"] += bool(hole.written and past_the_wall(hole.written))
    with _criteria_alone(settings, databases, monkeypatch) as engine:
        opened = [name for name, hole in HOLES.items() if _reached(hole, engine, world, ad)]
    left = [name for name, hole in HOLES.items() if not shut[name] and not past_the_wall(hole.written)]
    proof.came_to(
        holes=len(HOLES), open_in_the_criteria_alone=len(opened), shut_by_the_session=shut_by["the session"],
        shut_by_the_database=shut_by["the database"], forbidden_in_the_source=shut_by["the rule on the source"],
        left_open=len(left),
    )  # fmt: skip
    assert opened == list(HOLES)
    assert left == []
    assert dict(shut_by) == {"the session": 3, "the database": 4 if POSTGRESQL else 0, "the rule on the source": 5}


@contextmanager
def _criteria_alone(settings: Settings, databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """No row level security, no check before the flush, and a session that may change its scope."""

    def act_for(session: Session, who: scope.Scope) -> None:
        session.info["scope"], session.info["scope_criteria"] = who, tuple(scope._criteria(who))

    monkeypatch.setattr("portal.scope.act_for", act_for)
    monkeypatch.setattr("portal.scope._may_write", lambda _scope, _row: True)
    engine = past_the_walls(settings, databases)
    yield engine
    engine.dispose()


def _reached(hole: Hole, engine: Engine, world: World, ad: Published) -> bool:
    with Session(engine) as session:
        scope.act_for(session, scope.party(world.party))
        assert session.scalars(select(Ad)).all() == [], "the criteria themselves hold"
        try:
            return hole.reaches(session, world, ad)
        except (scope.ScopeError, StaleDataError, DBAPIError):
            return False
        finally:
            session.rollback()
