"""A step that a test has taken is given to the next as it was, and only where nothing else has happened in between."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import clock, scope
from portal.applications.models import Application
from portal.config import Settings
from portal.documents.models import Document
from portal.vault.services import open_application_key
from tests import steps
from tests.applicants import Sent, send_applications
from tests.database import POSTGRESQL
from tests.left_by_steps import read
from tests.world import World, publish_ad

pytestmark = pytest.mark.skipif(POSTGRESQL, reason="on PostgreSQL each step is taken")
Clock = Callable[[str], object]


@dataclass
class Told:
    """What a step changes."""

    often: int = 0


@dataclass
class Taken:
    """A step, how often it was taken, and the installation as it was before."""

    world: World
    back: Callable[[], None]
    often: int = 0

    def take(self, n: int = 1) -> list[Sent]:
        """Take it, or be given it."""

        @steps.kept
        def applied(world: World, n: int) -> list[Sent]:
            self.often += 1
            return send_applications(world, publish_ad(world), n)

        return applied(self.world, n)


@pytest.fixture
def taken(app: Flask, world: World, settings: Settings) -> Iterator[Taken]:
    """Going back makes of the installation what the next test has."""
    way = steps._way[0]
    assert way.is_whole()
    began, furnished = read(settings.instance_path), way.steps

    def back() -> None:
        assert way.is_whole()
        for name, data in began.items():
            (settings.instance_path / name).write_bytes(data)
        way.stand(furnished)

    yield Taken(world, back)
    steps._made.clear()


def test_what_was_taken_once_is_given_with_its_rows_its_keys_and_its_documents(
    taken: Taken, settings: Settings
) -> None:
    sent = taken.take()
    stood = read(settings.instance_path)
    taken.back()
    assert taken.take() == sent
    assert taken.often == 1
    assert read(settings.instance_path) == stood
    with taken.world.acting(scope.party(taken.world.party)) as session:
        row = session.get_one(Application, sent[0].id)
        key = open_application_key(session, application_id=row.id, controller_id=row.controller_id)
        document = session.get_one(Document, sent[0].document)
        assert key.open_text("application.name", row.name_sealed) == sent[0].name
        assert key.open_document("document", document.blob).endswith(sent[0].name.encode())


def test_the_next_test_has_an_answer_of_its_own(taken: Taken) -> None:
    first = taken.take()
    taken.back()
    second = taken.take()
    second.clear()
    taken.back()
    assert taken.take() == first


def test_it_goes_on_from_what_was_given(taken: Taken) -> None:
    for _ in range(2):
        taken.back()
        taken.take(1)
        taken.take(2)
    assert taken.often == 2
    with taken.world.acting(scope.party(taken.world.party)) as session:
        assert session.scalar(select(func.count()).select_from(Application)) == 3


def test_of_something_else_it_is_another(taken: Taken) -> None:
    taken.take(1)
    taken.back()
    assert len(taken.take(2)) == taken.often == 2


def test_where_anything_was_written_in_between_it_is_taken(taken: Taken) -> None:
    taken.take()
    taken.back()
    taken.world.browser(taken.world.kansli)
    taken.take()
    assert taken.often == 2


def test_at_another_instant_it_is_taken(taken: Taken, set_clock: Clock) -> None:
    for instant in ("2026-11-24T10:00", "2026-11-25T10:00"):
        set_clock(instant)
        taken.take()
        taken.back()
    assert taken.often == 2


def test_the_clock_goes_on_from_where_it_was_when_the_step_was_done(taken: Taken, set_clock: Clock) -> None:
    for _ in range(2):
        set_clock("2026-11-24T10:00")
        sent = taken.take()
        with taken.world.acting(scope.party(taken.world.party)) as session:
            since = clock.now() - session.get_one(Application, sent[0].id).changed_at
        assert timedelta() < since < timedelta(minutes=1)
        taken.back()
    assert taken.often == 1


def test_where_a_part_of_the_portal_is_replaced_it_is_neither_kept_nor_given(taken: Taken) -> None:
    for n, another in enumerate((True, False, True), 1):
        with pytest.MonkeyPatch.context() as patches:
            steps._way[0].patches = patches
            steps._way[0].made = steps._way[0].parts()
            if another:
                patches.setattr("portal.seen.__doc__", "another")
            taken.take()
        taken.back()
        assert taken.often == n


def test_what_it_changes_of_what_it_is_given_is_changed(taken: Taken) -> None:
    @steps.kept
    def told(world: World, one: Told) -> None:
        publish_ad(world)
        taken.often += 1
        one.often += 1

    for _ in range(2):
        of_it = Told()
        told(taken.world, of_it)
        taken.back()
        assert of_it.often == taken.often == 1


def test_a_step_that_answers_what_no_other_test_knows_cannot_be_kept(taken: Taken) -> None:
    with pytest.raises(steps.NotKnown):
        steps.kept(lambda world: world.browser())(taken.world)
