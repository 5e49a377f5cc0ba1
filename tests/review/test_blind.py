"""Blind means blind: who assesses meets neither name, address nor papers of anybody, at no address, until they are called."""

from datetime import timedelta
from html import escape

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.review import services
from portal.review.blind.models import Masking
from portal.review.meeting.refusals import MeetingTooEarly
from portal.review.queries.scores import seen_scores
from portal.vault.services import the_vault
from tests.accounts.people import letters
from tests.applicants import Sent
from tests.counting import statements
from tests.review.blind import blind_panel, code_name
from tests.review.meetings import start
from tests.review.panel import AFTER_LAST_MINUTE, Panel
from tests.review.planted import EMAIL, NAME, SECRET, heard_in, plant


@pytest.fixture
def planted(panel: Panel) -> Panel:
    """The panel, with the first candidate's name in every form in everything that they sent."""
    plant(panel, panel.sent[0])
    return panel


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
    with pytest.raises(MeetingTooEarly, match="i fasen öppen bedömning och möte"):
        start(planted)

    def says() -> str:
        page = planted.world.browser(planted.world.kansli).get(f"{planted.url}/mote")
        return " ".join(page.get_data(as_text=True).split())

    assert "när alla har lämnat in" in says() and "rekryteringen är i fasen öppen bedömning och möte" in says()
    planted.set_clock(AFTER_LAST_MINUTE)  # and nobody has moved on
    assert "Mötet kan börja när rekryteringen är i fasen öppen bedömning och möte. Sista minuten har gått" in says()
    file = planted.world.browser(planted.world.kansli).get(f"{planted.url}/beslutsakt.json")
    assert file.status_code == 409 and "när den blinda bedömningen är över" in file.get_data(as_text=True)


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


def test_the_office_opens_an_original_once_its_candidate_is_called(
    planted: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    blind_panel(planted, monkeypatch)
    first, browser = planted.sent[0], planted.world.browser(planted.world.kansli)
    page = browser.get(f"{planted.url}/sokande/{first.id}").get_data(as_text=True)
    assert escape(NAME) in page and EMAIL in page
    assert browser.get(f"{planted.url}/sokande/{first.id}/original/{first.document}").status_code == 404
    _hand_in(planted)
    _call(planted, first)
    assert browser.get(f"{planted.url}/sokande/{first.id}/original/{first.document}").status_code == 200


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


def _call(panel: Panel, sent: Sent) -> None:
    with panel.as_person(panel.world.kansli) as (session, case):
        services.call_to_interview(
            session, case=case, actor=panel.actor(panel.world.kansli), application_id=sent.id, at=clock.now()
        )
