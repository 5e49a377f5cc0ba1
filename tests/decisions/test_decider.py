"""Somebody named to decide who does not assess: asked about jäv first, let in as the phase allows, and able to decide."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.decisions.models import Outcome
from portal.decisions.services import record_outcome
from portal.review.deciding.models import DecidingAnswer
from portal.review.models import ConflictAnswer
from portal.review.refusals import ConflictUnanswered, NotOpenToYou
from tests.applicants import Sent, send_applications
from tests.counting import statements
from tests.decisions.judging import data, get, judged
from tests.decisions.recruiting import HIRED, NOT_FURTHER, decide, proofread
from tests.doors import csrf_token
from tests.forms import submit
from tests.review.blind import approve_pages, approve_texts, burn_all, make_blind, note_machine
from tests.review.panel import Panel, panel_of
from tests.stage import add_person
from tests.world import World

Clock = Callable[[str], datetime]


@pytest.fixture
def decider(bare: Panel) -> UUID:
    person, _ = add_person(bare.world, "vera", "ledamot", party=bare.world.party)
    bare.name(bare.world.gunnel, bare.world.elof, decider=person)
    return person


@pytest.fixture
def bare(world: World, set_clock: Clock) -> Panel:
    """Three candidates and a panel of two that has not begun."""
    return panel_of(world, set_clock, world.gunnel, world.elof)


def reach(panel: Panel, person: UUID, *pages: str) -> list[int]:
    browser = panel.world.browser(person)
    return [browser.get(f"{panel.url}{page}").status_code for page in pages]


def papers(panel: Panel, n: int = 0) -> list[str]:
    one = panel.sent[n]
    return [
        f"/sokande/{one.id}",
        f"/sokande/{one.id}/sida/{one.document}/1",
        f"/sokande/{one.id}/original/{one.document}",
    ]


DECIDING = ("/gemensam", "/gemensam/siffror", "/gemensam/anteckningar", "/beslut", "/utfall", "/besked")
NEVER = (
    "/bedomare", "/sokande", "/bedom", "/ordning", "/lamna-in", "/din-bedomning", "/faser", "/krav", "/mote",
    "/intervjuer", "/intervjuer/guide",
)  # fmt: skip


def test_before_the_open_phase_there_is_the_question_of_jav_and_nothing_else(bare: Panel, decider: UUID) -> None:
    assert reach(bare, decider, "", "/jav") == [200, 200]
    assert set(reach(bare, decider, *DECIDING, *papers(bare), "/beslutsakt.json", *NEVER)) == {404}
    page = bare.world.browser(decider).get(f"{bare.url}/jav").get_data(as_text=True)
    assert all(one.name in page for one in bare.sent)
    assert not any(str(one.id) in page for one in bare.sent), "names alone, unlinked to the applications"


def test_of_whom_they_have_not_answered_nothing_opens(bare: Panel, decider: UUID) -> None:
    judged(bare, jav=False)
    assert reach(bare, decider, *DECIDING) == [200] * len(DECIDING)
    assert reach(bare, decider, *papers(bare)) == [404] * 3
    for page in DECIDING:
        shown = bare.world.browser(decider).get(f"{bare.url}{page}").get_data(as_text=True)
        assert not any(one.name in shown for one in bare.sent), page
    refused = get(bare, decider)
    assert refused.status_code == 409
    assert "Svara först på om du känner någon" in refused.get_data(as_text=True)


def test_with_their_answers_they_read_what_the_panel_has_come_to_and_no_page_of_others(
    bare: Panel, decider: UUID
) -> None:
    judged(bare, jav=False)
    bare.answer_to_decide(decider)
    assert reach(bare, decider, *DECIDING, *papers(bare), "/beslutsakt.json", "/beslutsakt.pdf") == [200] * 11
    assert set(reach(bare, decider, *NEVER, f"/bedom/{bare.sent[0].id}/{bare.ad.criteria[0]}")) == {404}
    assert data(bare, decider)["scores"] == data(bare)["scores"]
    page = bare.world.browser(decider).get(f"{bare.url}/utfall").get_data(as_text=True)
    assert "Registrera anställningen" not in page, "the office's alone"


def test_scores_are_sealed_from_them_as_from_the_office_until_all_have_handed_in(bare: Panel, decider: UUID) -> None:
    world = bare.world
    bare.declare(world.gunnel)
    bare.declare(world.elof)
    bare.answer_to_decide(decider)
    bare.score_all(world.gunnel, {one.id: (3, 3, 3) for one in bare.sent})
    bare.hand_in(world.gunnel)
    shut = world.browser(decider).get(f"{bare.url}/gemensam").get_data(as_text=True)
    assert "Den öppnas när alla har lämnat in" in shut and "Elof" in shut
    assert get(bare, decider).status_code == 409
    bare.score_all(world.elof)
    bare.hand_in(world.elof)
    opened = world.browser(decider).get(f"{bare.url}/gemensam").get_data(as_text=True)
    assert all(one.name in opened for one in bare.sent)


def test_jav_hides_the_candidate_from_the_one_who_decides(bare: Panel, decider: UUID) -> None:
    judged(bare, jav=False)
    known = bare.sent[0]
    bare.answer_to_decide(decider, known)
    assert reach(bare, decider, *papers(bare)) == [404] * 3
    for page in (*DECIDING, "/beslutsakt.json"):
        assert known.name.encode() not in bare.world.browser(decider).get(f"{bare.url}{page}").data, page
    assert _save(bare, bare.world.browser(decider), known).status_code == 404
    told = next(one for one in data(bare)["sections"] if one["key"] == "deciding_conflicts")["rows"]
    assert [known.name, "jäv"] in [[row[1], row[2]] for row in told], "the office reads of it in the file"


def test_they_write_the_outcome_and_it_bears_their_name(bare: Panel, decider: UUID) -> None:
    judged(bare, jav=False)
    bare.answer_to_decide(decider)
    browser = bare.world.browser(decider)
    assert _save(bare, browser, bare.sent[0]).status_code == 303
    with bare.world.acting(scope.party(bare.world.party)) as session:
        row = session.scalars(select(Outcome)).one()
        assert (row.recorded_by, row.application_id) == (decider, bare.sent[0].id)
    assert data(bare, decider)["outcomes"][0]["recorded_by"] == "Vera Person"


def test_they_let_everybody_have_their_word(bare: Panel, decider: UUID) -> None:
    judged(bare, jav=False)
    bare.answer_to_decide(decider)
    decide(bare.world, bare.ad, bare.sent, NOT_FURTHER)
    proofread(bare.world, bare.ad)
    ended = submit(bare.world.browser(decider), f"{bare.url}/beslut/avsluta", {}, "Avsluta rekryteringen")
    assert ended.status_code == 303


def _save(panel: Panel, browser: FlaskClient, sent: Sent) -> TestResponse:
    typed = {"result": NOT_FURTHER.value, "criterion": str(panel.ad.criteria[0]), "reason": "Andra skriver snabbare."}
    data = {"csrf_token": csrf_token("", browser), **{f"{sent.id}-{name}": text for name, text in typed.items()}}
    return browser.post(f"{panel.url}/utfall/{sent.id}", data=data)


def test_the_office_too_is_asked_before_it_writes_what_becomes_of_anybody(bare: Panel) -> None:
    judged(bare, jav=False)
    office = bare.world.browser(bare.world.kansli)
    page = office.get(f"{bare.url}/utfall").get_data(as_text=True)
    assert "Svara först om jäv" in page and "Spara utfallet" not in page
    with pytest.raises(ConflictUnanswered), bare.world.writing(scope.party(bare.world.party)) as session:
        record_outcome(
            session, ad_id=bare.ad.id, application_id=bare.sent[0].id, result=HIRED, criterion_id=bare.ad.criteria[0],
            reason="Skriver klart.", actor=bare.actor(bare.world.kansli), at=clock.now(),
        )  # fmt: skip
    assert _save(bare, office, bare.sent[0]).status_code == 422
    answered = submit(office, f"{bare.url}/jav", {}, "Spara och gå vidare")
    assert answered.status_code == 303 and answered.headers["Location"].endswith("/utfall")
    assert "Spara utfallet" in office.get(f"{bare.url}/utfall").get_data(as_text=True)


def test_one_who_comes_late_is_asked_about_anew(bare: Panel, decider: UUID) -> None:
    judged(bare, jav=False)
    bare.answer_to_decide(decider)
    late = send_applications(bare.world, bare.ad, 1, start=7, late=True)[0]
    assert late.name not in bare.world.browser(decider).get(f"{bare.url}/utfall").get_data(as_text=True)
    page = bare.world.browser(decider).get(f"{bare.url}/jav").get_data(as_text=True)
    assert "Ett nytt namn" in page and late.name in page


def test_who_is_named_to_the_panel_later_takes_their_answers_along(bare: Panel, decider: UUID) -> None:
    judged(bare, jav=False)
    bare.answer_to_decide(decider, bare.sent[2])
    bare.name(bare.world.gunnel, bare.world.elof, decider, decider=decider)
    with bare.world.acting(scope.party(bare.world.party)) as session:
        assert session.scalars(select(DecidingAnswer)).all() == []
        taken = session.scalars(select(ConflictAnswer).where(ConflictAnswer.application_id == bare.sent[2].id)).all()
        assert sum(row.has_conflict for row in taken) == 1
    with bare.as_person(decider) as (_session, case):
        assert case.unanswered == ()
        assert [row.id for row in case.to_judge] == [one.id for one in bare.sent[:2]]


def test_whoever_is_no_longer_named_to_decide_is_out(bare: Panel, decider: UUID) -> None:
    judged(bare, jav=False)
    bare.answer_to_decide(decider)
    bare.name(bare.world.gunnel, bare.world.elof)
    assert set(reach(bare, decider, "", "/jav", *DECIDING, *papers(bare))) == {404}


def test_a_decider_who_has_applied_does_not_know_that_the_case_is_there(bare: Panel, decider: UUID) -> None:
    judged(bare, jav=False)
    bare.answer_to_decide(decider)
    send_applications(bare.world, bare.ad, 1, start=9, late=True, emails=("vera@example.se",))
    assert set(reach(bare, decider, "", "/jav", *DECIDING, *papers(bare))) == {404}


def test_in_a_blind_review_they_read_under_code_names_until_somebody_is_called(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, applications=2)
    person, _ = add_person(world, "vera", "ledamot", party=world.party)
    make_blind(panel)
    for one in panel.sent:
        note_machine(panel, one)
        approve_pages(panel, one)
        burn_all(panel, one)
        approve_texts(panel, one)
    panel.name(world.gunnel, world.elof, decider=person)
    for assessor in (world.gunnel, world.elof):
        panel.declare(assessor)
    panel.answer_to_decide(person)
    assert set(reach(panel, person, *DECIDING, *papers(panel))) == {404}, "nothing in the blind phase"
    for assessor in (world.gunnel, world.elof):
        panel.score_all(assessor)
        panel.hand_in(assessor)
    assert reach(panel, person, *DECIDING) == [200] * len(DECIDING)
    assert reach(panel, person, *papers(panel)) == [200, 200, 404], "masked, and never the original"
    for page in (*DECIDING, *papers(panel)[:1], "/beslutsakt.json"):
        shown = world.browser(person).get(f"{panel.url}{page}").data
        assert not any(one.name.encode() in shown for one in panel.sent), page


def test_their_desk_says_what_waits(bare: Panel, decider: UUID) -> None:
    browser = bare.world.browser(decider)
    assert "Svara om jäv för tre sökande" in browser.get("/arbete").get_data(as_text=True)
    judged(bare, jav=False)
    bare.answer_to_decide(decider)
    assert "Läs bedömningen och skriv utfallen" in browser.get("/arbete").get_data(as_text=True)
    case = browser.get(bare.url).get_data(as_text=True)
    assert all(f'href="{bare.url}/{page}"' in case for page in ("gemensam", "utfall", "beslut"))


@pytest.mark.counts
def test_what_a_decider_reads_asks_as_much_for_thirty_as_for_three(world: World, set_clock: Clock) -> None:
    counts = []
    for n in (3, 30):
        set_clock("2026-11-23T10:00")
        panel = panel_of(world, set_clock, applications=n)
        person, _ = add_person(world, f"vera{n}", "ledamot", party=world.party)
        panel.name(world.gunnel, world.elof, decider=person)
        judged(panel, jav=False)
        panel.answer_to_decide(person)
        browser = world.browser(person)
        counts.append(_asked(panel, browser, ("/jav", "/gemensam", "/utfall", "/beslut", "")))
    assert counts == [COUNTS, COUNTS]


COUNTS = [6, 12, 9, 14, 7]


def _asked(panel: Panel, client: FlaskClient, pages: tuple[str, ...]) -> list[int]:
    found = []
    for page in pages:
        client.get(f"{panel.url}{page}")
        with statements(panel.world.app) as asked:
            assert client.get(f"{panel.url}{page}").status_code == 200
        found.append(asked.count)
    return found


def test_a_person_answers_of_one_candidate_once(bare: Panel, decider: UUID) -> None:
    bare.answer_to_decide(decider)
    with pytest.raises(IntegrityError), bare.world.writing(scope.party(bare.world.party)) as session:
        row = session.scalars(select(DecidingAnswer)).first()
        assert row is not None
        columns = {c.key: getattr(row, c.key) for c in DecidingAnswer.__mapper__.column_attrs if c.key != "id"}
        session.add(DecidingAnswer(id=uuid4(), **columns))


def test_the_services_refuse_what_the_pages_do_not_show(bare: Panel) -> None:
    nobody, _ = add_person(bare.world, "nisse", "ledamot", party=bare.world.party)
    with pytest.raises(NotOpenToYou):
        bare.answer_to_decide(nobody)
