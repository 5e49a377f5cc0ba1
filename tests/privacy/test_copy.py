"""GDPR art. 15: the copy holds what is the candidate's own, tells what each field means, and nothing of anybody else."""

import json
import re
from hashlib import sha256
from html import unescape
from itertools import chain
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Application
from portal.audit.models import AuditLine
from portal.documents.models import Document
from portal.links.models import Purpose
from portal.links.services import make_link
from portal.privacy.rights.copied import MEANINGS, described
from portal.privacy.rights.readable import readable
from portal.privacy.rights.zipped import zipped
from portal.review.services import call_to_interview
from tests.applications.paper import PAPERS, apply, base, page_one, page_two, private_link, send
from tests.decisions.recruiting import decide, proofread, release
from tests.documents import hostile
from tests.door import own_browser
from tests.forms import submit
from tests.interviews.meetings import Meetings
from tests.interviews.test_cards import fill
from tests.interviews.test_references import give
from tests.pages import parse
from tests.privacy.candidates import Clock, copy_at, files_in, link_of, values_in
from tests.review.meetings import start, there, write, write_note
from tests.review.panel import AFTER_LAST_MINUTE, Panel
from tests.stage import UNTIL
from tests.world import World, publish_ad


def test_the_copy_holds_what_was_written_and_the_files_as_they_were_sent(world: World, client: FlaskClient) -> None:
    link = private_link(apply(client, publish_ad(world, employer="party")))
    files = copy_at(world, link)
    assert set(files) == {"läs mig.html", "uppgifter.json", "filer/1 alma-cv.pdf", "filer/2 Personligt brev.txt"}
    assert files["filer/1 alma-cv.pdf"] == hostile.plain()
    assert files["filer/2 Personligt brev.txt"].decode() == "Hej.\n\nJag skriver väl."
    said = values_in(files["uppgifter.json"])
    assert said["details"]["name"] == "Alma Ekdahl"
    assert said["details"]["salary"] == "42500"
    assert said["application"]["consent_version"] == "3"
    assert said["files"][0]["sha256"] == sha256(hostile.plain()).hexdigest()
    with world.acting(scope.PLATFORM) as session:
        verbs = session.scalars(select(AuditLine.verb).where(AuditLine.actor == "candidate")).all()
        assert verbs.count("application.copied") == 1


def test_letters_changes_and_what_was_replaced_are_in_the_copy_and_on_a_page_to_read(
    world: World, client: FlaskClient
) -> None:
    link = private_link(apply(client, publish_ad(world)))
    browser = own_browser(world)
    submit(browser, f"{link}/brev", {"Ditt brev": "Får jag <ringa> er?"}, "Skicka brevet")
    submit(browser, f"{link}/andra/uppgifter", {"Namn": "Alma E. Ekdahl"}, "Spara ändringarna")
    new = {"CV": (hostile.turned(), "nytt.pdf")}
    submit(browser, f"{link}/andra/handlingar", {"Personligt brev": "Ett bättre brev."}, "Spara ändringarna", new)
    files = copy_at(world, link)
    said = values_in(files["uppgifter.json"])
    assert (said["letters"][0]["from"], said["letters"][0]["text"]) == ("Du", "Får jag <ringa> er?")
    assert [row["parts"] for row in said["changes"]] == ["namn, e-post eller telefon", "CV, brevet"]
    assert {(row["what"], row["text"]) for row in said["former"]} == {
        ("Namn", "Alma Ekdahl"), ("Personligt brev", "Hej.\n\nJag skriver väl.")
    }  # fmt: skip
    kept = {row["file"]: "replaced" in row for row in said["files"]}
    assert {name.partition(" ")[2]: gone for name, gone in kept.items() if name.endswith(".pdf")} == {
        "alma-cv.pdf": True, "nytt.pdf": False
    }  # fmt: skip
    assert set(kept) <= set(files) and hostile.plain() in files.values()
    page = files["läs mig.html"].decode()
    parse(page)
    assert "Får jag &lt;ringa&gt; er?" in page and "Alma Ekdahl" in page and "2026 kl." in page.replace("\xa0", " ")
    assert 'href="filer/1%20alma-cv.pdf"' in page and "T10:00" not in page
    assert "http" not in page and "<script" not in page and "src=" not in page


def test_what_a_candidate_has_written_stands_as_it_is_also_where_it_looks_like_a_day(
    world: World, client: FlaskClient
) -> None:
    arabic = "\u0662\u0660\u0662\u0666-\u0661\u0662-\u0660\u0661"
    days = ("2027-02-29", "2027-01-05", "2027-01-05T10:00:00+01:00", "9999-12-31T23:59:59+00:00", arabic)
    ad = publish_ad(world)
    page_one(client, ad)
    page_two(client, ad, PAPERS | {"När kan du börja?": days[0]})
    send(client, ad)
    link = private_link(client.get(f"{base(ad)}/kvitto"))
    for written in days:
        submit(own_browser(world), f"{link}/brev", {"Ditt brev": written}, "Skicka brevet")
    files = copy_at(world, link)
    page = files["läs mig.html"].decode()
    assert [page.count(f"<dd>{written}</dd>") for written in days] == [2, 1, 1, 1, 1]
    assert values_in(files["uppgifter.json"])["details"]["start"] == days[0]


def test_an_attachment_is_called_in_the_copy_what_its_candidate_called_it(world: World, client: FlaskClient) -> None:
    link = private_link(apply(client, publish_ad(world, employer="party")))
    with world.writing(scope.party(world.party)) as session:
        paper = session.scalars(select(Document).where(Document.slot == "cv")).one()
        paper.slot, paper.attachment_kind = "attachment", "intyg"
    files = copy_at(world, link)
    assert "Intyg" in {one["kind"] for one in values_in(files["uppgifter.json"])["files"]}
    assert "Intyg" in files["läs mig.html"].decode()


def test_a_party_keeps_nothing_of_what_was_replaced_and_neither_does_the_copy(
    world: World, client: FlaskClient
) -> None:
    link = private_link(apply(client, publish_ad(world, employer="party")))
    submit(own_browser(world), f"{link}/andra/uppgifter", {"Namn": "Alma E. Ekdahl"}, "Spara ändringarna")
    said = values_in(copy_at(world, link)["uppgifter.json"])
    assert said["changes"] and "former" not in said


def test_in_english_every_field_is_explained_in_english(world: World, client: FlaskClient) -> None:
    link = private_link(apply(client, publish_ad(world)))
    answer = submit(own_browser(world), f"{link}/mina-uppgifter?lang=en", {}, "Download a copy")
    files = files_in(answer)
    read = json.loads(files["data.json"])
    assert '<html lang="en">' in files["read me.html"].decode() and "What you wrote" in files["read me.html"].decode()
    assert [one["meaning"] for one in read["sections"]][:2] == ["Application", "What you wrote"]


def test_nothing_of_the_copy_is_spooled(world: World, client: FlaskClient, tmp_path: Path) -> None:
    """The words that the copy opens stand in no file afterwards."""
    link = private_link(apply(client, publish_ad(world, employer="party")))
    copy_at(world, link)
    for path in world.app.config["SETTINGS"].instance_path.rglob("*"):
        assert not path.is_file() or b"Jag skriver v\xc3\xa4l" not in path.read_bytes()


def test_a_scanner_that_follows_the_address_gets_no_copy(world: World, client: FlaskClient) -> None:
    link = private_link(apply(client, publish_ad(world)))
    assert own_browser(world).get(f"{link}/kopia").status_code == 404
    assert own_browser(world).post(f"{link}/kopia").status_code == 400
    nothing = client.get("/ansokan/" + "x" * 24)
    assert client.get("/ansokan/" + "x" * 24 + "/mina-uppgifter").data == nothing.data


def test_the_assessment_is_in_the_copy_once_there_is_word_and_never_a_note_or_another_candidate(
    panel_of_three: Panel, set_clock: Clock
) -> None:
    panel, world, one = panel_of_three, panel_of_three.world, panel_of_three.sent[0]
    for person in (world.gunnel, world.elof):
        panel.declare(person)
        write_note(panel, person, one, 0, "Arbetsanteckning om språket.")
        panel.score_all(person)
        panel.order(person, tuple((each.id,) for each in panel.sent))
        panel.hand_in(person)
    panel.set_clock(AFTER_LAST_MINUTE)
    start(panel)
    there(panel, world.gunnel, world.elof)
    write(panel, one, "Skriver bäst av de tre.")
    with panel.as_person(world.kansli) as (session, case):
        call_to_interview(
            session, case=case, actor=panel.actor(world.kansli), application_id=one.id, at=set_clock(AFTER_LAST_MINUTE)
        )
    link = _linked(world, panel)
    assert not {"assessment", "scores", "krav"} & set(values_in(copy_at(world, link)["uppgifter.json"]))
    decide(world, panel.ad, panel.sent)
    proofread(world, panel.ad)
    assert release(world, panel.ad) == 3
    data = copy_at(world, link)["uppgifter.json"]
    said = values_in(data)
    assert said["assessment"]["result"] == "går inte vidare"
    assert said["assessment"]["reason"] == "Skriver klart och snabbt."
    assert said["assessment"]["joint"] == "Skriver bäst av de tre."
    assert len(said["scores"]) == 2 * len(panel.ad.criteria)
    assert said["word"]["text"]
    others = [text for two in panel.sent[1:] for text in (two.name, two.email, two.letter)]
    for word in (*others, "Arbetsanteckning", "Gunnel", "Elof", "Samira"):
        assert word not in data.decode()


def test_what_references_said_and_the_steps_after_an_interview_are_in_the_copy_once_there_is_word(
    two_called: Meetings,
) -> None:
    meetings = two_called
    world, one = meetings.world, meetings.panel.sent[0]
    assert give(meetings) == 303
    page = f"{meetings.card_url(one)}/referenser"
    assert (
        submit(world.browser(world.kansli), page, {"Vad referensen sa": "Levererar alltid i tid."}, "Spara").status_code
        == 303
    )
    fill(meetings, world.gunnel, 2, "Arbetsanteckning om språket.")
    link = f"/ansokan/{meetings.tokens[one.id]}"
    before = copy_at(world, link)["uppgifter.json"]
    assert not {"told", "interview_scores"} & set(values_in(before))
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Application, one.id).decided_at = clock.now()
    after = copy_at(world, link)["uppgifter.json"]
    said = values_in(after)
    assert [(row["name"], row["text"]) for row in said["told"]] == [("Rut Ribbing", "Levererar alltid i tid.")]
    assert {row["step"] for row in said["interview_scores"] if "step" in row} == {2}
    assert "Arbetsanteckning" not in after.decode() and "Gunnel" not in after.decode()


def _linked(world: World, panel: Panel) -> str:
    one, at = panel.sent[0], panel.set_clock(AFTER_LAST_MINUTE)
    with world.writing(scope.party(panel.ad.party_id)) as session:
        make_link(
            session, purpose=Purpose.APPLICATION, subject_id=one.id, scope=scope.candidate(one.id), at=at,
            expires_at=at + UNTIL,
        )  # fmt: skip
    return link_of(world, one)


def test_every_field_has_its_meaning_and_a_field_without_one_is_a_fault() -> None:
    said = described({"details": {"name": "A"}, "answers": [{"choice": "ja", "text": ""}]}, str.upper)
    assert said["sections"][0]["fields"] == [{"field": "name", "meaning": "NAMN", "value": "A"}]
    assert said["sections"][1]["rows"] == [[{"field": "choice", "meaning": "JA ELLER NEJ", "value": "ja"}]]
    with pytest.raises(KeyError):
        described({"details": {"shoe_size": "43"}}, str)
    assert all(chain.from_iterable(fields.values() for _, fields in MEANINGS.values()))


def test_of_a_zip_one_file_at_a_time_is_opened(set_clock: Clock) -> None:
    opened: list[str] = []

    def part(name: str) -> tuple[str, object]:
        return name, lambda: opened.append(name) or name.encode()

    pieces = zipped([part("a"), part("b")], at=set_clock("2026-11-23T10:00"))  # type: ignore[list-item]
    next(pieces)
    assert opened == ["a"]
    assert list(pieces)
    assert opened == ["a", "b"]


def test_a_file_opens_from_the_page_to_read_whatever_it_is_called() -> None:
    file = {"field": "file", "meaning": "Fil", "value": "filer/1 CV #2 & 100%.pdf"}
    told = {"about": "Allt", "sections": [{"meaning": "Filer", "fields": [file]}]}
    page = readable(told, title="Kopia", language="sv", say=str)
    (href,) = re.findall(r'href="([^"]*)"', page)
    assert unquote(urlsplit(unescape(href)).path) == file["value"]
    assert ">filer/1 CV #2 &amp; 100%.pdf</a>" in page
