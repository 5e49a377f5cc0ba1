"""A person's own name stands under what they sign and send: another one leaves a line in the log."""

import pytest
from sqlalchemy import select

from portal.audit.models import AuditLine
from portal.audit.services import PLATFORM_CHAIN
from portal.db import db
from tests.forms import submit
from tests.world import World


def lines(world: World) -> list[AuditLine]:
    with world.app.app_context():
        return list(db.session.scalars(select(AuditLine).where(AuditLine.verb == "account.renamed")))


@pytest.mark.parametrize("who", ["kansli", "region"])
def test_who_takes_another_name_leaves_a_line_where_they_work(world: World, who: str) -> None:
    person = getattr(world, who)
    browser = world.browser(person)
    assert submit(browser, "/konto", {"Namn": "Ett Annat Namn", "Titel": "Kanslichef"}).status_code == 303
    (line,) = lines(world)
    chain = world.party if who == "kansli" else PLATFORM_CHAIN
    assert (line.chain_id, line.actor, line.object_id) == (chain, f"person:{person}", person)
    assert submit(browser, "/konto", {"Namn": "Ett Annat Namn", "Titel": "En annan titel"}).status_code == 303
    assert len(lines(world)) == 1, "the name is the same"
