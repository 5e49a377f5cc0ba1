"""Whoever has protected identity applies under a code name, and one named reader alone ever sees who it is."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Application
from portal.applications.services.sweeping import sweep
from portal.applications.services.wholeness import Lack, broken_things
from portal.audit.models import AuditLine
from portal.jobs.tasks import run_rounds
from portal.review.queries.papers import papers_of
from portal.vault.keystore import KeyGone
from portal.vault.services import the_vault
from tests.applications.paper import letters
from tests.crawl import crawl
from tests.door import own_browser
from tests.forms import submit
from tests.pages import XHTML, parse
from tests.protection.applying import CONTACT, NAME, PAPER, apply, identities, name_as_reader, pass_to, way_in
from tests.stage import add_person
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
TELLING = ("Gralarka", "Hemligström", "06 77", "1740677", "hemligstrom")


@pytest.fixture
def ad(world: World) -> Published:
    """The region employs, and Samira of the office reads."""
    name_as_reader(world, world.kansli)
    return publish_ad(world)


def test_without_a_reader_the_route_is_not_offered_and_says_what_to_do(world: World) -> None:
    made, browser = publish_ad(world), own_browser(world)
    page = browser.get(way_in(made)).get_data(as_text=True)
    assert "Ring en kontaktperson i annonsen" in page and "<form" not in page
    name_as_reader(world, world.gunnel)  # no one of the office
    assert "<form" not in browser.get(way_in(made)).get_data(as_text=True)


def test_nothing_of_who_it_is_stands_anywhere_for_anybody(world: World, ad: Published, set_clock: Clock) -> None:
    own = own_browser(world)
    kept = apply(own, ad)
    assert kept.status_code == 303
    add_person(world, "kollega", "kansli", party=world.party)
    shown = world.browser().get(kept.location).get_data(as_text=True)
    private = kept.location.removesuffix("/spara")
    (copied,) = [one for one in parse(shown).iter(f"{XHTML}p") if one.get("class") == "to-copy"]
    assert "".join(copied.itertext()) == f"http://localhost{private}", (
        "the link itself: behind the door it would be good in one browser alone"
    )
    assert [len(group.text or "") for group in copied.iter(f"{XHTML}span")] == [5] * 6, "set apart by no blank"
    set_clock("2027-02-01T10:00")
    run_rounds(world.app)
    (identity,) = identities(world)
    case = f"/arbete/rekryteringar/{ad.id}"
    starts = (
        "/arbete",
        "/arbete/rekryteringar",
        f"{case}/sokande",
        f"{case}/sokande/{identity.application_id}",
        "/arbete/inkomna",
    )
    told, seen = [], ""
    for person in (world.kansli, world.gunnel, world.region, world.rival_kansli, world.drift, None):
        for page in crawl(world.browser(person), [*starts, private], but=("/demo", "/static")):
            text = page.everything.decode(errors="replace")
            seen += text if person == world.kansli else ""
            told += [(person, word) for word in TELLING if word in text]
    assert told == []
    assert f"{identity.code_name} (kodnamn)" in seen
    staff = {"Ett beslut som väntades har inte kommit"}
    assert {one.subject for one in letters(world)} <= staff, "no mail of any kind to whoever applied"
    with world.acting(scope.party(world.party)) as session:
        assert not any(word.encode() in bytes(identity.name_sealed) for word in TELLING)
        row = session.get_one(Application, identity.application_id)
        assert (row.email_sealed, row.phone_sealed, row.address_print) == (None, None, None)


def test_the_reader_alone_opens_with_a_reason_each_time(world: World, ad: Published) -> None:
    apply(own_browser(world), ad)
    (identity,) = identities(world)
    page, reader = f"/arbete/rekryteringar/{ad.id}/skyddad/{identity.application_id}", world.browser(world.kansli)
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    for person in (colleague, world.gunnel, world.region, world.rival_kansli):
        for url in (page, f"{page}/cv"):
            assert world.browser(person).get(url).status_code == 404
    assert NAME not in reader.get(page).get_data(as_text=True)
    assert submit(reader, page, {"reason": ""}, "Öppna").status_code == 422
    opened = submit(reader, page, {"reason": "Kalla till intervju"}, "Öppna").get_data(as_text=True)
    assert NAME in opened and CONTACT in opened and "Kalla till intervju" in opened
    assert NAME not in reader.get(page).get_data(as_text=True), "once"
    assert PAPER in reader.get(f"{page}/cv").headers["Content-Disposition"]
    with world.acting(scope.party(world.party)) as session:
        lines = session.scalars(select(AuditLine).where(AuditLine.verb.startswith("identity."))).all()
        told = [line.verb for line in lines if line.verb != "identity.page_read"]
        assert told == [
            "identity.opened",
            "identity.paper_read",
        ]
        assert not any("intervju" in line.reason for line in lines)
    pass_to(world, colleague)
    assert reader.get(page).status_code == 404 and world.browser(colleague).get(page).status_code == 200


def test_the_office_names_one_of_its_own(world: World) -> None:
    office = world.browser(world.kansli)
    page = "/arbete/skyddad-identitet"
    assert submit(office, page, {"reader": str(world.kansli)}, "Spara").status_code == 303
    token = office.get(page).get_data(as_text=True).split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    refused = office.post(page, data={"csrf_token": token, "reader": str(world.gunnel)})
    assert refused.status_code == 422 and "Välj någon på kansliet" in refused.get_data(as_text=True)


def test_what_is_missing_is_told_and_nothing_is_kept(world: World, ad: Published) -> None:
    refused = apply(own_browser(world), ad, name="", background="")
    said = refused.get_data(as_text=True)
    assert refused.status_code == 422 and "Skriv ditt namn." in said and "Skriv om din utbildning" in said
    assert CONTACT in said and identities(world) == []


def test_taken_back_from_a_party_the_identity_and_its_key_are_gone(world: World, set_clock: Clock) -> None:
    name_as_reader(world, world.kansli)
    made, own = publish_ad(world, employer="party", deadline=date(2027, 1, 8)), own_browser(world)
    kept = apply(own, made, consent=True)
    (identity,) = identities(world)
    assert submit(own, kept.location.replace("/spara", "/ta-tillbaka"), {}, "Ta tillbaka ansökan").status_code == 303
    assert identities(world) == []
    with world.app.app_context():
        for key in (identity.id, identity.application_id):
            with pytest.raises(KeyGone):
                the_vault().key_store.get(key)


def test_the_sweeper_leaves_the_identitys_key(world: World, ad: Published, set_clock: Clock) -> None:
    apply(own_browser(world), ad)
    (identity,) = identities(world)
    with world.app.app_context():
        sweep(set_clock("2027-03-01T10:00"))
        assert the_vault().key_store.has(identity.id)


def test_an_identity_that_has_lost_its_key_is_told_of_and_one_that_was_erased_is_not(
    world: World, ad: Published
) -> None:
    apply(own_browser(world), ad)
    (identity,) = identities(world)
    with world.app.app_context():
        assert Lack.IDENTITY not in {one.lack for one in broken_things(clock.now())}
        the_vault().key_store.discard(identity.id)
        assert [one.application_id for one in broken_things(clock.now()) if one.lack is Lack.IDENTITY] == [identity.id]


def test_the_way_in_reads_in_english(world: World, ad: Published) -> None:
    page = own_browser(world).get(f"{way_in(ad)}?lang=en").get_data(as_text=True)
    assert "Apply without showing who you are" in page and "Ditt namn" not in page


def test_which_of_several_posts_is_asked_under_a_code_name_too(world: World, ad: Published) -> None:
    several, own = publish_ad(world, posts=2, extent_percent=40), own_browser(world)
    assert "Vilka av tjänsterna söker du?" not in own.get(way_in(ad)).get_data(as_text=True)
    assert apply(own, several, posts=["2"]).status_code == 303
    with world.acting(scope.party(several.party_id)) as session:
        application = session.scalars(select(Application).where(Application.ad_id == several.id)).one()
        papers = papers_of(session, application)
        assert papers is not None
        assert papers.posts == "2"
