"""The wall between parties in the session: what one party writes, another cannot see, change or bind itself to."""

from collections import deque
from dataclasses import replace
from threading import Event, Thread
from time import sleep
from typing import Any

import pytest
from sqlalchemy import exists, func, select
from sqlalchemy.event.attr import _ClsLevelDispatch

from portal import scope
from portal.ads.models import Ad, AdCriterion
from portal.config import Settings
from portal.db import db, unit_of_work
from portal.factory import create_app
from portal.organisations.models import Party
from tests.world import World, publish_ad


def test_a_party_sees_its_own_ad_and_its_rival_does_not(world: World) -> None:
    ad = publish_ad(world)
    with world.acting(scope.party(world.party)) as session:
        assert session.get(Ad, ad.id) is not None
    with world.acting(scope.party(world.rival)) as session:
        assert session.get(Ad, ad.id) is None
        assert session.scalar(select(func.count()).select_from(Ad)) == 0
        assert session.scalar(select(exists().where(AdCriterion.ad_id == ad.id))) is False
        assert session.scalars(select(Party).where(exists().where(Ad.party_id == Party.id))).all() == []


def test_without_a_scope_a_scoped_table_is_refused(world: World) -> None:
    with world.app.app_context(), pytest.raises(scope.ScopeError):
        db.session.scalars(select(Ad)).all()


def test_a_second_scope_is_refused(world: World) -> None:
    with world.acting(scope.party(world.party)) as session, pytest.raises(scope.ScopeError):
        scope.act_for(session, scope.party(world.rival))


def test_a_row_of_another_party_cannot_be_written(world: World) -> None:
    ad = publish_ad(world)
    with world.acting(scope.party(world.rival)) as session, pytest.raises(scope.ScopeError):
        with unit_of_work(session):
            session.add(
                AdCriterion(
                    party_id=world.party,
                    authority_id=world.authority,
                    controller_id=world.party,
                    ad_id=ad.id,
                    position=9,
                    kind="krav",
                    text="främmande",
                )  # fmt: skip
            )


def test_an_authority_sees_what_it_employs_for_and_never_a_party_employed_ad(world: World) -> None:
    own, foreign = publish_ad(world), publish_ad(world, employer="party")
    with world.acting(scope.authority(world.authority)) as session:
        assert set(session.scalars(select(Ad.id))) == {own.id}
        assert session.get(Ad, foreign.id) is None


def test_who_reads_for_another_within_a_unit_of_work_is_itself_again_afterwards(world: World) -> None:
    own, theirs = publish_ad(world, employer="party"), publish_ad(world, party=world.rival)
    with world.writing(scope.party(world.party)) as session:
        with scope.reading_for(scope.authority(world.authority), within=session) as other:
            assert other.scalars(select(Ad.id)).all() == [theirs.id]
            assert db.engine.pool.checkedout() == 1, "nobody holds two connections"  # type: ignore[attr-defined]
        assert session.scalars(select(Ad.id)).all() == [own.id]
        session.get_one(Ad, own.id).title = "Ändrad"  # which PostgreSQL would refuse to anybody else
    with world.acting(scope.party(world.party)) as session:
        assert session.get_one(Ad, own.id).title == "Ändrad"


def test_who_reads_for_another_and_fails_is_itself_again_too(world: World) -> None:
    own = publish_ad(world, employer="party")
    with world.acting(scope.party(world.party)) as session:
        with pytest.raises(KeyError), scope.reading_for(scope.authority(world.authority), within=session):
            raise KeyError
        assert session.scalars(select(Ad.id)).all() == [own.id]


def test_nobody_reads_for_another_without_a_scope_of_their_own(world: World) -> None:
    with world.app.app_context(), pytest.raises(scope.ScopeError):
        with scope.reading_for(scope.authority(world.authority), within=db.session):
            raise AssertionError("this far nobody comes")


def test_the_wall_stands_before_the_first_two_threads_ask(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLAlchemy gathers the listeners of a session class at its first session, in no lock."""
    publish_ad(world)
    gather, begun, told = _ClsLevelDispatch.update_subclass, Event(), list[object]()

    def slowly(listeners: _ClsLevelDispatch[Any], sessions: type) -> None:
        if listeners.name == "do_orm_execute" and sessions not in listeners._clslevel:
            listeners._clslevel[sessions] = deque()
            begun.set()
            sleep(0.2)
        gather(listeners, sessions)

    def ask() -> None:
        with made.app_context():
            try:
                told.append(db.session.scalars(select(Ad)).all())
            except scope.ScopeError:
                told.append("refused")

    made = create_app(replace(settings))
    monkeypatch.setattr(_ClsLevelDispatch, "update_subclass", slowly)
    first, second = Thread(target=ask), Thread(target=ask)
    first.start()
    begun.wait(0.5)
    second.start()
    for one in (first, second):
        one.join()
    assert told == ["refused", "refused"]
