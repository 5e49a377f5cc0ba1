"""A candidate under a code name cannot write who they are into what everybody reads, and hears by mail what they ask for."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.ads.models import PublishedAd
from portal.applications.changes import ProtectedStays
from portal.applications.models import Application
from portal.applications.services.addressing import change_address, prepare_address
from portal.applications.services.asking import ask_candidate
from portal.applications.services.withdrawing import let_go_of_copies, withdraw_application
from portal.audit.services import CANDIDATE
from portal.jobs.tasks import run_rounds
from portal.privacy.rights.services.correcting import correct_details
from tests.applications.paper import letters
from tests.door import own_browser
from tests.forms import submit, submit_page
from tests.protection.applying import NAME, apply, identities, name_as_reader
from tests.world import World, publish_ad


@pytest.fixture
def own(world: World) -> tuple[object, str, Application]:
    """The candidate's browser, their page, and the row."""
    name_as_reader(world, world.kansli)
    browser = own_browser(world)
    kept = apply(browser, publish_ad(world))
    (identity,) = identities(world)
    with world.acting(scope.party(world.party)) as session:
        return browser, kept.location.removesuffix("/spara"), session.get_one(Application, identity.application_id)


@pytest.mark.parametrize("page", ["/andra/uppgifter", "/andra/handlingar", "/mina-uppgifter/kontakt"])
def test_nothing_of_what_was_sent_is_changed_by_the_candidate(own: tuple[object, str, Application], page: str) -> None:
    browser, address, _row = own
    shown = browser.get(f"{address}{page}").get_data(as_text=True)  # type: ignore[attr-defined]
    fields = ('name="name"', 'name="letter"', 'type="file"')
    assert "Du söker under kodnamn" in shown and not any(field in shown for field in fields)
    assert page not in browser.get(address).get_data(as_text=True)  # type: ignore[attr-defined]


def test_the_verbs_refuse_it_too_and_so_does_the_database(world: World, own: tuple[object, str, Application]) -> None:
    row = own[2]
    with world.acting(scope.party(world.party)) as session:
        ad, prepared = (
            session.get_one(PublishedAd, row.published_ad_id),
            prepare_address(session, row, "hen@example.org"),
        )
    told = {"prepared": prepared, "ad": ad, "actor": CANDIDATE, "at": clock.now()}
    with world.writing(scope.party(world.party)) as session, pytest.raises(ProtectedStays):
        correct_details(session, texts={"name": NAME, "email": "hen@example.org", "phone": ""}, **told)
    with world.writing(scope.party(world.party)) as session, pytest.raises(ProtectedStays):
        application = session.get_one(Application, row.id)
        change_address(session, application=application, email="hen@example.org", **told)
    with (
        pytest.raises(IntegrityError, match="protected_has_no_address"),
        world.writing(scope.party(world.party)) as session,
    ):
        session.get_one(Application, row.id).email_sealed = b"x"


@pytest.mark.parametrize(("address", "mails"), [("", 0), ("neutral@example.org", 1)])
def test_a_neutral_mail_tells_whoever_has_asked_for_it_that_something_waits(
    world: World, address: str, mails: int
) -> None:
    name_as_reader(world, world.kansli)
    apply(own_browser(world), publish_ad(world), address=address)
    (identity,) = identities(world)
    assert (identity.address_sealed is not None) == bool(address)
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Application, identity.application_id)
        ask_candidate(session, application=row, kind="message", endpoint="letterbox.own", text="Läs", at=clock.now())
    run_rounds(world.app)
    run_rounds(world.app)
    sent = letters(world)
    assert len(sent) == mails
    for letter in sent:
        assert (letter.to, letter.subject) == (address, "Något väntar på dig")
        said = letter.subject + letter.body
        assert not any(word in said for word in (NAME, "http", "parti", "Parti", identity.code_name, "ansök"))


def test_whoever_has_taken_theirs_back_before_a_worker_came_to_it_is_not_written_to(world: World) -> None:
    name_as_reader(world, world.kansli)
    apply(own_browser(world), publish_ad(world), address="neutral@example.org")
    (identity,) = identities(world)
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Application, identity.application_id)
        ask_candidate(session, application=row, kind="message", endpoint="letterbox.own", text="Läs", at=clock.now())
        withdraw_application(session, application_id=row.id, at=clock.now())
        let_go_of_copies(session, application_id=row.id, at=clock.now())
    run_rounds(world.app)
    assert letters(world) == []


def test_an_address_that_no_mail_reaches_is_told_beside_the_field(world: World) -> None:
    name_as_reader(world, world.kansli)
    refused = apply(own_browser(world), publish_ad(world), address="ingen adress")
    assert refused.status_code == 422 and "går inte att skicka till" in refused.get_data(as_text=True)


def test_erased_the_address_goes_with_the_rest(world: World) -> None:
    name_as_reader(world, world.kansli)
    browser = own_browser(world)
    kept = apply(browser, publish_ad(world, employer="party"), consent=True, address="neutral@example.org")
    assert identities(world)[0].address_sealed is not None
    page = kept.location.replace("/spara", "/ta-tillbaka")
    assert submit(browser, page, {}, "Ta tillbaka ansökan").status_code == 303
    assert identities(world) == []


def test_the_door_says_what_truly_happens_to_one_to_whom_no_code_can_be_mailed(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    name_as_reader(world, world.kansli)
    browser = world.browser()
    link = apply(browser, publish_ad(world)).location.removesuffix("/spara")
    door = browser.get(link).get_data(as_text=True)
    assert "öppnas sidan i den här webbläsaren i två timmar" in door and "mejlar" not in door
    place = submit(browser, link, {}, "Fortsätt").location
    assert "kodnamn" in browser.get(place).get_data(as_text=True)
    set_clock("2026-11-23T13:00")
    shut = browser.get(place).get_data(as_text=True)
    assert "Sidan har stängts." in shut and "mejl" not in shut.split("</main>")[0].split("<main")[1]
    assert submit(browser, place, {}, "Öppna").location == place
    assert "kodnamn" in browser.get(place).get_data(as_text=True) and letters(world) == []


def test_what_was_typed_while_the_door_shut_is_there_when_it_is_opened_again_without_a_code(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    name_as_reader(world, world.kansli)
    browser = world.browser()
    ad = publish_ad(world)
    link = apply(browser, ad).location.removesuffix("/spara")
    place = submit(browser, link, {}, "Fortsätt").location
    page = f"{place}/ta-tillbaka"
    shown = browser.get(page)
    set_clock("2026-11-23T13:00")
    parked = submit_page(browser, shown, page, {}, "Ta tillbaka ansökan")
    assert parked.status_code == 401 and "Det du skrev finns kvar." in parked.get_data(as_text=True)
    again = submit_page(browser, parked, page, {}, "Öppna")
    assert again.status_code == 200 and "Sidan är öppen igen." in again.get_data(as_text=True)


@pytest.mark.parametrize("page", ["/brev", "/intervju", "/mina-uppgifter"])
def test_where_more_than_one_reads_the_page_says_so_before_anything_is_written(
    world: World, own: tuple[object, str, Application], page: str
) -> None:
    browser, address, row = own
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Application, row.id).called_at = clock.now()
    shown = browser.get(f"{address}{page}").get_data(as_text=True)  # type: ignore[attr-defined]
    assert "Du söker under kodnamn. Skriv inget" in shown and "som visar vem du är" in shown
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Application, row.id).protected = False
    shown = browser.get(f"{address}{page}").get_data(as_text=True)  # type: ignore[attr-defined]
    assert "Du söker under kodnamn" not in shown, "to everybody else nothing of it is said"
