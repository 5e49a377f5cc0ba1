"""GDPR art. 12–22: what came to the staff by letter, telephone or visit has the same clock and the same verbs."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from portal import scope
from portal.applications.models import Application
from portal.applications.services.drafting import key_of
from portal.applications.states import State
from portal.audit.models import AuditLine
from portal.web.filters import day_and_time
from tests.applicants import Sent
from tests.applications.paper import letters, readdress
from tests.counting import statements
from tests.decisions.recruiting import closed_recruitment
from tests.door import own_browser
from tests.forms import fields_of, submit
from tests.intake.registering import add_cv, begin, finish
from tests.privacy.candidates import Clock, agreed, link_of, requests_in, row_of, told
from tests.privacy.test_requests import copy_of
from tests.world import Published, World, publish_ad

NEW, TEXT = "/arbete/begaran/ny", "Hon ringde och vill ha allt raderat."


def register(staff: FlaskClient, ad: Published, one: Sent, kind: str, **more: object) -> TestResponse:
    return submit(staff, f"{NEW}?annons={ad.id}", filled_in(one, kind, **more), "Registrera begäran")


def filled_in(one: Sent, kind: str, **more: object) -> dict[str, object]:
    """The form, as whoever has answered the telephone fills it in."""
    return {
        "application_id": str(one.id), "kind": kind, "way": "telephone", "came_on": "2026-12-14", "text": TEXT,
        "checked": True, **more,
    }  # fmt: skip


def registered(world: World, ad: Published, one: Sent, kind: str) -> str:
    """The page of a request that the office has registered."""
    answer = register(world.browser(world.kansli), ad, one, kind)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def verbs_of(world: World, id: UUID) -> dict[str, str]:
    with world.acting(scope.PLATFORM) as session:
        rows = session.execute(select(AuditLine.verb, AuditLine.actor).where(AuditLine.object_id == id))
        return {row.verb: row.actor.partition(":")[0] for row in rows}


def test_a_request_by_telephone_has_the_month_from_the_day_it_came_and_is_answered_like_every_other(
    world: World, set_clock: Clock
) -> None:
    ad, (one, two) = closed_recruitment(world, set_clock, 2, employer="party")
    office = world.browser(world.kansli)
    chosen = office.get(NEW).get_data(as_text=True)
    assert f"annons={ad.id}" in chosen and one.name not in chosen
    set_clock("2026-12-20T09:00")
    office = world.browser(world.kansli)
    place = str(register(office, ad, one, "objection").headers["Location"])
    (row,) = requests_in(world)
    assert (row.came_by, row.registered_by, row.due_on) == ("telephone", world.kansli, date(2027, 1, 14))
    page = office.get(place).get_data(as_text=True)
    assert TEXT in page and "Telefon" in page and one.name in page
    own = own_browser(world).get(f"{link_of(world, one)}/mina-uppgifter").get_data(as_text=True)
    assert TEXT in own and "svar senast den 14" in own, "the candidate finds it on their own page"
    submit(office, place, {"result": "refused", "text": "Vi har inte profilerat dig."}, "Skicka svaret")
    listed = office.get("/arbete/begaran").get_data(as_text=True)
    assert "har inte gjorts" in listed and "telefon" in listed
    answered = own_browser(world).get(f"{link_of(world, one)}/mina-uppgifter").get_data(as_text=True)
    for where in (
        answered,
        office.get(place).get_data(as_text=True),
        office.get(f"{place}/brev").get_data(as_text=True),
    ):
        assert "Vi har inte profilerat dig." in where
        assert "klaga hos Integritetsskyddsmyndigheten, imy.se" in where
    assert [mail.to for mail in letters(world, "request-answered")] == [one.email]
    assert verbs_of(world, row.id)["request.registered"] == "person"
    assert two.name not in page


@pytest.mark.parametrize(
    ("more", "said", "status"),
    [
        ({"came_on": "2026-12-15"}, "Den dagen har inte varit än", 422),
        ({"came_on": "2026-11-01"}, "Skriv en dag som inte är före det", 422),
        ({"checked": False}, "Kontrollera vem det är", 422),
        ({"application_id": ""}, "Välj den sökande", 422),
        ({"kind": "consent"}, "utan samtycke", 422),
        ({"text": "  "}, "Skriv vad den sökande vill", 422),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_lost(
    world: World, set_clock: Clock, more: dict[str, object], said: str, status: int
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    page = register(world.browser(world.kansli), ad, one, **{"kind": "erasure", **more})  # type: ignore[arg-type]
    text = page.get_data(as_text=True)
    assert page.status_code == status and said in text
    assert TEXT in text or "text" in more
    assert requests_in(world) == []


def test_the_same_that_waits_already_is_answered_there(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    registered(world, ad, one, "copy")
    again = register(world.browser(world.kansli), ad, one, "copy", text="Hon ringde igen.")
    assert again.status_code == 409 and "redan en sådan begäran" in again.get_data(as_text=True)
    assert "Hon ringde igen." in again.get_data(as_text=True)
    assert len(requests_in(world)) == 1


@pytest.mark.parametrize("changes", [{"came_by": "fax"}, {"came_by": ""}, {"registered_by": None}])
def test_the_database_knows_who_registered_what_came_how(
    world: World, set_clock: Clock, changes: dict[str, object]
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    registered(world, ad, one, "copy")
    (row,) = requests_in(world)
    with pytest.raises(IntegrityError), world.writing(scope.party(world.party)) as session:
        session.add(copy_of(row, kind="objection", **changes))
        session.flush()


def test_a_consent_taken_back_by_telephone_ends_it_at_once_and_erases_with_one_mail(
    world: World, set_clock: Clock
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    agreed(world, ad)
    office, place = world.browser(world.kansli), registered(world, ad, one, "consent")
    assert "raderas direkt" in office.get(place).get_data(as_text=True)
    assert submit(office, place, {}, "Ta tillbaka och radera allt").status_code == 303
    row, (asked,) = row_of(world, ad, one.id), requests_in(world)
    assert (row.state, row.name_sealed, row.email_sealed) == ("withdrawn", None, None)
    assert (asked.result, asked.text_sealed, asked.answer_sealed) == ("done", None, None)
    assert verbs_of(world, one.id)["application.withdrawn"] == "person", "the log says who did it"
    (mail,) = letters(world, "withdrawn")
    assert mail.to == one.email
    assert letters(world, "request-answered") == []
    assert "Ansökan är raderad" in office.get(place).get_data(as_text=True)
    assert press(office, f"{place}/ta-tillbaka").status_code == 409


def press(staff: FlaskClient, place: str, **typed: str) -> TestResponse:
    """The button of a page that is not open, with a token that is good."""
    token = fields_of(staff.get("/arbete/byt"))["csrf_token"][0]
    return staff.post(place, data={"csrf_token": token, **typed})


def test_what_must_be_kept_is_kept_sealed_and_the_answer_says_why_and_until_when(
    world: World, set_clock: Clock
) -> None:
    ad, (_hired, other) = told(world, set_clock)
    office, place = world.browser(world.kansli), registered(world, ad, other, "erasure")
    assert submit(office, place, {}, "Ta tillbaka, och spara bara det som måste sparas").status_code == 303
    row, (asked,) = row_of(world, ad, other.id), requests_in(world)
    assert row.restricted_at is not None and row.name_sealed is not None
    assert asked.result == "partly"
    own = own_browser(world).get(f"{link_of(world, other)}/mina-uppgifter").get_data(as_text=True)
    assert "diskrimineringslagen" in own and "2028" in own and "imy.se" in own


def test_an_authority_keeps_the_record_and_whoever_is_employed_takes_nothing_back_here(
    world: World, set_clock: Clock
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    office, place = world.browser(world.kansli), registered(world, ad, one, "erasure")
    assert submit(office, place, {}, "Ta tillbaka, och spara bara det som måste sparas").status_code == 303
    assert row_of(world, ad, one.id).name_sealed is not None
    (asked,) = requests_in(world)
    assert asked.result == "partly"
    with world.acting(scope.party(world.party)) as session:
        assert session.get_one(Application, one.id).state == "withdrawn"


def test_what_asks_for_something_else_takes_nothing_back(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    office, place = world.browser(world.kansli), registered(world, ad, one, "objection")
    assert "Ta tillbaka" not in office.get(place).get_data(as_text=True)
    refused = press(office, f"{place}/ta-tillbaka")
    assert refused.status_code == 409 and "något annat" in refused.get_data(as_text=True)
    assert row_of(world, ad, one.id).state == "sent"


def test_the_office_puts_details_right_and_the_log_says_that_it_did(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    office, place = world.browser(world.kansli), registered(world, ad, one, "correction")
    wrong = submit(office, place, {"E-post": "ingen adress"}, "Spara rättelsen")
    assert wrong.status_code == 422 and "ingen adress" in wrong.get_data(as_text=True)
    right = {"Namn": "Elin Nyman", "E-post": "elin@example.se"}
    assert readdress(office, place, right, "Spara rättelsen").status_code == 303
    assert "Elin Nyman" in office.get(place).get_data(as_text=True)
    assert [mail.to for mail in letters(world, "details")] == [one.email]
    assert verbs_of(world, one.id)["application.address_changed"] == "person"
    assert next(row for row in requests_in(world) if row.kind == "correction").answered_at is None


def test_the_authoritys_people_see_register_and_answer_what_concerns_their_records_alone(
    world: World, set_clock: Clock
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    secret, (theirs,) = closed_recruitment(world, set_clock, 1, employer="party")
    hidden = registered(world, secret, theirs, "erasure")
    region = world.browser(world.region)
    chosen = region.get(NEW).get_data(as_text=True)
    assert str(ad.id) in chosen and str(secret.id) not in chosen
    assert region.get(f"{NEW}?annons={secret.id}").data == region.get(f"{NEW}?annons={uuid4()}").data
    place = str(register(region, ad, one, "correction").headers["Location"])
    assert "Svara på en sökandes begäran" in region.get("/arbete").get_data(as_text=True)
    listed, page = region.get("/arbete/begaran").get_data(as_text=True), region.get(place).get_data(as_text=True)
    assert place in listed and hidden not in listed
    assert one.name in page and "Spara rättelsen" not in page and "Ta tillbaka" not in page
    unused = region.get(f"/arbete/begaran/{uuid4()}")
    assert (region.get(hidden).status_code, region.get(hidden).data) == (404, unused.data)
    assert press(region, f"{hidden}/svara").status_code == 404
    assert submit(region, place, {"result": "done", "text": "Rättat i akten."}, "Skicka svaret").status_code == 303
    own = own_browser(world).get(f"{link_of(world, one)}/mina-uppgifter").get_data(as_text=True)
    assert "Rättat i akten." in own


def test_a_rival_registers_nothing_for_anybody_elses_candidate(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    mine = publish_ad(world, party=world.rival, employer="party")
    rival = world.browser(world.rival_kansli)
    assert one.name not in rival.get(NEW).get_data(as_text=True)
    assert rival.get(f"{NEW}?annons={ad.id}").status_code == 404
    assert "ingen sökande" in rival.get(f"{NEW}?annons={mine.id}").get_data(as_text=True)
    assert requests_in(world) == []


def test_whoever_has_no_address_is_answered_on_paper(world: World, set_clock: Clock) -> None:
    ad = publish_ad(world, employer="authority", documents=[])
    set_clock("2026-11-24T10:00")
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-11-24").headers["Location"]
    add_cv(office, page)
    finish(office, page)
    with world.acting(scope.party(world.party)) as session:
        id = session.scalars(select(Application.id).where(Application.ad_id == ad.id)).one()
    form = {
        "application_id": str(id), "kind": "restriction", "way": "letter", "came_on": "2026-11-24", "text": TEXT,
        "checked": True,
    }  # fmt: skip
    place = str(submit(office, f"{NEW}?annons={ad.id}", form, "Registrera begäran").headers["Location"])
    assert submit(office, place, {"result": "done", "text": "Klart."}, "Skicka svaret").status_code == 303
    assert "ingen e-postadress" in office.get(place).get_data(as_text=True)
    assert "Postens Petra" in office.get(f"{place}/brev").get_data(as_text=True)
    assert letters(world, "request-answered") == []


@pytest.mark.counts
def test_the_form_asks_the_same_of_one_and_of_many(world: World, set_clock: Clock) -> None:
    one, _ = closed_recruitment(world, set_clock, 1, employer="party")
    many, _ = closed_recruitment(world, set_clock, 8, employer="party")
    office, counted = world.browser(world.kansli), []
    office.get(f"{NEW}?annons={one.id}")
    for ad in (one, many):
        with statements(world.app) as asked:
            office.get(f"{NEW}?annons={ad.id}")
        counted.append(asked.count)
    assert counted[0] == counted[1] <= 12


def test_what_is_kept_sealed_is_copied_for_nobody(world: World, set_clock: Clock) -> None:
    ad, (_hired, other) = told(world, set_clock)
    office, place = world.browser(world.kansli), registered(world, ad, other, "erasure")
    assert press(office, f"{place}/kopia").status_code == 200
    assert submit(office, place, {}, "Ta tillbaka, och spara bara det som måste sparas").status_code == 303
    assert press(office, f"{place}/kopia").status_code == 404


def test_two_of_one_name_are_told_apart_by_when_they_came(world: World, set_clock: Clock) -> None:
    ad, sent = closed_recruitment(world, set_clock, 3)
    for one, name in zip(sent, ("Rut Prov", "Rut Prov", "Ensam Ek"), strict=True):
        with world.writing(scope.party(world.party)) as session:
            row = session.get_one(Application, one.id)
            row.name_sealed = key_of(row).seal_text("application.name", name)
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Application, sent[1].id).state = State.REPLACED
        came = [day_and_time(session.get_one(Application, one.id).submitted_at) for one in sent]
    offered = world.browser(world.region).get(f"{NEW}?annons={ad.id}").get_data()
    for words in (f"Rut Prov, kom in {came[0]}<", f"Rut Prov, kom in {came[1]}, utbytt<", ">Ensam Ek<"):
        assert words.encode() in offered
    page = world.browser(world.region).get(str(register(world.browser(world.region), ad, sent[0], "copy").location))
    assert f"ansökan kom in {came[0]}".encode() in page.data
