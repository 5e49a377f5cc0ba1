"""What was sent is changed until the last day: the newest is read, an authority keeps the former, a party erases it."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal import scope
from portal.applications.models import Application, ApplicationChange
from portal.applications.queries import CHANGE_PLACE, changes_of
from portal.applications.services.drafting import key_of, read_written
from portal.audit.models import AuditLine
from portal.documents.queries import all_documents_of, documents_of
from portal.jobs.tasks import run_rounds
from portal.review.queries.papers import papers_of
from portal.vault.services import the_vault
from tests.applications.paper import CV, SALARY, applications_in, apply, base, letters, private_link, readdress
from tests.applications.test_private import question_link
from tests.documents import hostile
from tests.door import own_browser
from tests.forms import fields_of, submit, submit_page
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
NEW_CV = {"CV": (hostile.turned(), "nytt-cv.pdf")}


@pytest.fixture
def client(world: World) -> FlaskClient:
    """A candidate's browser, which has the code of its link."""
    return own_browser(world)


def change(client: FlaskClient, link: str, data: dict[str, str] | None = None, files: object = None) -> int:
    """Send the form with letter, answers and files; the status is returned."""
    answer = submit(client, f"{link}/andra/handlingar", data or {}, "Spara ändringarna", files)  # type: ignore[arg-type]
    return answer.status_code


def read_by_staff(world: World, ad: Published) -> tuple[str, set[str]]:
    """The letter and the files' names as the party's assessors read them."""
    with world.acting(scope.party(ad.party_id)) as session:
        row = session.scalars(select(Application).where(Application.ad_id == ad.id)).one()
        papers = papers_of(session, row)
        assert papers is not None
        return papers.letter, {paper.name for paper in papers.documents}


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_letter_answers_and_cv_are_replaced_and_the_reviewers_read_the_newest(
    world: World, client: FlaskClient, employer: str
) -> None:
    ad = publish_ad(world, employer=employer)
    link = private_link(apply(client, ad))
    answer = f"answer_{ad.criteria[0].hex}"
    assert change(client, link, {"Personligt brev": "Ett bättre brev.", answer: "Talskrivare", SALARY: "44 000"}) == 303
    assert change(client, link, {}, NEW_CV) == 303
    run_rounds(world.app)
    letter, names = read_by_staff(world, ad)
    assert letter == "Ett bättre brev."
    assert "nytt-cv.pdf" in names
    assert "alma-cv.pdf" not in names
    page = own_browser(world).get(link).get_data(as_text=True)
    assert "Dina ändringar" in page
    assert "svaren, brevet, lön och start" in page
    assert "44\xa0000" in page
    with world.acting(scope.party(ad.party_id)) as session:
        (application,) = session.scalars(select(Application)).all()
        key, rows = key_of(application), changes_of(session, application.id)
        assert [row.number for row in rows] == [1, 2]
        lines = session.scalars(select(AuditLine).where(AuditLine.verb == "application.changed")).all()
        assert sorted(line.reason for line in lines) == ["answers letter terms", "cv"]
        kept = [key.open_text("document.name", d.name_sealed) for d in all_documents_of(session, application.id)]
        if employer == "authority":
            assert application.arrival_number == 1
            first, second = (row.arrival_number or 0 for row in rows)
            assert application.arrival_number < first < second
            former = json.loads(key.open_text(CHANGE_PLACE, rows[0].former_sealed or b""))
            assert former["texts"]["letter"].startswith("Hej.")
            assert sorted(kept) == sorted(["alma-cv.pdf", "nytt-cv.pdf", "Personligt brev", "Personligt brev"])
        else:
            assert {row.former_sealed for row in rows} == {None}
            assert sorted(kept) == ["Personligt brev", "nytt-cv.pdf"]


def test_the_same_once_more_is_no_change(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    link = private_link(apply(client, ad))
    assert change(client, link) == 303
    assert submit(client, f"{link}/andra/uppgifter", {}, "Spara ändringarna").status_code == 303
    with world.acting(scope.party(ad.party_id)) as session:
        assert session.scalar(select(func.count(ApplicationChange.id))) == 0


@pytest.mark.parametrize(("instant", "status"), [("2026-12-11T23:59:59", 303), ("2026-12-12T00:00:00", 409)])
def test_a_file_replaced_at_the_very_second_of_the_deadline_is_judged_by_when_it_arrived(
    world: World, client: FlaskClient, set_clock: Clock, monkeypatch: pytest.MonkeyPatch, instant: str, status: int
) -> None:
    ad = publish_ad(world)
    link = private_link(apply(client, ad))
    form = client.get(f"{link}/andra/handlingar")
    arrived = set_clock(instant)
    set_clock("2026-12-12T00:04")  # a slow line: the last byte comes long after
    monkeypatch.setattr("portal.applications.routes.changing.arrived_at", lambda: arrived)
    answer = submit_page(client, form, f"{link}/andra/handlingar", {}, "Spara ändringarna", NEW_CV)
    assert answer.status_code == status
    _letter, names = read_by_staff(world, ad)
    assert ("nytt-cv.pdf" in names) == (status == 303)
    if status == 409:
        assert "brevlåda" in answer.get_data(as_text=True)
    page = client.get(link).get_data(as_text=True)
    assert "berätta det i brevlådan här nedanför" in page, "it stands on this very page"
    assert "andra/handlingar" not in page


def test_what_the_ad_asks_for_is_replaced_and_not_taken_away(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    link = private_link(apply(client, ad))
    answer = submit(client, f"{link}/andra/handlingar", {"start": "genast"}, "Ta bort alma-cv.pdf")
    assert answer.status_code == 422
    assert "Byt ut det mot något annat" in answer.get_data(as_text=True)
    assert fields_of(answer)["start"] == ["genast"]
    page = client.get(link).get_data(as_text=True)
    assert "alma-cv.pdf" in page and "genast" in page, "all else is saved, as the page says"
    told = submit(client, f"{link}/andra/handlingar", {"letter": ""}, "Spara ändringarna", NEW_CV)
    said = told.get_data(as_text=True)
    assert told.status_code == 422 and "Allt annat är sparat." in said and 'href="#letter"' in said
    page = client.get(link).get_data(as_text=True)
    assert "nytt-cv.pdf" in page and "Jag skriver väl." in page


def test_an_attachment_comes_with_its_kind_and_goes_again(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world, employer="party")
    link = private_link(apply(client, ad))
    where = f"{link}/andra/handlingar"
    added = submit(client, where, {"attachment_kind": "betyg"}, "Spara bilagan", {"Bilaga": (hostile.plain(), "b.pdf")})
    assert added.headers["Location"].endswith("/handlingar#sparat")
    assert "<h3>Betyg</h3>" in client.get(where).get_data(as_text=True)
    with world.app.app_context():
        before = {name for name, _ in the_vault().blobs.names()}
    assert submit(client, where, {}, "Ta bort b.pdf").status_code == 303
    assert "b.pdf" not in client.get(link).get_data(as_text=True)
    with world.app.app_context():
        assert {name for name, _ in the_vault().blobs.names()} < before


def test_a_mistyped_address_is_mended_from_the_receipt_and_the_link_that_went_astray_is_dead(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world, employer="party", deadline=date(2026, 11, 23))
    astray = private_link(apply(client, ad, **{"E-post": "alam@example.se"}))
    set_clock("2026-11-24T00:02")  # noticed just after the last day
    mended = submit(client, f"{base(ad)}/kvitto/adress", {"email": "alma@example.se"}, "Ändra adressen")
    assert mended.status_code == 303
    link = private_link(client.get(f"{base(ad)}/kvitto"))
    assert link != astray
    assert own_browser(world).get(astray).status_code == 404
    assert "alma@example.se" in own_browser(world).get(link).get_data(as_text=True)
    assert [mail.to for mail in letters(world, "receipt")] == ["alma@example.se"]
    assert link in letters(world, "receipt")[-1].body
    set_clock("2026-11-23T12:00")
    again = apply(own_browser(world), ad)  # the address is found again by its new print
    assert again.status_code == 200
    assert sorted(row.state for row in applications_in(world, ad)) == ["proposal", "sent"]


def test_another_address_is_read_once_more_before_the_link_goes_there(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    link = private_link(apply(client, ad))
    where = f"{link}/andra/uppgifter"
    shown = submit(client, where, {"email": "alma@exmaple.se"}, "Spara ändringarna")
    assert "Läs adressen en gång till: alma@exmaple.se." in shown.get_data(as_text=True)
    assert len(letters(world, "receipt")) == 1 and client.get(link).status_code == 200, "nothing has gone anywhere"
    mended = submit_page(client, shown, where, {"email": "alma@example.com"}, "Spara ändringarna")
    assert "Läs adressen en gång till: alma@example.com." in mended.get_data(as_text=True), "what was read is another"
    assert submit_page(client, mended, where, {}, "Spara ändringarna").headers["Location"] == "/ansokan/ny-adress"
    assert letters(world, "receipt")[-1].to == "alma@example.com"


def test_the_address_to_mend_on_the_receipt_stands_there(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    apply(client, ad, **{"E-post": "alam@example.se"})
    assert 'value="alam@example.se"' in client.get(f"{base(ad)}/kvitto/adress").get_data(as_text=True)


def test_an_address_that_has_applied_is_neither_told_of_nor_shut_out(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    apply(client, ad)
    other = own_browser(world)
    free = private_link(apply(other, ad, **{"E-post": "bo@example.se"}))
    taken = readdress(other, f"{free}/andra/uppgifter", {"email": "alma@example.se"}, "Spara ändringarna")
    assert taken.status_code == 303
    free = private_link(apply(another := own_browser(world), ad, **{"E-post": "cy@example.se"}))
    fresh = readdress(another, f"{free}/andra/uppgifter", {"email": "cy2@example.se"}, "Spara ändringarna")
    assert [taken.status_code, taken.data, taken.headers["Location"]] == [303, fresh.data, fresh.headers["Location"]]
    assert "Adressen är ändrad" in other.get(taken.headers["Location"]).get_data(as_text=True)
    assert sorted(row.state for row in applications_in(world, ad)) == ["proposal", "sent", "sent"]


def test_a_second_sending_under_a_mistyped_address_counts_once_it_is_mended(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    apply(client, ad)
    other = own_browser(world)
    apply(other, ad)
    question = question_link(world)
    submit(other, f"{base(ad)}/kvitto/adress", {"email": "bo@example.se"}, "Ändra adressen")
    assert sorted(row.state for row in applications_in(world, ad)) == ["sent", "sent"]
    assert own_browser(world).get(question).status_code == 404
    assert letters(world, "receipt")[-1].to == "bo@example.se"


def test_nobody_changes_the_application_of_another_or_one_that_is_taken_back(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    link = private_link(apply(client, ad))
    theirs = private_link(apply(own_browser(world), ad, **{"E-post": "bo@example.se"}))
    with world.acting(scope.party(ad.party_id)) as session:
        first = session.scalars(select(Application).order_by(Application.arrival_number)).first()
        assert first is not None
        document = next(d for d in documents_of(session, first.id) if d.slot == "cv")
    token = fields_of(client.get(f"{theirs}/andra/handlingar"))
    client.post(f"{theirs}/andra/handlingar", data={"csrf_token": token["csrf_token"][0], "remove": str(document.id)})
    assert "alma-cv.pdf" in client.get(link).get_data(as_text=True)
    submit(client, f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    for place in ("uppgifter", "handlingar"):
        closed = client.get(f"{link}/andra/{place}").get_data(as_text=True)
        assert "Ansökan är tillbakatagen, så den går inte att ändra." in closed
        assert '/brev"' not in closed, "its letterbox is shut too"
        answer = client.post(f"{link}/andra/{place}", data={"csrf_token": token["csrf_token"][0], "name": "X"})
        assert answer.status_code == 409
    with world.acting(scope.party(ad.party_id)) as session:
        written = read_written(session, session.get_one(Application, first.id), key_of(first))
        assert written.name == "Alma Ekdahl"


def test_erasing_at_a_party_takes_every_former_along(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world, employer="party")
    link = private_link(apply(client, ad))
    change(client, link, {"letter": "Nytt."}, NEW_CV)
    submit(client, f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    with world.acting(scope.party(ad.party_id)) as session:
        assert list(the_vault().blobs.names()) == []
        assert {row.former_sealed for row in session.scalars(select(ApplicationChange))} == {None}
    assert re.search("radera", client.get("/ansokan/tillbakatagen").get_data(as_text=True))
    assert CV


def test_the_authoritys_register_has_each_change_as_an_arrival_and_shows_what_was_sent_first(
    world: World, client: FlaskClient
) -> None:
    ad = publish_ad(world)
    link = private_link(apply(client, ad))
    answer = f"answer_{ad.criteria[0].hex}"
    assert change(client, link, {"letter": "Nytt brev.", answer: "Talskrivare"}, NEW_CV) == 303
    registrar = world.browser(world.region)
    listed = registrar.get("/arbete/inkomna").get_data(as_text=True)
    assert listed.index("Ändring av ansökan") < listed.index('<th scope="row">1</th>')
    (application,) = applications_in(world, ad)
    page = registrar.get(f"/arbete/inkomna/{application.id}").get_data(as_text=True)
    newest, former = re.split(r"Före ändringen nummer \d+", page)
    assert "Nytt brev." in newest
    assert "Jag skriver väl." not in newest
    assert "Jag skriver väl." in former
    assert "alma-cv.pdf</a> (1 sida)" in former
    assert world.browser(world.rival_kansli).get("/arbete/inkomna").status_code == 404
