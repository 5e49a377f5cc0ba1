"""Passwords: a link that two use at once, and an old password that is hashed anew while another is set."""

import pytest

from portal import clock, scope
from portal.accounts.models import Person
from portal.accounts.services import LinkIsOver, keep_hash, reset_password
from portal.links.models import Purpose
from portal.links.services import make_link
from tests.accounts.people import give_account
from tests.at_once import second
from tests.world import World

NEW, OTHER = "hash of the first one's", "hash of the second one's"


def hash_of(world: World) -> str | None:
    with world.acting(scope.PLATFORM) as session:
        return session.get_one(Person, world.kansli).password_hash


def test_of_two_who_use_a_link_to_a_new_password_at_once_the_second_finds_it_used(world: World) -> None:
    give_account(world, world.kansli)
    with world.writing(scope.PLATFORM) as session:
        token = make_link(
            session, purpose=Purpose.PASSWORD, subject_id=world.kansli, scope=scope.PLATFORM, at=clock.now(),
            expires_at=clock.now().replace(year=2027),
        )  # fmt: skip

    def reset() -> None:
        with world.writing(scope.PLATFORM) as session:
            reset_password(session, token=token, password_hash=OTHER, at=clock.now())

    with second() as other:
        with world.writing(scope.PLATFORM) as session:
            reset_password(session, token=token, password_hash=NEW, at=clock.now())
            session.flush()
            other.begins(reset)
        with pytest.raises(LinkIsOver):
            other.ends()
    assert hash_of(world) == NEW


def test_an_old_password_does_not_come_back_in_the_place_of_a_new_one(world: World) -> None:
    give_account(world, world.kansli)
    former = hash_of(world)
    with world.writing(scope.PLATFORM) as session:
        assert keep_hash(session, person_id=world.kansli, former=former, password_hash=NEW)
    with world.writing(scope.PLATFORM) as session:
        assert not keep_hash(session, person_id=world.kansli, former=former, password_hash=OTHER)
    assert hash_of(world) == NEW
