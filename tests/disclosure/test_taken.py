"""The register narrowed, the case's diary number, and all of it taken away as a folder."""

import csv
import io
import zipfile
from hashlib import sha256
from xml.etree.ElementTree import fromstring

import pytest

from portal import scope
from portal.applications.models import Application
from portal.disclosure.export import NAMESPACE
from portal.vault.services import open_application_key
from tests.applicants import send_applications
from tests.disclosure.asking import verbs
from tests.forms import submit
from tests.world import World, publish_ad

REGISTER = "/arbete/inkomna"


def test_the_register_is_narrowed_to_days_and_a_case(world: World) -> None:
    ad, rivals = publish_ad(world), publish_ad(world, party=world.rival)
    own, theirs = send_applications(world, ad, 1)[0], send_applications(world, rivals, 1, start=5)[0]
    browser = world.browser(world.region)
    for query, seen in (
        ("fran=2026-11-23&till=2026-11-23", {own.name, theirs.name}),
        ("fran=2026-11-24", set()),
        ("till=2026-11-22", set()),
        (f"arende={rivals.id}", {theirs.name}),
        ("arende=hej", {own.name, theirs.name}),
    ):
        page = browser.get(f"{REGISTER}?{query}").get_data(as_text=True)
        assert {one.name for one in (own, theirs) if one.name in page} == seen, query
    for query, sentence in (("fran=hej", "inget datum"), ("fran=2026-11-24&till=2026-11-23", "Byt plats")):
        answer = browser.get(f"{REGISTER}?{query}")
        assert (answer.status_code, sentence in answer.get_data(as_text=True)) == (422, True)
        assert browser.get(f"{REGISTER}/register.zip?{query}").status_code == 422


def test_nobody_picks_out_those_who_have_applied_to_a_party(world: World) -> None:
    """An authority may make no search to select persons by an opinion (lagen 2018:218 3 kap. 3 §); an old address has all."""
    sent = [send_applications(world, publish_ad(world, party=id), 1, start=5 * n)[0] for n, id in
            enumerate((world.party, world.rival))]  # fmt: skip
    browser, query = world.browser(world.region), f"?parti={world.party}"
    page = browser.get(f"{REGISTER}{query}").get_data(as_text=True)
    assert all(one.name in page for one in sent) and "parti=" not in page and 'name="parti"' not in page
    table = (
        zipfile.ZipFile(io.BytesIO(browser.get(f"{REGISTER}/register.zip{query}").data)).read("register.csv").decode()
    )
    assert all(one.name in table for one in sent)


def test_a_case_has_the_number_that_was_typed_last_and_the_others_as_history(world: World) -> None:
    ad = publish_ad(world)
    send_applications(world, ad, 1)
    browser, address = world.browser(world.region), f"{REGISTER}/arenden/{ad.id}"
    for number in ("RS/2026/11", "RS/2026/12", "RS/2026/12"):
        assert submit(browser, address, {"number": number}).status_code == 303
    page = browser.get(address).get_data(as_text=True)
    assert page.index("RS/2026/12,") < page.index("RS/2026/11,")
    listed = browser.get(REGISTER).get_data(as_text=True)
    assert ("RS/2026/12" in listed, "RS/2026/11" in listed) == (True, False)
    assert verbs(world).count("diary.written") == 2
    empty = submit(browser, address, {"number": ""})
    assert (empty.status_code, "Skriv diarienumret" in empty.get_data(as_text=True)) == (422, True)


@pytest.mark.parametrize("role", ["kansli", "rival_kansli", "gunnel", "drift"])
def test_nobody_else_takes_it_away_or_types_a_number(world: World, role: str) -> None:
    ad = publish_ad(world)
    browser = world.browser(getattr(world, role))
    assert browser.get(f"{REGISTER}/register.zip").status_code == 404
    assert browser.get(f"{REGISTER}/arenden/{ad.id}").status_code == 404


def test_a_partys_own_case_has_no_diary_number(world: World) -> None:
    """It exists, and answers like one that does not."""
    hidden = publish_ad(world, employer="party")
    send_applications(world, hidden, 1)
    answer = world.browser(world.region).get(f"{REGISTER}/arenden/{hidden.id}")
    assert (answer.status_code, answer.data) == (
        404,
        world.browser(world.region).get(f"{REGISTER}/arenden/{world.party}").data,
    )


def test_the_folder_holds_table_and_xml_and_the_files_where_asked_for(world: World) -> None:
    sent = send_applications(world, publish_ad(world), 1)[0]
    hidden = send_applications(world, publish_ad(world, employer="party"), 1, start=7)[0]
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Application, sent.id)
        key = open_application_key(session, application_id=row.id, controller_id=row.controller_id)
        row.name_sealed = key.seal_text("application.name", "=HYPERLINK(A1)\x07")
    browser = world.browser(world.region)
    plain, whole = browser.get(f"{REGISTER}/register.zip"), browser.get(f"{REGISTER}/register.zip?filer=ja")
    assert verbs(world) == ["register.exported", "register.exported_with_files"]
    assert zipfile.ZipFile(io.BytesIO(plain.data)).namelist() == ["register.csv", "register.xml"]
    folder = zipfile.ZipFile(io.BytesIO(whole.data))
    assert folder.namelist()[2:] == ["handlingar/00001-application.pdf", "handlingar/00002-cv.pdf"]
    table = list(csv.reader(io.StringIO(folder.read("register.csv").decode("utf-8-sig")), delimiter=";"))
    assert [row[:3] for row in table[1:]] == [
        ["1", "Ansökan", "inkommen"], ["2", "Meritförteckning", "inkommen"]
    ]  # fmt: skip
    assert table[1][4].startswith("'=HYPERLINK"), "no formula"
    root = fromstring(folder.read("register.xml"))
    assert root.get("myndighet") == "Region Ådalen"
    for record, line in zip(root, table[1:], strict=True):
        path = record.find(f"{{{NAMESPACE}}}fil")
        assert path is not None and path.text == line[9]
        assert path.get("sha256") == line[10] == sha256(folder.read(line[9])).hexdigest()
    assert hidden.name not in whole.data.decode("latin-1") and hidden.name not in folder.read("register.xml").decode()


def test_too_much_at_once_is_a_sentence(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    send_applications(world, publish_ad(world), 1)
    monkeypatch.setattr("portal.disclosure.routes.taken.MOST_BYTES", 10)
    browser = world.browser(world.region)
    answer = browser.get(f"{REGISTER}/register.zip?filer=ja")
    assert (answer.status_code, "Välj kortare tid" in answer.get_data(as_text=True)) == (422, True)
    assert browser.get(f"{REGISTER}/register.zip").status_code == 200


def test_who_may_read_stands_in_the_register_and_how_it_is_ordered_is_public(world: World) -> None:
    page = world.browser(world.region).get(REGISTER).get_data(as_text=True)
    assert "Vem som får läsa" in page
    assert "/allmanna-handlingar" in page
    public = world.browser().get("/allmanna-handlingar")
    assert public.status_code == 200 and "Två register" in public.get_data(as_text=True)
    assert world.browser().get("/allmanna-handlingar?lang=en").status_code == 200
