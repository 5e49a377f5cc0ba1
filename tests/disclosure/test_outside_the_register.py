"""What is asked for may be the authority's without being chosen here: what another register has."""

from uuid import UUID

from portal import scope
from portal.disclosure.models import DisclosureRequest
from tests.applicants import send_applications
from tests.disclosure.asking import note, prepared, take_decision
from tests.forms import submit
from tests.world import World, publish_ad

DESK, DECIDE = "/arbete/utlamnande", "Ta beslutet"
BOX = "Det finns hos oss, men väljs inte här, och lämnas ut"


def asked(world: World) -> UUID:
    with world.writing(scope.authority(world.authority)) as session:
        return note(session, world, asked="Protokollet")


def outcome_of(world: World, request: UUID) -> str:
    with world.acting(scope.authority(world.authority)) as session:
        return session.get_one(DisclosureRequest, request).outcome


def test_what_is_not_chosen_here_can_be_handed_out_and_is_not_refused(world: World) -> None:
    request, browser = asked(world), world.browser(world.region)
    place = f"{DESK}/{request}/beslut"
    said = submit(browser, place, {BOX: True, "text": "Region Ådalen lämnar ut protokollet."}, DECIDE)
    assert (said.status_code, outcome_of(world, request)) == (303, "helt")
    assert "överklaga" not in browser.get(f"{DESK}/{request}").get_data(as_text=True)


def test_it_is_not_handed_out_in_words_that_refuse_it(world: World) -> None:
    request = asked(world)
    answer = submit(world.browser(world.region), f"{DESK}/{request}/beslut", {BOX: True}, DECIDE)
    assert (answer.status_code, outcome_of(world, request)) == (422, "")
    assert "Förslaget säger att begäran avslås. Skriv om beslutet." in answer.get_data(as_text=True)


def test_where_records_are_chosen_they_alone_say_what_it_comes_to(world: World) -> None:
    sent = send_applications(world, publish_ad(world), 1)[0]
    request, (record,) = prepared(world, sent, "application")
    browser = world.browser(world.region)
    place = f"{DESK}/{request}/handlingar/{record}"
    withheld = {"answer": "hemlig", "ground": "osl-21-1"}
    assert submit(browser, place, withheld, "Spara prövningen").status_code == 303
    page = browser.get(f"{DESK}/{request}/beslut").get_data(as_text=True)
    assert BOX not in page
    forged = submit(browser, f"{DESK}/{request}/beslut", {"seen": "helt", "text": "Lämnas ut."}, DECIDE)
    assert (forged.status_code, outcome_of(world, request)) == (409, "")
    assert take_decision(browser, request).status_code == 303
    assert outcome_of(world, request) == "avslag"
