"""Whoever sends an invitation again reads the membership once more when it is held: it may have ended while they waited."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, select, update

from portal import clock, scope
from portal.db import db
from portal.organisations.models import Membership
from tests.accounts.people import letters
from tests.forms import fields_of, submit
from tests.world import World

PEOPLE = "/arbete/personer"
Clock = Callable[[str], datetime]


@contextmanager
def ending_when_it_has_been_read(world: World, id: UUID) -> Iterator[list[str]]:
    """The membership has ended when it is read for the second time by a unit of work, as for whoever waited for its row. On
    SQLite nobody waits for a row, and the order of what is read is the same."""
    with world.app.app_context():
        engine = db.engine
    ended: list[str] = []

    def end(conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        of_one = "FROM membership" in statement and "WHERE membership.id = " in " ".join(statement.split())
        if of_one and not ended:
            ended.append(statement)
            conn.execute(update(Membership.__table__).where(Membership.id == id).values(ended_at=clock.now()))

    event.listen(engine, "after_cursor_execute", end)
    try:
        yield ended
    finally:
        event.remove(engine, "after_cursor_execute", end)


@pytest.mark.parametrize("accepted", [False, True])
def test_nothing_is_sent_to_one_whose_membership_ended_before_it_was_held(
    world: World, set_clock: Clock, accepted: bool
) -> None:
    office = world.browser(world.kansli)
    submit(office, PEOPLE, {"Namn": "Ny", "E-post": "ny@example.se", "role": "ledamot"})
    with world.acting(scope.PLATFORM) as session:
        invited = session.scalars(select(Membership.id).where(Membership.accepted_at.is_(None))).one()
    id = world.memberships[world.gunnel] if accepted else invited
    set_clock((clock.now() + timedelta(minutes=5)).isoformat())  # the first letter is no double click any more
    before = len(letters(world))
    token = fields_of(office.get("/arbete/byt"))["csrf_token"][0]
    with ending_when_it_has_been_read(world, id) as ended:
        answer = office.post(f"{PEOPLE}/{id}/skicka", data={"csrf_token": token})
    assert ended and answer.status_code == 404
    assert len(letters(world)) == before
