"""Whoever changes a party or an authority holds its row, and not against those who write what refers to it: who publishes has
the authority and then needs the party, who changes the party needs the two the other way round."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.db import db
from portal.organisations.access import Actor, Role
from portal.organisations.models import Authority, Party
from portal.organisations.retention import Retention
from portal.organisations.services.looking_over import look_over, mark_of, note_restored
from portal.organisations.services.settings import AUTHORITY_FIELDS, PARTY_FIELDS, change_authority, change_party
from portal.protection.services.reading import name_reader, name_reader_of_ad
from tests.database import POSTGRESQL
from tests.world import World, publish_ad

pytestmark = pytest.mark.skipif(not POSTGRESQL, reason="SQLite has one writer at a time")
UNSAID = Retention(None, "", None)
Act = Callable[[World, Session], None]


def _party(world: World, session: Session) -> None:
    saved = session.get_one(Party, world.party)
    values = {name: getattr(saved, name) for name in PARTY_FIELDS} | {"hue": 12}
    change_party(session, party_id=world.party, values=values, retention=UNSAID, by=world.kansli, at=clock.now())


def _authority(world: World, session: Session) -> None:
    saved = session.get_one(Authority, world.authority)
    values = {name: getattr(saved, name) for name in AUTHORITY_FIELDS} | {"data_officer": "Ombudet"}
    change_authority(
        session, authority_id=world.authority, values=values, retention=UNSAID, by=world.region, at=clock.now()
    )


def _office(world: World) -> Actor:
    return Actor(world.kansli, "Samira", world.memberships[world.kansli], Role.KANSLI, world.party)


def _reader(world: World, session: Session) -> None:
    name_reader(session, actor=_office(world), person_id=None, at=clock.now())


def _reader_of_ad(world: World, session: Session) -> None:
    ad = session.info["tried"]
    name_reader_of_ad(session, actor=_office(world), ad_id=ad, person_id=world.kansli, at=clock.now())


def _looked_over(world: World, session: Session) -> None:
    note_restored(session, of=clock.now())
    session.commit()
    assert look_over(session, actor=_office(world), shown=mark_of(session.get_one(Party, world.party)), at=clock.now())


@pytest.mark.parametrize("act", [_party, _authority, _reader, _reader_of_ad, _looked_over])
def test_what_refers_to_a_party_or_authority_is_written_while_that_is_changed(world: World, act: Act) -> None:
    ad = publish_ad(world)
    with world.writing(scope.party(world.party)) as session:
        session.info["tried"] = ad.id
        act(world, session)
        session.flush()
        with db.engine.connect() as other:  # as a foreign key asks: at once, or it is a fault
            for row in (Party, Authority):
                assert other.execute(select(row.id).with_for_update(read=True, key_share=True, nowait=True)).all()
