"""The minutes: a tagged PDF of rows that are each sealed apart; who may read it, and what each reader does not see."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pypdfium2 import PdfDocument

from portal.audit.models import AuditLine
from portal.documents.engines.tagged import MOST, TooMuchToSet
from portal.review.engines.minutes import pdf_of
from portal.review.meeting.minutes import Minutes, Said
from portal.review.meeting.states import Step
from portal.review.models import ReviewCase
from portal.vault.services import the_vault
from tests.review.meetings import all_handed_in, disagreeing, put_in_order, start, step, there, vote, write
from tests.review.panel import Panel, panel_of
from tests.review.test_leaving import leave_party
from tests.world import World

HOSTILE = (
    '#panic("x") #import "@preview/a:0.0.0" #read("/etc/passwd") #sys.inputs \\ $x^2$ `kod` <etikett> *fet* = Rubrik\n'
    "= Rubrik på ny rad\n#set text(fill: white)\n\t\u202e\u0007]}{)("
)


def minutes(**changed: Any) -> Minutes:
    """Small minutes, some of it other."""
    values: dict[str, Any] = {
        "ad": "Politisk sekreterare", "about": [("Började", "torsdag 17 december kl. 18.10")],
        "present": [("Gunnel Sundvall", "18:10–19:00")], "conflicts": [("Elof Rehnström", "Anna Berg")],
        "agenda": [("Anna Berg", "Skriver väl", "3 steg")], "texts": [Said("Anna Berg", "Skriver väl.", "Gunnel")],
        "order_words": "Mötet är enigt om ordningen.", "order": [("1", "Anna Berg")],
        "votes": [("A: Anna före Bo", "Anna före Bo, 1 mot 0", "Gunnel A")], "events": [("kl. 18.10", "Mötet började", "G")],
    }  # fmt: skip
    return Minutes(**{**values, **changed})


def words_of(pdf: bytes) -> str:
    """All words of a PDF, one blank between them."""
    document = PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def structure_of(pdf: bytes) -> tuple[dict[str, Any], list[str]]:
    """The catalogue, and the kinds of structure elements in their order."""
    document = PDFDocument(PDFParser(BytesIO(pdf)))
    kinds: list[str] = []

    def walk(node: Any) -> None:
        node = resolve1(node)
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict) and ("S" in node or "K" in node):
            kinds.extend([node["S"].name] if "S" in node else [])
            walk(node.get("K"))

    walk(document.catalog["StructTreeRoot"])
    return document.catalog | {"Info": document.info[0]}, kinds


def held(panel: Panel, **jav: Any) -> None:
    """A meeting from beginning to end."""
    one, two, three = panel.sent
    all_handed_in(panel, disagreeing(panel), **jav)
    start(panel)
    there(panel, panel.world.gunnel, panel.world.elof)
    write(panel, one, "Gräshoppan skriver bäst.")
    write(panel, two, "Sländan är van.")
    put_in_order(panel, ((two.id,), (one.id, three.id)), basis="rostad")
    vote(panel, two, one, gunnel="a")
    step(panel, Step.END)


def read(panel: Panel, person: Any) -> str:
    answer = panel.world.browser(person).get(f"{panel.url}/mote/protokoll.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "no-store" in answer.headers["Cache-Control"]
    return words_of(answer.data)


def test_it_is_tagged_with_title_language_headings_and_heads_of_tables() -> None:
    catalogue, kinds = structure_of(pdf_of(minutes()))
    assert resolve1(catalogue["MarkInfo"])["Marked"] is True
    assert resolve1(catalogue["Lang"]) == b"sv"
    assert resolve1(resolve1(catalogue["ViewerPreferences"])["DisplayDocTitle"]) is True
    title = resolve1(catalogue["Info"]["Title"])
    assert "Protokoll från bedömningsmötet, Politisk sekreterare" in (title.decode("utf-16"), title.decode("latin-1"))
    assert kinds.count("H1") == 1 and kinds.count("H2") == 7 and kinds.count("H3") == 1
    assert kinds.count("Table") == 7 and kinds.count("TH") == 2 + 2 + 2 + 3 + 2 + 3 + 3
    assert b"pdfuaid:part" in pdf_of(minutes())


def test_of_jav_it_says_what_the_system_knows_and_not_who_sat_in_the_room() -> None:
    words = words_of(pdf_of(minutes()))
    assert "har inte haft tillgång till den sökandes handlingar och bedömningar sedan jävet anmäldes" in words
    assert "deltagit" not in words


def test_the_same_minutes_are_the_same_bytes() -> None:
    assert pdf_of(minutes()) == pdf_of(minutes())


def test_what_people_write_is_never_source() -> None:
    hostile = minutes(
        ad=HOSTILE, texts=[Said(HOSTILE, HOSTILE, HOSTILE)], order=[("1", HOSTILE)], agenda=[(HOSTILE,) * 3],
        about=[(HOSTILE, HOSTILE)], present=[(HOSTILE, HOSTILE)], votes=[(HOSTILE,) * 3], events=[(HOSTILE,) * 3],
    )  # fmt: skip
    pdf = pdf_of(hostile)
    assert '#read("/etc/passwd")' in words_of(pdf) and "= Rubrik på ny rad" in words_of(pdf)
    assert structure_of(pdf)[1].count("H3") == 1 and "root:" not in words_of(pdf)


@pytest.mark.parametrize("letters", ["Bra! 🙂", "王芳", "ሰላም", "\x00\x1b[31m\u200b\ue000\ufffe"])
def test_letters_that_no_font_has_cost_the_seal_and_neither_pages_nor_tags(letters: str) -> None:
    pdf = pdf_of(minutes(texts=[Said("Anna Berg", f"{letters} Skriver väl.", "G")]))
    assert "Skriver väl." in words_of(pdf)
    assert structure_of(pdf)[1].count("TH") == 17


def test_a_long_word_stays_on_the_page_and_too_much_is_refused() -> None:
    pdf = pdf_of(minutes(texts=[Said("Anna", "x" * 2000, "G")]))
    page = PdfDocument(pdf)[0].get_textpage()
    assert all(page.get_charbox(n)[2] < 595 - 60 for n in range(page.count_chars()) if page.get_text_range(n, 1) == "x")
    with pytest.raises(TooMuchToSet):
        pdf_of(minutes(texts=[Said("Anna", "x" * 2000, "G")] * (MOST // 2000)))


def test_three_hundred_candidates_are_set() -> None:
    many = [Said(f"Namn {n}", "Skriver väl och snabbt. " * 60, "Gunnel") for n in range(300)]
    assert len(PdfDocument(pdf_of(minutes(texts=many, order=[(str(n), f"Namn {n}") for n in range(300)])))) > 60


def test_it_has_who_was_there_agenda_texts_order_and_votes(panel: Panel) -> None:
    one, two, three = panel.sent
    held(panel)
    words = read(panel, panel.world.elof)
    sharing = sorted((one.name, three.name))
    for expected in (
        "Protokoll från bedömningsmötet", "14 december 2026 kl. 10.00",
        "Gunnel Sundvall", "3 steg", "Gräshoppan skriver bäst.", "Sländan är van.",
        "Ordningen är bestämd efter omröstning.", f"1 {two.name} 2–3 {sharing[0]} 2–3 {sharing[1]}",
        f"{two.name} före {one.name}, 1 mot 0", "Gunnel Sundvall A", "Mötet avslutades", "Ingen anmäld.",
    ):  # fmt: skip
        assert expected in words, expected
    assert "Det här exemplaret är utan" not in words


def test_it_is_there_once_the_meeting_has_ended_for_panel_and_office_alone_and_each_reading_is_logged(
    panel: Panel,
) -> None:
    world, url = panel.world, f"{panel.url}/mote/protokoll.pdf"
    assert world.browser(world.gunnel).get(url).status_code == 303
    held(panel)
    for person in (world.gunnel, world.elof, world.kansli):
        read(panel, person)
    for person in (world.rival_kansli, world.region, world.drift):
        assert world.browser(person).get(url).status_code == 404
    assert world.browser().get(url).status_code == 303  # to the log-in page
    with panel.as_person(world.kansli) as (session, _case):
        verbs = [line.verb for line in session.query(AuditLine).order_by(AuditLine.number)]
    assert verbs.count("minutes.read") == 3 and verbs.count("meeting.end") == 1
    step(panel, Step.REOPEN, "Ett fel.")
    assert world.browser(world.gunnel).get(url).status_code == 303
    there(panel, world.gunnel)
    step(panel, Step.END)
    assert "Mötet öppnades igen" in read(panel, world.gunnel) and ": Ett fel." in read(panel, world.gunnel)


def test_who_has_jav_reads_nothing_of_that_candidate(panel: Panel) -> None:
    world, (one, two, three) = panel.world, panel.sent
    held(panel, elof=one)
    whole, partly = read(panel, world.gunnel), read(panel, world.elof)
    hidden = [word for word in (*one.name.split(), "Gräshoppan", "3 steg") if word not in f"{two.name} {three.name}"]
    assert len(hidden) >= 3 and all(word in whole for word in (*one.name.split(), "Gräshoppan"))
    assert [word for word in hidden if word in partly] == []
    assert "Sländan är van." in partly and "Det här exemplaret är utan" in partly
    assert f"1 {two.name} 2 {three.name}" in partly  # counted without them
    assert "Ingen anmäld mot de sökande som står i det här exemplaret." in partly and "Ingen anmäld." not in partly
    assert f"Elof Rehnström {one.name}" in whole  # stepped out


def test_jav_stands_also_of_one_who_has_left_the_party_since(panel: Panel) -> None:
    world, one = panel.world, panel.sent[0]
    held(panel, elof=one)
    leave_party(world, world.elof)
    words = read(panel, world.gunnel)
    assert f"Elof Rehnström {one.name}" in words and "Ingen anmäld" not in words


def test_one_who_is_erased_leaves_the_rest(panel: Panel) -> None:
    one, two, _three = panel.sent
    held(panel)
    the_vault_forgets(panel, one)
    words = read(panel, panel.world.gunnel)
    assert "[raderad]" in words and "Gräshoppan" not in words and one.name not in words
    assert "Sländan är van." in words and two.name in words


def the_vault_forgets(panel: Panel, sent: Any) -> None:
    with panel.world.app.app_context():
        the_vault().key_store.destroy(sent.id)


def test_one_who_takes_back_after_the_meeting_stands_as_erased_where_the_party_employs(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    from portal import clock, scope
    from portal.applications.services.withdrawing import finish_erasure, withdraw_application

    panel = panel_of(world, set_clock, world.gunnel, world.elof, employer="party")
    one = panel.sent[0]
    held(panel)
    with world.writing(scope.candidate(one.id)) as session:
        withdraw_application(session, application_id=one.id, at=clock.now())
        session.commit()
        finish_erasure(one.id, session)
    words = read(panel, world.gunnel)
    assert one.name not in words and "Gräshoppan" not in words and words.count("[raderad]") >= 3
    assert one.name not in world.browser(world.gunnel).get(f"{panel.url}/mote").get_data(as_text=True)


def test_more_than_can_be_set_is_a_sentence_not_a_fault(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    held(panel)
    monkeypatch.setattr("portal.documents.engines.tagged.MOST", 500)
    answer = panel.world.browser(panel.world.gunnel).get(f"{panel.url}/mote/protokoll.pdf")
    assert answer.status_code == 409 and "Protokollet är för långt" in answer.get_data(as_text=True)


def test_the_last_minute_alone_opens_a_meeting_whose_minutes_wait_for_who_has_not_handed_in(panel: Panel) -> None:
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
    panel.hand_in(panel.world.gunnel)
    with panel.as_person(panel.world.kansli) as (session, _case):
        session.query(ReviewCase).one().hand_in_by = datetime.fromisoformat("2026-12-14T09:59:00+01:00")
    start(panel)
    there(panel, panel.world.gunnel)
    step(panel, Step.END)
    url = f"{panel.url}/mote/protokoll.pdf"
    assert panel.world.browser(panel.world.elof).get(url).status_code == 303
    panel.hand_in(panel.world.elof)
    assert panel.world.browser(panel.world.elof).get(url).status_code == 200


def test_an_order_that_was_emptied_again_is_none(panel: Panel) -> None:
    all_handed_in(panel, disagreeing(panel))
    start(panel)
    there(panel, panel.world.gunnel, panel.world.elof)
    version = put_in_order(panel, ((panel.sent[0].id,),))
    put_in_order(panel, (), version)
    step(panel, Step.END)
    words = read(panel, panel.world.elof)
    assert "Ingen ordning bestämdes." in words and "enigt om ordningen" not in words
