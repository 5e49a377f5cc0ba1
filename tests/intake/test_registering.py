"""The office registers what came by post or mail, for the person: as of the day it came, and to a party with consent."""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.applications import consent
from portal.applications.models import Application
from portal.applications.services.sweeping import sweep
from portal.applications.services.wholeness import broken_things
from portal.audit.models import AuditLine
from portal.intake.models import Intake
from portal.jobs.tasks import run_rounds
from tests.applications.paper import letters
from tests.door import own_browser
from tests.forms import submit
from tests.intake.registering import PDF, add_cv, address, begin, finish, intakes, printed_link
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]


@pytest.fixture
def ad(world: World, set_clock: Clock) -> Published:
    """The region employs; the last day was 11 December, and to-day is the 14th."""
    made = publish_ad(world, deadline=date(2026, 12, 11))
    set_clock("2026-12-14T10:00")
    return made


@pytest.fixture
def of_party(world: World, set_clock: Clock) -> Published:
    """The same where the party employs."""
    made = publish_ad(world, employer="party", deadline=date(2026, 12, 11))
    set_clock("2026-12-14T10:00")
    return made


@pytest.mark.parametrize(("day", "state"), [("2026-12-11", "sent"), ("2026-12-12", "late")])
def test_the_day_it_came_decides_and_never_the_day_it_is_typed(
    world: World, ad: Published, day: str, state: str
) -> None:
    office = world.browser(world.kansli)
    page = begin(office, ad, day, email="petra@example.com").location
    assert ("registreras som sen" in office.get(page).get_data(as_text=True)) == (state == "late")
    assert add_cv(office, page).status_code == 303
    assert finish(office, page).status_code == 303
    ((row, application),) = intakes(world, world.party)
    assert application is not None and application.submitted_at is not None
    assert (application.state, application.arrival_number, application.with_authority) == (state, 1, True)
    assert application.submitted_at.date() == row.arrived_on == date.fromisoformat(day)
    assert row.finished_by == world.kansli
    register = world.browser(world.region).get(f"/arbete/inkomna/{application.id}").get_data(as_text=True)
    assert "Postens Petra" in register
    assert "Postens Petra" in office.get(f"/arbete/rekryteringar/{ad.id}/sokande").get_data(as_text=True)


def test_the_person_gets_the_private_link_by_mail_and_can_act_on_it(world: World, ad: Published) -> None:
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-09", email="petra@example.com").location
    add_cv(office, page)
    finish(office, page)
    (letter,) = [one for one in letters(world) if one.to == "petra@example.com"]
    assert "Postens Petra" not in letter.subject + letter.body
    link = letter.body.split("http://localhost")[1].split()[0]
    shown = own_browser(world).get(link).get_data(as_text=True)
    assert "cv.pdf" in shown and re.search(r"9\sdecember\s2026", shown)
    assert office.get(f"{page}/brev").status_code == 404, "nobody prints a link that was mailed"


def test_without_an_address_the_link_is_printed_and_each_showing_is_logged(world: World, ad: Published) -> None:
    office = world.browser(world.kansli)
    for name in ("Utan Adress", "Också Utan"):
        page = begin(office, ad, "2026-12-09", name=name).location
        add_cv(office, page)
        answer = finish(office, page)
        assert answer.status_code == 303 and answer.location.endswith("/brev")
    printed = office.get(answer.location).get_data(as_text=True)
    link = printed_link(printed)
    own = own_browser(world)
    assert "cv.pdf" in own.get(link).get_data(as_text=True)
    assert letters(world) == []
    with world.app.app_context():
        assert list(broken_things(clock.now(), deep=True)) == [], "nobody misses a receipt that could not be sent"
    with world.acting(scope.party(world.party)) as session:
        verbs = list(session.scalars(select(AuditLine.verb).order_by(AuditLine.number)))
    assert verbs.count("link.printed") == 1 and verbs.count("application.registered") == 2
    assert "inget mejl skickas" in own.get(f"{link}/brev").get_data(as_text=True)
    assert submit(own, f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan").status_code == 303
    run_rounds(world.app)
    assert letters(world) == []


def test_a_party_takes_in_nothing_late_and_keeps_nothing_of_it(world: World, of_party: Published) -> None:
    refused = begin(world.browser(world.kansli), of_party, "2026-12-12")
    assert refused.status_code == 422
    page = refused.get_data(as_text=True)
    assert "partiet tar inte emot sena ansökningar" in page and "Postens Petra" in page
    assert intakes(world, world.party) == []


def test_to_a_party_nothing_is_assessed_until_the_consent_is_there(world: World, of_party: Published) -> None:
    office = world.browser(world.kansli)
    page = begin(office, of_party, "2026-12-09").location
    add_cv(office, page)
    refused = finish(office, page)
    assert refused.status_code == 422 and "förrän den sökande har samtyckt" in refused.get_data(as_text=True)
    assert "Postens Petra" not in office.get(f"/arbete/rekryteringar/{of_party.id}/sokande").get_data(as_text=True)
    asked = office.get(f"{page}/samtycke").get_data(as_text=True)
    assert "Jag samtycker till att" in asked and "Postens Petra" in asked
    given = {"consent": "form", "consent_day": "2026-12-13", "wording": consent.VERSION}
    without = submit(office, page, given, "Spara samtycket")
    assert without.status_code == 422 and "Lägg till den undertecknade blanketten" in without.get_data(as_text=True)
    assert submit(office, page, given, "Spara samtycket", {"form_file": (PDF, "svar.pdf")}).status_code == 303
    assert finish(office, page).status_code == 303
    ((row, application),) = intakes(world, world.party)
    assert application is not None and application.consented_at is not None
    assert (application.state, application.arrival_number, application.consented_at.date()) == (
        "sent",
        None,
        date(2026, 12, 13),
    )
    assert row.form_sealed is not None and PDF not in row.form_sealed
    with world.acting(scope.party(world.party)) as session:
        agreed = session.scalars(select(AuditLine).where(AuditLine.verb == "application.consented")).one()
    assert (agreed.object_id, agreed.reason) == (application.id, f"version {consent.VERSION}")
    got = office.get(f"{page}/blankett")
    assert (got.data, got.mimetype) == (PDF, "application/octet-stream")
    assert world.browser(world.gunnel).get(f"{page}/blankett").status_code == 404


def test_the_database_itself_lets_no_party_finish_without_consent(world: World, of_party: Published) -> None:
    begin(world.browser(world.kansli), of_party, "2026-12-09")
    with pytest.raises(IntegrityError), world.writing(scope.party(world.party)) as session:
        row = session.scalars(select(Intake)).one()
        row.finished_at, row.finished_by = clock.now(), world.kansli


def test_taken_back_from_a_party_the_form_goes_too(world: World, of_party: Published) -> None:
    office = world.browser(world.kansli)
    page = begin(office, of_party, "2026-12-09").location
    add_cv(office, page)
    submit(office, page, {"consent": "letter", "consent_day": "2026-12-09"}, "Spara samtycket")
    printed = office.get(finish(office, page).location).get_data(as_text=True)
    link = printed_link(printed)
    assert submit(own_browser(world), f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan").status_code == 303
    run_rounds(world.app)
    assert intakes(world, world.party) == []


@pytest.mark.parametrize(
    ("employer", "late"), [("party", "tar partiet inte emot den"), ("authority", "räknas den som sen")]
)
def test_the_page_says_how_whoever_has_applied_sends_another_file(world: World, employer: str, late: str) -> None:
    office, made = world.browser(world.kansli), publish_ad(world, employer=employer)
    page = office.get(address(made)).get_data(as_text=True)
    assert "Registrera hela ansökan på nytt, med samma e-postadress." in page and late in page


def test_who_has_applied_already_from_the_address_is_asked_which_one_counts(world: World, ad: Published) -> None:
    office = world.browser(world.kansli)
    for _ in range(2):
        page = begin(office, ad, "2026-12-09", email="petra@example.com").location
        add_cv(office, page)
        finish(office, page)
    assert sorted(app.state for _, app in intakes(world, world.party) if app) == ["proposal", "sent"]
    assert any("/ansokan/fraga/" in letter.body for letter in letters(world))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": "2026-12-15"}, "Den dagen har inte varit än"),
        ({"day": "2026-11-01"}, "Annonsen publicerades 23 november 2026"),
        ({"day": "2026-12-09", "email": "petra"}, "E-postadressen går inte att skicka till"),
        ({"day": "2026-12-09", "name": ""}, "Skriv den sökandes namn"),
        ({"day": "i tisdags"}, "Skriv"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence_and_nothing_is_kept(
    world: World, ad: Published, typed: dict[str, str], sentence: str
) -> None:
    refused = begin(world.browser(world.kansli), ad, **typed)
    assert refused.status_code == 422 and sentence in refused.get_data(as_text=True)
    assert intakes(world, world.party) == []


def test_an_application_without_a_paper_is_not_registered(world: World, ad: Published) -> None:
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-09").location
    refused = finish(office, page)
    assert refused.status_code == 422 and "Lägg till minst en fil" in refused.get_data(as_text=True)
    broken = submit(office, page, {}, "Spara CV", {"cv": (b"MZ\x90", "cv.exe")})
    assert broken.status_code == 422


def test_what_is_begun_is_seen_by_the_office_alone_taken_away_by_a_button_and_swept(
    world: World, ad: Published, set_clock: Clock
) -> None:
    office = world.browser(world.kansli)
    first, second = (
        begin(office, ad, "2026-12-09", name=name).location for name in ("Första Sökande", "Andra Sökande")
    )
    add_cv(office, second)
    assert "Första Sökande" in office.get(address(ad)).get_data(as_text=True)
    for person in (world.gunnel, world.region, world.rival_kansli):
        assert world.browser(person).get(first).status_code == 404
    assert submit(office, first, {}, "Ta bort det påbörjade").status_code == 303
    assert office.get(first).status_code == 404
    with world.app.app_context():
        assert sweep(set_clock("2027-01-20T10:00")).drafts == 1
    assert intakes(world, world.party) == []


def test_what_somebody_has_added_or_taken_away_lies_thirty_days_from_then(
    world: World, ad: Published, set_clock: Clock
) -> None:
    office = world.browser(world.kansli)
    added, taken = (begin(office, ad, "2026-12-09", name=name).location for name in ("Första Sökande", "Andra Sökande"))
    add_cv(office, taken)
    set_clock("2027-01-12T10:00")
    office = world.browser(world.kansli)
    assert add_cv(office, added).status_code == 303
    assert submit(office, taken, {}, "Ta bort cv.pdf").status_code == 303
    with world.app.app_context():
        assert sweep(set_clock("2027-01-20T10:00")).drafts == 0, "somebody has touched both"
        assert "cv.pdf" in world.browser(world.kansli).get(added).get_data(as_text=True)
        assert sweep(set_clock("2027-02-12T10:00")).drafts == 2


def test_two_windows_register_once(world: World, ad: Published) -> None:
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-09").location
    add_cv(office, page)
    token = office.get(page).get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    answers = [office.post(page, data={"csrf_token": token, "do": "finish"}).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert "redan registrerad" in office.get(f"/arbete/rekryteringar/{ad.id}/sokande").get_data(as_text=True)
    with world.acting(scope.party(world.party)) as session:
        assert len(session.scalars(select(Application)).all()) == 1
