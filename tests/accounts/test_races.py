"""Passwords: a link that two use at once, and an old password that is hashed anew while another is set."""

from typing import Any

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.accounts import tasks
from portal.accounts.models import PasswordRequest, Person
from portal.accounts.services import ASKED, LinkIsOver, ask_for_password, keep_hash, reset_password
from portal.jobs.models import Event
from portal.links.models import Purpose
from portal.links.services import make_link
from tests.accounts.people import give_account, letters, link_in
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


def test_two_letters_of_a_double_click_that_are_written_at_once_have_the_same_link(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_account(world, world.kansli)
    for _click in range(2):
        with world.writing(scope.PLATFORM) as session:
            ask_for_password(session, email="kansli@example.se", language="sv", at=clock.now())
    with world.acting(scope.PLATFORM) as session:
        one, two = session.scalars(select(Event).where(Event.kind == ASKED)).all()
        session.expunge_all()

    def answer(event: Event) -> None:
        with world.app.app_context():
            tasks.mail_password_link(event, clock.now())

    post = tasks.post_password_letter
    with second() as other:

        def posted(session: Any, *args: Any, **named: Any) -> None:
            post(session, *args, **named)
            session.flush()
            monkeypatch.setattr(tasks, "post_password_letter", post)
            other.begins(answer, two)

        monkeypatch.setattr(tasks, "post_password_letter", posted)
        answer(one)
        other.ends()
    first, again = letters(world)[-2:]
    assert link_in(first) == link_in(again)
    assert world.browser().get(link_in(first)).status_code == 200
    with world.acting(scope.PLATFORM) as session:
        assert session.scalars(select(PasswordRequest)).all() == []
