"""A name, an address or a telephone that is put right after the last day arrives as every other change: with a number of
its own, and what came before stays what came (TF 2:9)."""

import io
import zipfile

import pytest
from sqlalchemy import select

from portal import scope
from portal.audit.models import AuditLine
from portal.disclosure.requests import Answer
from tests.applicants import Sent
from tests.decisions.recruiting import closed_recruitment
from tests.disclosure.asking import entries_of
from tests.disclosure.test_changed_since import picture, reviewed
from tests.disclosure.test_opened import words_in
from tests.door import own_browser
from tests.forms import submit
from tests.privacy.candidates import Clock, link_of
from tests.privacy.test_registered import registered
from tests.world import World

NEW = "070-174 06 99"


@pytest.fixture
def closed(world: World, set_clock: Clock) -> Sent:
    """One who has applied where the region employs, whose details alone can be changed by now."""
    _ad, (sent,) = closed_recruitment(world, set_clock, 1)
    return sent


def put_right(world: World, sent: Sent) -> None:
    place = f"{link_of(world, sent)}/mina-uppgifter/kontakt"
    assert submit(own_browser(world), place, {"Telefon": NEW}).status_code == 303


def records(world: World) -> dict[str, str]:
    """What each record that was typed says in the folder that the registrar takes away, by kind."""
    folder = zipfile.ZipFile(io.BytesIO(world.browser(world.region).get("/arbete/inkomna/register.zip?filer=ja").data))
    typed = [row for row in entries_of(world) if row.kind in ("application", "change")]
    return {row.kind: words_in(folder.read(f"handlingar/{row.register_number:05d}-{row.kind}.pdf")) for row in typed}


def test_what_is_put_right_has_a_number_and_the_application_says_what_it_said(world: World, closed: Sent) -> None:
    before = records(world)
    put_right(world, closed)
    after = records(world)
    assert NEW not in after["application"] and after["application"] == before["application"]
    assert NEW in after["change"] and closed.name not in after["change"], "the change is what it brought, and no more"


def test_what_was_reviewed_is_handed_out_whatever_is_put_right_since(world: World, closed: Sent) -> None:
    registrar = world.browser(world.region)
    _record, page = reviewed(world, closed, Answer.OPEN)
    before = registrar.get(f"{page}.pdf")
    put_right(world, closed)
    after = registrar.get(f"{page}.pdf")
    assert (before.status_code, after.status_code) == (200, 200) and picture(after.data) == picture(before.data)
    assert "Skriv beslutet" in registrar.get(page.split("/handlingar")[0]).get_data(as_text=True)


def test_what_the_office_puts_right_at_the_candidates_word_is_logged_as_the_offices(
    world: World, set_clock: Clock
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    place = registered(world, ad, one, "correction")
    assert submit(world.browser(world.kansli), place, {"Telefon": NEW}, "Spara rättelsen").status_code == 303
    assert NEW in records(world)["change"]
    with world.acting(scope.PLATFORM) as session:
        rows = select(AuditLine.actor).where(AuditLine.verb == "application.changed")
        assert session.scalars(rows).all() == [f"person:{world.kansli}"]


def test_where_a_party_employs_nothing_is_kept_of_what_stood_there(world: World, set_clock: Clock) -> None:
    _ad, (sent,) = closed_recruitment(world, set_clock, 1, employer="party")
    put_right(world, sent)
    with world.acting(scope.PLATFORM) as session:
        assert not session.scalars(select(AuditLine.id).where(AuditLine.verb == "application.changed")).all()
