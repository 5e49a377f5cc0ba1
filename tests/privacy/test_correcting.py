"""GDPR art. 16: contact details are put right at once; whoever assesses sees the new ones, and an authority keeps the old."""

from datetime import date
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import scope
from portal.applications.models import Application
from portal.applications.services.drafting import key_of
from portal.audit.models import AuditLine
from portal.privacy.rights.queries.texts import place_of
from tests.applicants import send_applications
from tests.applications.paper import apply, letters, private_link, readdress
from tests.decisions.recruiting import closed_recruitment
from tests.door import own_browser
from tests.forms import submit, submit_page
from tests.intake.registering import add_cv, begin, finish, intakes, printed_link
from tests.privacy.candidates import Clock, link_of, requests_in, row_of
from tests.world import World, publish_ad

CHANGED = {"Namn": "Elin Nyman", "E-post": "elin.nyman@example.se", "Telefon": "070-174 06 30"}


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_the_new_name_is_seen_at_once_and_only_an_authority_keeps_the_former(
    world: World, set_clock: Clock, employer: str
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer=employer)
    assert readdress(own_browser(world), f"{link_of(world, one)}/mina-uppgifter/kontakt", CHANGED).status_code == 303
    listed = world.browser(world.kansli).get(f"/arbete/rekryteringar/{ad.id}/sokande").get_data(as_text=True)
    assert "Elin Nyman" in listed
    assert one.name not in listed
    (row,) = requests_in(world)
    assert (row.kind, row.result) == ("contact", "done")
    with world.acting(scope.party(world.party)) as session:
        key = key_of(session.get_one(Application, one.id))
        kept = key.open_text(place_of(row, "text"), row.text_sealed) if row.text_sealed else ""
    assert kept == (f"{one.name}\n{one.email}\n070-174 06 21" if employer == "authority" else "")
    (told,), (receipt,) = letters(world, "details"), letters(world, "receipt")
    assert (told.to, receipt.to) == (one.email, "elin.nyman@example.se"), "one mail to each, and no more"
    assert "/ansokan/" not in told.body, "the former address may be a stranger's by now"
    assert link_of(world, one) in receipt.body
    for mail in (told, receipt):
        assert not any(word in mail.subject + mail.body for word in ("Elin", "parti", one.name))
    arrived = ["application.changed"] if employer == "authority" else []
    assert verbs_of(world, one.id) == ["application.address_changed", *arrived, "application.details_changed"]


@pytest.mark.parametrize("closed", [True, False])
def test_an_address_that_is_only_spelt_otherwise_keeps_its_link(
    world: World, client: FlaskClient, set_clock: Clock, closed: bool
) -> None:
    ad = publish_ad(world)
    link = private_link(apply(client, ad))
    if closed:
        set_clock("2026-12-14T10:00")
    where, button = ("mina-uppgifter/kontakt", None) if closed else ("andra/uppgifter", "Spara ändringarna")
    browser = own_browser(world)
    assert submit(browser, f"{link}/{where}", {"E-post": "Alma@example.se"}, button).status_code == 303
    page = browser.get(link)
    assert page.status_code == 200 and "Alma@example.se" in page.get_data(as_text=True)
    assert len(letters(world, "receipt")) == 1


def verbs_of(world: World, id: UUID) -> list[str]:
    """What was done to an application, readings and visits apart."""
    wanted = select(AuditLine.verb).where(AuditLine.object_id == id, AuditLine.verb.endswith("changed"))
    with world.acting(scope.PLATFORM) as session:
        return sorted(session.scalars(wanted))


def test_a_new_address_gets_a_new_link_and_the_former_link_opens_nothing(world: World, set_clock: Clock) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    former = link_of(world, one)
    answer = readdress(own_browser(world), f"{former}/mina-uppgifter/kontakt", {"E-post": "ny@example.se"})
    assert answer.headers["Location"] == "/ansokan/ny-adress"
    assert link_of(world, one) != former
    assert own_browser(world).get(former).status_code == 404
    phone = submit(own_browser(world), f"{link_of(world, one)}/mina-uppgifter/kontakt", {"Telefon": "070-174 06 31"})
    assert phone.headers["Location"].endswith("/mina-uppgifter#begaran"), "the link stays where the address does"
    assert [mail.to for mail in letters(world, "details")] == [one.email, "ny@example.se"]


def test_the_same_again_changes_nothing_and_what_cannot_be_written_to_is_kept_in_the_form(
    world: World, set_clock: Clock
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    path = f"{link_of(world, one)}/mina-uppgifter/kontakt"
    assert submit(own_browser(world), path).status_code == 303
    assert requests_in(world) == []
    page = submit(own_browser(world), path, {"Namn": "N" * 121, "E-post": "ingen adress"})
    assert page.status_code == 422
    assert "ingen adress" in page.get_data(as_text=True)
    assert row_of(world, ad, one.id).changed_at < set_clock("2026-12-14T09:05")


def test_an_address_that_has_applied_already_is_taken_like_every_other(world: World, set_clock: Clock) -> None:
    """Whoever writes it must not learn that it has applied, and the first one's application is not disturbed."""
    ad, (one, two) = closed_recruitment(world, set_clock, 2, employer="party")
    (free,) = send_applications(world, ad, 1, start=5)
    taken, other = (
        readdress(own_browser(world), f"{link_of(world, one)}/mina-uppgifter/kontakt", {"E-post": to})
        for to in (two.email, "ny@example.se")
    )
    assert (taken.status_code, taken.headers["Location"]) == (other.status_code, other.headers["Location"])
    prints = {row_of(world, ad, each.id).address_print for each in (one, two, free)}
    assert len(prints) == 3


@pytest.mark.parametrize(("last_day", "button"), [(11, "Spara uppgifterna"), (18, "Spara ändringarna")])
def test_whoever_came_on_paper_without_an_address_puts_name_and_telephone_right_all_the_same(
    world: World, set_clock: Clock, last_day: int, button: str
) -> None:
    ad = publish_ad(world, deadline=date(2026, 12, last_day))
    set_clock("2026-12-14T10:00")
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-09").location
    add_cv(office, page)
    printed = office.get(finish(office, page).location).get_data(as_text=True)
    link, own = printed_link(printed), own_browser(world)
    own.get(link)
    shown = own.get(f"{link}/mina-uppgifter/kontakt", follow_redirects=True)
    assert submit_page(own, shown, shown.request.path, {"phone": "070-174 06 30"}, button).status_code == 303
    ((_, application),) = intakes(world, world.party)
    assert application is not None and application.email_sealed is None
    with world.acting(scope.party(world.party)) as session:
        row = session.get_one(Application, application.id)
        assert key_of(row).open_text("application.phone", row.phone_sealed or b"") == "070-174 06 30"
    assert letters(world) == []
    again = own.get(f"{link}/mina-uppgifter/kontakt", follow_redirects=True)
    wrong = submit_page(own, again, again.request.path, {"name": "", "email": "nej"}, button)
    assert wrong.status_code == 422 and "Skriv ditt namn." in wrong.get_data(as_text=True)


def test_an_address_that_there_is_cannot_be_emptied(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    refused = submit(own_browser(world), f"{link_of(world, one)}/mina-uppgifter/kontakt", {"email": ""})
    assert refused.status_code == 422 and "Skriv din e-postadress." in refused.get_data(as_text=True)
    assert row_of(world, ad, one.id).email_sealed is not None and requests_in(world) == []
