"""Words to candidates: proposed from the result and the reason's criterion, read through, and read by one person alone."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from portal import scope
from portal.applications.models import Application, DecisionWord
from portal.audit.models import AuditLine
from portal.decisions.models import ProofreadWord
from portal.decisions.outcomes import Result
from portal.decisions.words import LONGEST_WORD, proposed
from portal.links.models import Purpose
from portal.links.services import token_of
from tests.applicants import Sent
from tests.counting import statements
from tests.decisions.recruiting import HIRED, NOT_FURTHER, address, closed_recruitment, decide, proofread, release
from tests.decisions.test_outcome import declare
from tests.door import show, submit_inside
from tests.forms import fields_of, submit
from tests.world import Published, World

Clock = Callable[[str], datetime]
ALL = "Jag har läst alla"
CRITERION = SimpleNamespace(kind="krav", judged="skala", text="Du skriver väl, också {när} det är bråttom.")


def page(world: World, published: Published) -> str:
    return world.browser(world.kansli).get(address(published, "besked")).get_data(as_text=True)


def save(client: FlaskClient, published: Published, one: Sent, text: str) -> TestResponse:
    token = fields_of(client.get(address(published, "besked")))["csrf_token"][0]
    return client.post(address(published, f"besked/{one.id}"), data={"csrf_token": token, f"{one.id}-text": text})


def kept(world: World, model: type = ProofreadWord) -> int:
    with world.acting(scope.party(world.party)) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def private_page(world: World, one: Sent, tail: str = "") -> str:
    with world.acting(scope.party(world.party)) as session:
        token = token_of(session, purpose=Purpose.APPLICATION, subject_id=one.id)
    return show(world, f"/ansokan/{token}{tail}").get_data(as_text=True)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("kind", "judged"), [("krav", "skala"), ("krav", "finns"), ("merit", "skala"), ("merit", "finns")]
)
def test_each_kind_of_reason_has_its_own_kind_text(kind: str, judged: str, language: str) -> None:
    criterion = SimpleNamespace(kind=kind, judged=judged, text=CRITERION.text)
    texts = {result: proposed(result, criterion, language) for result in Result}
    for text in texts.values():
        assert "Du skriver väl, också {när} det är bråttom" in text, "braces of the ad's are text"
        assert "{why}" not in text
        for harsh in ("avslag", "tyvärr", "reject", "unfortunately", "unsuccessful", "!"):
            assert harsh not in text.lower()
    assert ("går inte vidare" if language == "sv" else "do not go further") in texts[Result.NOT_FURTHER]
    others = {proposed(Result.NOT_FURTHER, SimpleNamespace(kind=k, judged=j, text="x"), language)
              for k in ("krav", "merit") for j in ("skala", "finns")}  # fmt: skip
    assert len(others) == 4


def test_an_unknown_language_is_answered_in_swedish() -> None:
    assert proposed(NOT_FURTHER, CRITERION, "de") == proposed(NOT_FURTHER, CRITERION, "sv")


def test_the_text_is_in_the_candidates_own_language(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Application, sent[0].id).language = "en"
    decide(world, published, sent)
    shown = page(world, published)
    assert 'lang="en"' in shown
    assert "You do not go further in this recruitment." in shown
    assert "Du går inte vidare i den här rekryteringen." in shown


def test_what_was_read_and_changed_is_what_the_candidate_reads(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    decide(world, published, sent)
    browser = world.browser(world.kansli)
    assert save(browser, published, sent[0], "Hej,\r\n\r\nringt har vi redan.").status_code == 303
    assert submit(browser, address(published, "besked"), button=ALL).status_code == 303
    for one in sent:
        assert "Beskedet till dig" not in private_page(world, one), "nobody reads it before it is told"
    assert kept(world, DecisionWord) == 0, "nor is there anything to read in the candidate's own scope"
    release(world, published)
    first, second = private_page(world, sent[0]), private_page(world, sent[1])
    assert "<p>ringt har vi redan.</p>" in first
    assert "ringt har vi redan" not in second
    assert "Det som avgjorde var hur mycket din ansökan visade av ett av annonsens krav" in second
    assert "Skriver klart och snabbt" not in first + second, "the reason itself is the office's"


def test_the_texts_lie_sealed_and_are_logged_without_words(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    decide(world, published, sent)
    save(world.browser(world.kansli), published, sent[0], "Gråsiska i trädet.")
    release(world, published)
    with world.acting(scope.party(world.party)) as session:
        for model in (ProofreadWord, DecisionWord):
            assert "Gråsiska".encode() not in session.scalars(select(model.text_sealed)).one()
        line = session.scalars(select(AuditLine).where(AuditLine.verb == "word.proofread")).one()
        assert (line.object_id, line.actor, line.reason) == (sent[0].id, f"person:{world.kansli}", "")


def test_another_result_or_criterion_picks_another_text_and_it_must_be_read_anew(
    world: World, set_clock: Clock
) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    decide(world, published, sent)
    save(world.browser(world.kansli), published, sent[0], "Egen text.")
    decide(world, published, sent)
    assert "Egen text." in page(world, published), "the same outcome once more changes nothing"
    decide(world, published, sent, HIRED)
    shown = page(world, published)
    assert "Egen text." not in shown
    assert "det är dig vi vill anställa" in shown
    assert "Inte korrekturläst" in shown
    assert kept(world) == 0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("  \n ", "Skriv vad den sökande ska få läsa."), ("å" * (LONGEST_WORD + 1), "får vara högst 4\xa0000 tecken")],
)
def test_an_empty_or_endless_text_is_told_beside_its_field(
    world: World, set_clock: Clock, text: str, sentence: str
) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    decide(world, published, sent)
    answer = save(world.browser(world.kansli), published, sent[0], text)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert kept(world) == 0


def test_markup_in_a_text_is_text_on_both_pages(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    decide(world, published, sent)
    save(world.browser(world.kansli), published, sent[0], '</textarea><script>x()</script> {{ 7*7 }} "><b>')
    assert "<script>x()" not in page(world, published)
    release(world, published)
    told = private_page(world, sent[0])
    assert "&lt;script&gt;x()&lt;/script&gt; {{ 7*7 }}" in told
    assert "<script>x()" not in told


def test_a_text_that_has_gone_out_cannot_be_changed(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    decide(world, published, sent)
    proofread(world, published)
    browser = world.browser(world.kansli)
    token = fields_of(browser.get(address(published, "besked")))["csrf_token"][0]
    release(world, published)
    data = {"csrf_token": token, f"{sent[0].id}-text": "Ångrat."}
    answer = browser.post(address(published, f"besked/{sent[0].id}"), data=data)
    assert answer.status_code == 422
    assert "Ångrat." not in private_page(world, sent[0])


def test_somebody_elses_candidate_and_one_without_an_outcome_have_no_text(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    other, others = closed_recruitment(world, set_clock, 1)
    rival, foreign = closed_recruitment(world, set_clock, 1, party=world.rival)
    decide(world, published, sent[:1])
    decide(world, other, others)
    browser = world.browser(world.kansli)
    for one in (sent[1], others[0], foreign[0]):
        assert save(browser, published, one, "Nej.").status_code == 404
    assert browser.get(address(rival, "besked")).status_code == 404
    for person in (world.gunnel, world.region, world.rival_kansli, world.drift):
        assert world.browser(person).get(address(published, "besked")).status_code == 404
    assert kept(world) == 0


def test_one_with_jav_neither_reads_nor_marks_that_text_and_a_colleague_must(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    decide(world, published, sent)
    declare(world, published, conflicted=sent[0], clear=sent[1])
    browser = world.browser(world.kansli)
    shown = browser.get(address(published, "besked")).get_data(as_text=True)
    assert sent[0].name not in shown
    assert str(sent[0].id) not in shown
    assert "Ett besked kan ingen läsa än, eftersom du har jäv." in " ".join(shown.split()), "nobody else is there"
    assert save(browser, published, sent[0], "Nej.").status_code == 404
    submit(browser, address(published, "besked"), button=ALL)
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(ProofreadWord.application_id)).all() == [sent[1].id]


def test_the_word_is_erased_with_the_application(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1, employer="party")
    decide(world, published, sent)
    proofread(world, published)
    release(world, published)
    assert kept(world, DecisionWord) == 1
    with world.acting(scope.party(world.party)) as session:
        token = token_of(session, purpose=Purpose.APPLICATION, subject_id=sent[0].id)
    submit_inside(world, f"/ansokan/{token}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    assert kept(world, DecisionWord) == 0
    assert sent[0].name not in page(world, published)


@pytest.mark.counts
def test_the_page_asks_as_much_for_thirty_as_for_one(world: World, set_clock: Clock) -> None:
    counts = []
    for n in (1, 30):
        set_clock("2026-11-23T10:00")
        published, sent = closed_recruitment(world, set_clock, n)
        decide(world, published, sent)
        browser = world.browser(world.kansli)
        browser.get(address(published, "besked"))
        with statements(world.app) as asked:
            assert browser.get(address(published, "besked")).status_code == 200
        counts.append(asked.count)
    assert counts == [11, 11]


def test_who_holds_another_candidates_link_reads_no_word_of_this_one(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    decide(world, published, sent)
    save(world.browser(world.kansli), published, sent[0], "Bara för ett par ögon.")
    proofread(world, published)
    release(world, published)
    with world.acting(scope.candidate(sent[1].id)) as session:
        found: list[UUID] = list(session.scalars(select(DecisionWord.application_id)))
        assert found == [sent[1].id]
        assert session.scalars(select(ProofreadWord)).all() == []
