"""What the machine has covered is of what had come by then: what came before the last day was over, and was kept after it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal import clock, scope
from portal.ads.queries import current_version_of
from portal.ads.services.publishing import withdraw_ad
from portal.applications.models import Application
from portal.applications.questions import Reply
from portal.applications.services.changing import Change, change_application
from portal.applications.services.drafting import key_of
from portal.applications.services.papers import Uploads
from portal.clock import STOCKHOLM
from portal.documents.queries import documents_of
from portal.documents.reading import Reading, Verdict
from portal.documents.services import seal_reading
from portal.jobs.services import announce
from portal.review.queries.masked import LETTER
from portal.review.queries.masking import sheets_of, typed_texts_of
from portal.review.services import suggesting
from portal.seen import Seen
from portal.vault.services import ApplicationKey
from tests.applicants import Sent
from tests.review.blind import approve_all, blind_panel, listed, machine_says, make_blind, work
from tests.review.panel import Panel, panel_of
from tests.world import World

LAST_SECONDS = datetime(2026, 12, 11, 23, 59, 50, tzinfo=STOCKHOLM)  # its first byte; the file took a minute to come
PAPER = b"%PDF-1.7 another"


def brings(panel: Panel, sent: Sent, change: Callable[[ApplicationKey], Change]) -> None:
    """The candidate's own change arrives in the last seconds, and is written now."""
    with panel.world.app.app_context(), panel.world.writing(scope.candidate(sent.id)) as session:
        application, ad = session.get_one(Application, sent.id), current_version_of(session, panel.ad.id)
        assert ad is not None
        key = key_of(application)
        change_application(
            session, application_id=sent.id, key=key, ad=ad, change=change(key), seen=Seen(), at=LAST_SECONDS
        )


def another_cv(key: ApplicationKey) -> Change:
    """A CV of one page in place of the one of two."""
    reading = Reading(Verdict.ok, "cv.pdf", "pdf", "Ord", page_count=1, pictures=(b"png",))
    return Change(uploads=Uploads(sealed={"cv": seal_reading(reading, PAPER, key)}))


def works_off(panel: Panel) -> None:
    """The worker does what is due, and what is due because of that."""
    for _ in range(3):
        work(panel)


def masked_numbers(panel: Panel, sent: Sent) -> list[int]:
    """Of which pages of the CV that stands the office has something to approve."""
    with panel.as_person(panel.world.kansli) as (session, case):
        (cv,) = [row.id for row in documents_of(session, sent.id) if row.slot == "cv"]
        application = case.application(sent.id)
        assert application is not None
        sheets = sheets_of(session, application)
        assert sheets.looked_at
        return [page.number for row, pages in sheets.files if row.id == cv for page in pages if page.boxes]


def test_a_paper_that_came_in_the_last_seconds_is_looked_at_too_and_its_application_is_judged(looked_at: Panel) -> None:
    first = looked_at.sent[0]
    brings(looked_at, first, another_cv)
    works_off(looked_at)
    assert masked_numbers(looked_at, first) == [1]
    approve_all(looked_at, first)
    looked_at.declare(looked_at.people[0])
    assert listed(looked_at) == {first.id}


def test_a_letter_and_an_answer_that_came_in_the_last_seconds_are_read_blind_as_they_came(looked_at: Panel) -> None:
    first, question = looked_at.sent[0], looked_at.ad.criteria[0]
    change = Change(texts={"letter": "Ett nytt brev."}, replies={question: Reply("", "Nytt svar.")})
    brings(looked_at, first, lambda _key: change)
    works_off(looked_at)
    with looked_at.as_person(looked_at.world.kansli) as (session, case):
        application = case.application(first.id)
        assert application is not None
        typed = typed_texts_of(session, application)
        assert typed is not None and not typed.approved
        assert typed.by_place[LETTER] == "Ett nytt brev." and typed.by_place[str(question)] == "Nytt svar."
    approve_all(looked_at, first)
    looked_at.declare(looked_at.people[0])
    page = looked_at.world.browser(looked_at.people[0]).get(looked_at.score_url(first)).get_data(as_text=True)
    assert "Nytt svar." in page


def test_what_comes_while_the_machine_looks_is_looked_at_by_it_too(
    panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine has read the former paper and is at it when the other one is written."""
    machine_says(monkeypatch)
    made = suggesting.suggest_masks
    coming = [panel.sent[0]]

    def suggest(*what: Any, **how: Any) -> Any:
        for sent in coming[:1]:
            coming.clear()
            brings(panel, sent, another_cv)
        return made(*what, **how)

    monkeypatch.setattr(suggesting, "suggest_masks", suggest)
    make_blind(panel)
    works_off(panel)
    panel.set_clock("2026-12-14T10:01")  # one that waits for others is tried again in some seconds
    works_off(panel)
    assert not coming
    assert [masked_numbers(panel, one) for one in panel.sent] == [[1], [1, 2], [1, 2]]


def test_another_address_opens_nothing_that_was_covered_and_handed_in(
    panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is to be covered anew, so nothing is handed in anew."""
    blind_panel(panel, monkeypatch)
    person = panel.people[0]
    panel.score_all(person)
    panel.set_clock("2026-12-14T11:00")
    panel.hand_in(person)
    panel.set_clock("2026-12-14T12:00")
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        announce(session, "application.changed", subject_id=panel.sent[0].id, at=clock.now())
    works_off(panel)
    with panel.as_person(person) as (_session, case):
        assert case.all_handed_in


def test_of_an_ad_that_is_taken_back_the_machine_looks_too_for_its_candidates_may_be_judged(
    world: World, set_clock: Callable[[str], datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine_says(monkeypatch)
    panel = panel_of(world, set_clock)
    set_clock("2026-12-01T10:00")
    panel.name(world.gunnel)
    make_blind(panel)
    with world.writing(scope.party(panel.ad.party_id)) as session:
        withdraw_ad(session, ad_id=panel.ad.id, person_id=world.kansli, at=clock.now())
    works_off(panel)
    approve_all(panel)
    panel.declare(world.gunnel)
    assert listed(panel) == {one.id for one in panel.sent}
