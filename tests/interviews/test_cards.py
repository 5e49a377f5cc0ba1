"""The guide, and each assessor's own card: saved by the click or the button, sealed by the rule of C6, jäv binds."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.audit.models import AuditLine
from portal.interviews import services
from portal.interviews.models import InterviewMark
from portal.interviews.questions import asked, fault_of
from portal.interviews.refusals import CardEmpty, CardHandedIn, NotOpenToYou
from portal.review.steps import PresenceUnknown, StepUnknown
from tests.counting import statements
from tests.forms import fields_of, submit, submit_page
from tests.interviews.meetings import Meetings, meetings_of
from tests.world import World

Clock = Callable[[str], datetime]
NOTE = "Svarade med tre exempel <i>och</i> ett skratt."


def token_of(browser: FlaskClient) -> str:
    page = browser.get("/konto").get_data(as_text=True)
    return page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]


def fill(meetings: Meetings, person: Any, step: int = 2, note: str = "") -> None:
    """A whole card of the first candidate."""
    for n, criterion in enumerate(meetings.panel.ad.criteria):
        value = (None, "ja") if n in (2, 4) else (step, None)
        save(meetings, person, n, value, note)
        assert criterion


def save(meetings: Meetings, person: Any, n: int, value: Any, note: str = "") -> None:
    with meetings.panel.as_person(person) as (session, case):
        services.save_mark(
            session, case=case, application_id=meetings.panel.sent[0].id, criterion_id=meetings.panel.ad.criteria[n],
            value=value, note=note, at=clock.now(),
        )  # fmt: skip


def hand_in(meetings: Meetings, person: Any) -> None:
    with meetings.panel.as_person(person) as (session, case):
        services.hand_in_card(session, case=case, application_id=meetings.panel.sent[0].id, at=clock.now())


def test_the_guide_has_the_ads_own_criteria_and_what_everybody_is_asked(meetings: Meetings) -> None:
    office, other = (meetings.world.browser(person) for person in (meetings.world.kansli, meetings.world.elof))
    first = meetings.panel.ad.criteria[0]
    written = {f"questions-{first}": "  Berätta om en text du skrev under press.\n\nVad ströks <b>bort</b>?\n"}
    assert submit(office, f"{meetings.url}/guide", written, "Spara guiden").status_code == 303
    for path in (f"{meetings.url}/guide", meetings.card_url(meetings.panel.sent[0])):
        page = other.get(path).get_data(as_text=True)
        assert "Berätta om en text du skrev under press." in page and "Vad ströks &lt;b&gt;bort&lt;/b&gt;?" in page
        assert "Spara guiden" not in page
        for words in ("Du skriver väl, också när det är bråttom", "Du har B-körkort"):
            assert words in page
    token = token_of(other)
    assert other.post(f"{meetings.url}/guide", data={"csrf_token": token}).status_code == 404
    assert submit(office, f"{meetings.url}/guide", {f"questions-{first}": ""}, "Spara guiden").status_code == 303
    assert "Berätta om" not in other.get(f"{meetings.url}/guide").get_data(as_text=True)


@pytest.mark.parametrize("text", ["en\ntvå\ntre\nfyra", "å" * 301, "x" * 100_000])
def test_too_many_or_too_long_questions_are_told_and_kept_on_the_page(meetings: Meetings, text: str) -> None:
    office, name = meetings.world.browser(meetings.world.kansli), f"questions-{meetings.panel.ad.criteria[0]}"
    answer = submit(office, f"{meetings.url}/guide", {name: text}, "Spara guiden")
    assert answer.status_code == 422
    assert fault_of(text) in answer.get_data(as_text=True) and text[:300] in answer.get_data(as_text=True)
    assert text[:50] not in office.get(f"{meetings.url}/guide").get_data(as_text=True)


def test_questions_are_lines() -> None:
    assert asked(" a  b \r\n\n c ") == ["a b", "c"]
    assert fault_of("a\nb\nc") == ""


def test_a_click_is_saved_with_the_time_and_the_button_does_the_same(meetings: Meetings) -> None:
    one, browser = meetings.panel.sent[0], meetings.world.browser(meetings.world.elof)
    criterion = meetings.panel.ad.criteria[0]
    save_at, page = f"{meetings.card_url(one)}/kort/{criterion}", meetings.card_url(one)
    data = {"csrf_token": token_of(browser), f"step-{criterion}": "3", f"note-{criterion}": NOTE}
    answer = browser.post(save_at, data=data, headers={"Accept": "application/json"})
    assert answer.get_json()["saved"] == f"Sparat {clock.now().astimezone(clock.STOCKHOLM):%H.%M}"
    shown = browser.get(page).get_data(as_text=True)
    assert "Svarade med tre exempel &lt;i&gt;och&lt;/i&gt; ett skratt." in shown
    assert f'value="3" id="step-{criterion}-3" data-keys="3" checked' in shown
    sent = submit(browser, page, {f"step-{criterion}": "none", f"note-{criterion}": ""}, "Spara")
    assert sent.headers["Location"].endswith(f"#k-{criterion}")
    shown = browser.get(page).get_data(as_text=True)
    assert f'value="none" id="step-{criterion}-none" data-keys="none" checked' in shown and "Svarade" not in shown


@pytest.mark.parametrize("step", ["4", "-1", "yes", "3 ", "0" * 5000])
def test_a_step_outside_the_scale_is_refused_and_the_note_stays_on_the_page(meetings: Meetings, step: str) -> None:
    one, browser = meetings.panel.sent[0], meetings.world.browser(meetings.world.elof)
    criterion = meetings.panel.ad.criteria[0]
    data = {"csrf_token": token_of(browser), f"step-{criterion}": step, f"note-{criterion}": "Bra svar."}
    answer = browser.post(f"{meetings.card_url(one)}/kort/{criterion}", data=data)
    assert answer.status_code == 422
    assert "Välj ett av stegen 0–3" in answer.get_data(as_text=True) and "Bra svar." in answer.get_data(as_text=True)


def test_a_note_that_is_too_long_is_told_so(meetings: Meetings) -> None:
    one, browser = meetings.panel.sent[0], meetings.world.browser(meetings.world.elof)
    criterion = meetings.panel.ad.criteria[0]
    data = {"csrf_token": token_of(browser), f"note-{criterion}": "å" * 4001}
    for headers in ({}, {"Accept": "application/json"}):
        answer = browser.post(f"{meetings.card_url(one)}/kort/{criterion}", data=data, headers=headers)
        assert answer.status_code == 422
    assert answer.get_json() == {
        "fault": "Anteckningen får vara högst 4\u00a0000 tecken. Nu är det 4\u00a0001: korta den."
    }


def test_of_two_windows_neither_writes_over_the_others_note_unseen(meetings: Meetings) -> None:
    browser = meetings.world.browser(meetings.world.elof)
    criterion, page = meetings.panel.ad.criteria[0], meetings.card_url(meetings.panel.sent[0])
    step, note = f"step-{criterion}", f"note-{criterion}"
    old = browser.get(page)
    assert submit(browser, page, {step: "3", note: "Från den ena."}, "Spara").status_code == 303
    clicked = submit_page(browser, old, page, {step: "2"}, "Spara")  # a step alone: it has written no note
    assert clicked.status_code == 303
    assert "Från den ena." in browser.get(page).get_data(as_text=True)
    told = submit_page(browser, old, page, {step: "2", note: "Från den andra."}, "Spara")
    said = told.get_data(as_text=True)
    assert told.status_code == 409 and "Från den ena." in said and "Från den andra." in said
    assert submit_page(browser, told, page, {}, "Spara").status_code == 303
    assert "Från den andra." in browser.get(page).get_data(as_text=True)


def test_a_window_that_saves_by_itself_goes_on_from_the_note_it_shows(meetings: Meetings) -> None:
    page, criterion = meetings.card_url(meetings.panel.sent[0]), meetings.panel.ad.criteria[0]
    browser = meetings.world.browser(meetings.world.elof)
    opened = fields_of(browser.get(page))[f"version-{criterion}"][0]

    def post(note: str, version: str) -> Any:
        data = {
            "csrf_token": token_of(browser),
            f"step-{criterion}": "3",
            f"note-{criterion}": note,
            "version": version,
        }
        headers = {"Accept": "application/json"}
        return browser.post(f"{page}/kort/{criterion}", data=data, headers=headers).get_json()

    first = post("A", opened)["version"]
    assert post("AB", first)["version"] != first
    untouched = post("", opened)  # another window, opened before, in which a step is chosen
    assert untouched["version"] == opened and "ändrad i ett annat fönster" in untouched["saved"]
    told = post("B", untouched["version"])
    assert told["beside"]["text"] == "AB" and told["fault"].startswith("Anteckningen är ändrad i ett annat fönster")
    assert "saved" in post("B", told["beside"]["version"])


def test_what_is_judged_by_the_scale_is_not_judged_by_yes_or_no_nor_the_other_way(meetings: Meetings) -> None:
    elof = meetings.world.elof
    with pytest.raises(StepUnknown):
        save(meetings, elof, 0, (None, "ja"))
    with pytest.raises(PresenceUnknown):
        save(meetings, elof, 2, (3, None))


def test_the_database_keeps_steps_on_the_scale(meetings: Meetings) -> None:
    save(meetings, meetings.world.elof, 0, (2, None))
    for step, judged in ((4, True), (-1, True), (2, False)):
        with pytest.raises(IntegrityError), meetings.world.writing(scope.party(meetings.world.party)) as session:
            mark = session.scalars(select(InterviewMark)).one()
            mark.step, mark.judged = step, judged


def test_a_card_is_its_authors_until_both_have_handed_in_and_the_offices_when_all_have(meetings: Meetings) -> None:
    world, one = meetings.world, meetings.panel.sent[0]
    fill(meetings, world.gunnel, note="Gunnels hemliga rad")
    fill(meetings, world.elof, note="Elofs hemliga rad")

    def reads(person: Any) -> tuple[bool, bool]:
        page = world.browser(person).get(meetings.card_url(one)).get_data(as_text=True)
        return "Gunnels hemliga rad" in page, "Elofs hemliga rad" in page

    assert (reads(world.gunnel), reads(world.elof), reads(world.kansli)) == (
        (True, False),
        (False, True),
        (False, False),
    )
    hand_in(meetings, world.gunnel)
    assert (reads(world.gunnel), reads(world.elof), reads(world.kansli)) == (
        (True, False),
        (False, True),
        (False, False),
    )
    hand_in(meetings, world.elof)
    assert (reads(world.gunnel), reads(world.elof), reads(world.kansli)) == ((True, True), (True, True), (True, True))


def test_a_card_is_handed_in_whole_and_then_stands(meetings: Meetings) -> None:
    elof = meetings.world.elof
    with pytest.raises(CardEmpty, match="Fem kvar att bedöma"):
        hand_in(meetings, elof)
    save(meetings, elof, 0, None, "En anteckning är ingen bedömning.")
    with pytest.raises(CardEmpty, match="Fem kvar att bedöma"):
        hand_in(meetings, elof)
    fill(meetings, elof)
    browser, page = meetings.world.browser(elof), meetings.card_url(meetings.panel.sent[0])
    assert submit(browser, page, {}, "Lämna in kortet").status_code == 303
    hand_in(meetings, elof)  # twice changes nothing
    assert "Lämna in kortet" not in browser.get(page).get_data(as_text=True)
    with pytest.raises(CardHandedIn):
        save(meetings, elof, 0, (3, None))


def test_to_whom_has_jav_there_is_no_card_and_what_they_wrote_before_is_nobodys(world: World, set_clock: Clock) -> None:
    meetings = meetings_of(world, set_clock)
    one = meetings.panel.sent[0]
    fill(meetings, world.elof, note="Elofs hemliga rad")
    hand_in(meetings, world.elof)
    fill(meetings, world.gunnel)
    meetings.panel.declare(world.elof, one)
    assert world.browser(world.elof).get(meetings.card_url(one)).status_code == 404
    with pytest.raises(NotOpenToYou):
        save(meetings, world.elof, 0, (0, None))
    hand_in(meetings, world.gunnel)
    for person in (world.gunnel, world.kansli):
        assert "Elofs hemliga rad" not in world.browser(person).get(meetings.card_url(one)).get_data(as_text=True)


def test_the_office_and_strangers_keep_no_card(meetings: Meetings) -> None:
    world, criterion = meetings.world, meetings.panel.ad.criteria[0]
    for person in (world.kansli, world.rival_kansli, world.region):
        browser = world.browser(person)
        data = {"csrf_token": token_of(browser), f"step-{criterion}": "3"}
        for sent in meetings.panel.sent:
            answer = browser.post(f"{meetings.card_url(sent)}/kort/{criterion}", data=data)
            assert answer.status_code == 404
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(InterviewMark)).all() == []


def test_a_criterion_of_another_ad_is_none_of_this_card(meetings: Meetings, set_clock: Clock) -> None:
    set_clock("2026-12-01T10:00")
    foreign = meetings_of(meetings.world, set_clock).panel.ad.criteria[0]
    browser = meetings.world.browser(meetings.world.elof)
    data = {"csrf_token": token_of(browser), f"step-{foreign}": "3"}
    assert browser.post(f"{meetings.card_url(meetings.panel.sent[0])}/kort/{foreign}", data=data).status_code == 404


def test_notes_are_sealed_and_each_showing_is_logged(meetings: Meetings) -> None:
    world, one = meetings.world, meetings.panel.sent[0]
    save(meetings, world.elof, 0, (2, None), NOTE)
    with world.acting(scope.party(world.party)) as session:
        mark = session.scalars(select(InterviewMark)).one()
        assert mark.note_sealed is not None and NOTE.encode() not in mark.note_sealed
    world.browser(world.elof).get(meetings.card_url(one))
    with world.acting(scope.PLATFORM) as session:
        line = session.scalars(select(AuditLine).where(AuditLine.verb == "interview.read")).one()
        assert (line.actor, line.object_id) == (f"person:{world.elof}", one.id)


@pytest.mark.counts
def test_an_interview_takes_so_many_questions_however_many_are_called(world: World, set_clock: Clock) -> None:
    asked_of = []
    for applications in (1, 12):
        set_clock("2026-12-01T10:00")
        meetings = meetings_of(world, set_clock, applications=applications, called=applications)
        fill(meetings, world.gunnel)
        browser, page = world.browser(world.gunnel), meetings.card_url(meetings.panel.sent[0])
        browser.get(page)
        with statements(world.app) as ran:
            assert browser.get(page).status_code == 200
        asked_of.append(ran.count)
    assert asked_of == [14, 14]
