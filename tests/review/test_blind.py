"""Blind means blind: who assesses meets neither name, address nor papers of anybody, at no address, until they are called."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from html import escape
from io import BytesIO
from urllib.parse import quote
from uuid import UUID

import pytest
from flask import url_for
from flask.testing import FlaskClient
from pdfminer.high_level import extract_text
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Answer, Application
from portal.documents.models import Document, PagePicture
from portal.review import services
from portal.review.blind.models import Masking
from portal.review.meeting.refusals import MeetingNotOpen
from portal.review.meeting.states import Step
from portal.review.queries.scores import seen_scores
from portal.vault.services import open_application_key, the_vault
from tests.accounts.people import letters
from tests.applicants import Sent, page_picture
from tests.counting import statements
from tests.crawl import crawl
from tests.review.blind import approve_all, blind_panel, code_name, machine_says, make_blind, work
from tests.review.meetings import hold_whole_meeting, start, step
from tests.review.panel import Panel, panel_of
from tests.world import World

NAME = "Ann-Sofie Björkqvist-Ståhl"
EMAIL, PHONE = "annsofie.bjorkqvist@exempelpost.example.se", "073-555 01 99"
FORMS = (
    NAME, "Ann-Sofie", "Sofie", "Björkqvist-Ståhl", "Björkqvist", "Ståhl", "Ståhls", "Björkqvists", "A-S B-S", "A.S.B.",
    EMAIL, "annsofie.bjorkqvist", PHONE, "0735550199", "+46735550199",
)  # fmt: skip
ORIGINAL = ("Filen som den skickades", "Start så snart som möjligt")  # of what is not masked but left out
SECRET = (*FORMS, *ORIGINAL)
BY_POST = ("step", "person_id", "slot_id", "reference_id")  # of addresses that nothing is read at
QUERIES = ("visa=brev", "som=text", "visa=cv&som=text", "ordning=sokande")


def plant(panel: Panel, sent: Sent) -> None:
    """The first candidate has this name, and every form of it stands in everything that was sent."""
    forms = ", ".join(FORMS)
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        row = session.get_one(Application, sent.id)
        key = open_application_key(session, application_id=sent.id, controller_id=row.controller_id)
        told = {
            "name": NAME, "email": EMAIL, "phone": PHONE, "letter": f"Brevet: {forms}",
            "start": f"{ORIGINAL[1]}, {NAME}",
        }  # fmt: skip
        for column, text in told.items():
            setattr(row, f"{column}_sealed", key.seal_text(f"application.{column}", text))
        for answer in session.scalars(select(Answer).where(Answer.application_id == sent.id)):
            said = json.dumps({"choice": "", "text": f"Svaret: {forms}"})
            answer.text_sealed = key.seal_text(f"answer.{answer.criterion_id}", said)
        document = session.get_one(Document, sent.document)
        document.name_sealed = key.seal_text("document.name", f"CV {NAME}, {forms}.pdf"[:140])
        document.blob = key.keep_document("document", f"%PDF-1.7 {ORIGINAL[0]} {forms}".encode()).name
        document.text_blob = key.keep_document("document.text", f"{ORIGINAL[0]} {forms}".encode()).name
        for page in session.scalars(select(PagePicture).where(PagePicture.document_id == sent.document)):
            page.blob = key.keep_document("page", page_picture(page.number) + f"{ORIGINAL[0]} {forms}".encode()).name


def spelled(form: str) -> set[bytes]:
    """The ways in which bytes of a page may carry it, all in small letters."""
    ways = (form, escape(form), quote(form), form.encode("ascii", "xmlcharrefreplace").decode(), json.dumps(form)[1:-1])
    return {way.casefold().encode() for way in ways}


def heard_in(answer: bytes, secrets: tuple[str, ...]) -> list[str]:
    small = answer.decode("utf-8", "replace").casefold().encode()
    return [form for form in secrets if any(way in small for way in spelled(form))]


def addresses(panel: Panel) -> Iterator[str]:
    """Every address under the case, with every id that it could be asked with; but jäv's bare names."""
    values = {"ad_id": panel.ad.id, "reference": panel.ad.reference}
    with panel.world.app.test_request_context():
        for rule in panel.world.app.url_map.iter_rules():
            if "ad_id" not in rule.arguments or rule.endpoint == "review.conflicts":
                continue
            for one in panel.sent:
                at = {"application_id": one.id, "document_id": one.document, "criterion_id": panel.ad.criteria[0]}
                for number in (1, 2):
                    given = {**values, **at, "number": number}
                    assert rule.arguments <= {*given, *BY_POST}, rule
                    if rule.arguments <= given.keys():
                        url = url_for(rule.endpoint, **{name: given[name] for name in rule.arguments})
                        yield url


def everything_told(panel: Panel, browser: FlaskClient) -> dict[str, bytes]:
    """All that one browser is answered under the case: by address, headers and body, by GET and by empty POST."""
    told = {}
    asked = sorted(set(addresses(panel)))
    for url in asked:  # grows: what opens is asked in every manner
        answer = browser.get(url)
        if answer.status_code == 200 and "?" not in url and answer.mimetype == "text/html":
            asked += [f"{url}?{query}" for query in QUERIES]
        words = extract_text(BytesIO(answer.data)).encode() if answer.mimetype == "application/pdf" else b""
        told[url] = f"{answer.status_code} {answer.headers}".encode() + answer.data + words
    elsewhere = ("/demo", f"{panel.url}/jav", f"{panel.url}/maskera")
    for answer in crawl(browser, ["/arbete", panel.url, f"{panel.url}/bedom"], but=elsewhere):
        told[f"crawled {answer.path}"] = answer.everything
    return told


@pytest.fixture
def planted(panel: Panel) -> Panel:
    """The panel, with the first candidate's name in every form in everything that they sent."""
    plant(panel, panel.sent[0])
    return panel


def test_the_search_finds_every_form_where_the_review_is_open(planted: Panel) -> None:
    for person in planted.people:
        planted.declare(person)
    told = b" ".join(everything_told(planted, planted.world.browser(planted.people[0])).values())
    assert heard_in(told, SECRET) == list(SECRET)


@pytest.mark.parametrize("who", ["gunnel", "elof"])
def test_no_address_tells_an_assessor_who_it_is_until_the_call(
    planted: Panel, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    blind_panel(planted, monkeypatch)
    browser, first = planted.world.browser(getattr(planted.world, who)), planted.sent[0]
    for steps in (lambda: None, lambda: _hand_in(planted), lambda: _meet(planted)):
        steps()
        told = everything_told(planted, browser)
        assert {url: found for url, answer in told.items() if (found := heard_in(answer, SECRET))} == {}
        assert any(code_name(planted, first).encode() in answer for answer in told.values())
        assert any(b"\x89PNG" in answer for answer in told.values())
    _call(planted, first)
    told = everything_told(planted, browser)
    assert heard_in(b" ".join(told.values()), SECRET) == list(SECRET)
    assert planted.sent[1].name.encode() not in b" ".join(told.values())


def test_no_address_tells_a_deputy_who_it_is(
    planted: Panel, deputies: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    planted.name(*planted.people, deputies=deputies)
    first, (gunnel, elof), (deputy, _) = planted.sent[0], planted.people, deputies
    machine_says(monkeypatch)
    make_blind(planted)
    work(planted)
    approve_all(planted)
    planted.declare(gunnel)
    planted.declare(elof, first)
    planted.declare(deputy)
    told = everything_told(planted, planted.world.browser(deputy))
    assert {url: found for url, answer in told.items() if (found := heard_in(answer, SECRET))} == {}
    assert any(code_name(planted, first).encode() in answer for answer in told.values())


def test_krav_shows_the_lead_code_names_and_masked_answers_alone(
    planted: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    blind_panel(planted, monkeypatch)
    first, browser = planted.sent[0], planted.world.browser(planted.people[0])
    for url in (f"{planted.url}/krav", planted.krav_url(first)):
        answer = browser.get(url)
        assert answer.status_code == 200
        assert code_name(planted, first) in answer.get_data(as_text=True)
        assert heard_in(answer.data, SECRET) == []


def test_nobody_meets_while_the_review_is_blind(planted: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    blind_panel(planted, monkeypatch)
    planted.score_all(planted.people[0])
    planted.hand_in(planted.people[0])
    with pytest.raises(MeetingNotOpen):
        start(planted)
    assert planted.world.browser(planted.world.kansli).get(f"{planted.url}/beslutsakt.json").status_code == 409


def test_what_is_masked_anew_after_handing_in_is_handed_in_anew(
    planted: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    blind_panel(planted, monkeypatch)
    _hand_in(planted)
    with planted.world.writing(scope.party(planted.ad.party_id)) as session:
        row = session.scalars(select(Masking).where(Masking.application_id == planted.sent[0].id)).one()
        row.approved_at = clock.now() + timedelta(minutes=1)
    with planted.as_person(planted.people[0]) as (session, case):
        assert [case.is_handed_in(row) for row in case.to_judge] == [False, True, True]
        assert len(seen_scores(session, case, clock.now()).waiting_for) == 2


def test_the_office_opens_originals_on_the_masking_pages_alone(planted: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    blind_panel(planted, monkeypatch)
    first, browser = planted.sent[0], planted.world.browser(planted.world.kansli)
    told = everything_told(planted, browser)
    hits = {url for url, answer in told.items() if heard_in(answer, ORIGINAL)}
    assert hits
    assert {url for url in hits if "/maskera/" not in url} == set()
    page = browser.get(f"{planted.url}/sokande/{first.id}").get_data(as_text=True)
    assert escape(NAME) in page and EMAIL in page
    assert browser.get(f"{planted.url}/sokande/{first.id}/original/{first.document}").status_code == 404
    _hand_in(planted)
    _call(planted, first)
    assert browser.get(f"{planted.url}/sokande/{first.id}/original/{first.document}").status_code == 200


def test_an_office_person_in_the_panel_is_shown_code_names_like_the_others(
    world: World, set_clock: Callable[[str], datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.kansli)
    plant(panel, panel.sent[0])
    blind_panel_of_office(panel, monkeypatch)
    told = everything_told(panel, world.browser(world.kansli))
    assert {url for url, answer in told.items() if heard_in(answer, SECRET) and "/maskera" not in url} == set()


def blind_panel_of_office(panel: Panel, patch: pytest.MonkeyPatch) -> None:
    """The assessor of the office answers about jäv before masking, as whoever assesses must."""
    machine_says(patch)
    make_blind(panel)
    work(panel)
    for person in panel.people:
        panel.declare(person)
    approve_all(panel)


def test_no_mail_to_the_staff_names_a_candidate(planted: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    blind_panel(planted, monkeypatch)
    _hand_in(planted)
    mails = letters(planted.world)
    assert mails
    assert [mail for mail in mails if heard_in(f"{mail.subject} {mail.body} {mail.to}".encode(), SECRET)] == []


def test_the_names_of_jav_stand_by_themselves(planted: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    blind_panel(planted, monkeypatch)
    page = planted.world.browser(planted.people[0]).get(f"{planted.url}/jav").get_data(as_text=True)
    assert escape(NAME) in page
    ids = {str(id) for one in planted.sent for id in (one.id, one.document)}
    assert not any(id in page for id in ids)
    assert not any(code_name(planted, one) in page for one in planted.sent)


def test_a_call_opens_one_name_and_is_kept_with_time_and_person(
    planted: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    blind_panel(planted, monkeypatch)
    first, second, _ = planted.sent
    with pytest.raises(services.calling.StillBlind):
        _call(planted, first)
    _hand_in(planted)
    _call(planted, first)
    page = planted.world.browser(planted.people[1]).get(f"{planted.url}/gemensam").get_data(as_text=True)
    assert escape(NAME) in page and second.name not in page
    assert code_name(planted, second) in page


def test_a_blind_list_opens_no_name_and_no_key(planted: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    blind_panel(planted, monkeypatch)
    browser = planted.world.browser(planted.people[0])
    browser.get(f"{planted.url}/din-bedomning")
    with planted.world.app.app_context():
        keys = the_vault().key_store.engine
    for page in ("din-bedomning", "ordning"):
        with statements(planted.world.app, keys) as opened:
            assert browser.get(f"{planted.url}/{page}").status_code == 200
        assert opened.count == 0, page


def _hand_in(panel: Panel) -> None:
    for person in panel.people:
        panel.score_all(person)
        panel.hand_in(person)


def _meet(panel: Panel) -> None:
    """From the first word to the minutes."""
    hold_whole_meeting(panel)
    step(panel, Step.END)


def _call(panel: Panel, sent: Sent) -> None:
    with panel.as_person(panel.world.kansli) as (session, case):
        services.call_to_interview(
            session, case=case, actor=panel.actor(panel.world.kansli), application_id=sent.id, at=clock.now()
        )
