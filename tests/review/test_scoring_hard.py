"""Scoring where it is hard: two tabs, two devices, the last minute, another's candidate, somebody who leaves meanwhile."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select, update

from portal import scope
from portal.applications.models import Application
from portal.review.models import ConflictAnswer, Score, ScoreChange
from portal.review.queueing import around, bar_of
from portal.review.shuffle import shuffled
from portal.review.visibility import change_needs_reason
from portal.review.workload import applications_left
from tests.applicants import Sent
from tests.counting import statements
from tests.forms import fields_of, submit, submit_page
from tests.review.panel import AFTER_LAST_MINUTE, LAST_MINUTE, Panel, panel_of
from tests.review.test_scoring import JSON, click, count
from tests.world import World


@pytest.fixture
def begun(panel: Panel) -> Panel:
    """Elof has answered about jäv."""
    panel.declare(panel.world.elof)
    return panel


def scores(panel: Panel) -> list[int | None]:
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        return list(session.scalars(select(Score.step)))


def test_of_two_devices_the_last_click_holds_and_the_page_that_showed_something_old_is_told(begun: Panel) -> None:
    url = begun.score_url(begun.sent[0])
    phone, desktop = (begun.world.browser(begun.world.elof) for _ in range(2))
    forms = {browser: fields_of(browser.get(url)) for browser in (phone, desktop)}

    def send(browser: object, step: str) -> dict[str, str]:
        data = {"csrf_token": forms[browser]["csrf_token"][0], "known": forms[browser]["known"][0], "step": step}  # type: ignore[index]
        told: dict[str, str] = browser.post(url, data=data, headers=JSON).json  # type: ignore[attr-defined]
        forms[browser]["known"] = [told.get("known", "")]  # type: ignore[index]
        return told

    assert "note" not in send(phone, "2")
    note = send(desktop, "1")["note"]
    assert "satte du Gott 2 kl. 10.00" in note and "Nu gäller Svagt 1" in note
    assert "satte du Svagt 1" in send(phone, "3")["note"]
    assert "note" not in send(phone, "0"), "nobody came between"
    assert (scores(begun), count(begun, ScoreChange)) == ([0], 3)
    page = desktop.get(url).get_data(as_text=True)
    assert all(f"ändrat från {word}" in page for word in ("Gott 2", "Svagt 1", "Starkt 3"))


def test_without_a_script_the_next_page_tells_the_same(begun: Panel) -> None:
    url, elof = begun.score_url(begun.sent[0]), begun.world.browser(begun.world.elof)
    old = elof.get(url)
    click(elof, begun, begun.sent[0], "2")
    went_on = submit_page(elof, old, url, {"step": "1"}, follow_redirects=True)
    assert "I en annan flik eller enhet satte du Gott 2" in went_on.get_data(as_text=True)
    assert scores(begun) == [1]


def test_a_click_sent_again_after_a_lost_answer_is_no_other_tab(begun: Panel) -> None:
    url, elof = begun.score_url(begun.sent[0]), begun.world.browser(begun.world.elof)
    form = fields_of(elof.get(url))
    data = {"csrf_token": form["csrf_token"][0], "known": "", "step": "2"}
    for _ in range(2):
        assert "note" not in (elof.post(url, data=data, headers=JSON).json or {})
    assert (scores(begun), count(begun, ScoreChange)) == ([2], 0)


def test_the_last_minute_passes_while_scoring(begun: Panel) -> None:
    elof, (first, second, _) = begun.world.browser(begun.world.elof), begun.sent
    click(elof, begun, first, "2")
    begun.set_clock(AFTER_LAST_MINUTE)
    elof = begun.world.browser(begun.world.elof)
    page = elof.get(begun.score_url(second)).get_data(as_text=True)
    assert "Sista minuten har gått. Det du sätter sparas" in page
    assert click(elof, begun, second, "3").status_code == 200, "a score that was missing is kept"
    refused = click(elof, begun, first, "0")
    assert refused.status_code == 422 and refused.json["reason"] is True
    assert "Sista minuten har gått, så det du hade satt är öppet" in refused.json["fault"]
    url = begun.score_url(first)
    bare = submit(elof, url, {"step": "0"}, "Spara")
    assert bare.status_code == 422 and fields_of(bare)["step"] == ["0"], "the choice waits for its reason"
    told = submit_page(elof, bare, url, {"reason": "Läste fel."}, "Spara", follow_redirects=True)
    assert told.status_code == 200 and sorted(scores(begun)) == [0, 3]
    assert "ändrat från Gott 2: Läste fel." in elof.get(url).get_data(as_text=True)


@pytest.mark.parametrize(
    ("handed_in", "minutes", "needed"), [(False, -1, False), (False, 0, True), (True, -1, True), (True, 0, True)]
)
def test_a_change_of_what_others_may_have_seen_needs_a_reason(handed_in: bool, minutes: int, needed: bool) -> None:
    from datetime import timedelta

    at = LAST_MINUTE + timedelta(minutes=minutes)
    assert change_needs_reason(handed_in=handed_in, last_minute=LAST_MINUTE, at=at) is needed
    assert change_needs_reason(handed_in=False, last_minute=None, at=at) is False


@pytest.mark.parametrize("step", ["4", "-1", "3.0", "٣", "9" * 5000, "<b>2</b>", "'; DROP TABLE score"])
def test_a_step_that_is_none_is_refused_whatever_it_looks_like(begun: Panel, step: str) -> None:
    elof = begun.world.browser(begun.world.elof)
    answer = click(elof, begun, begun.sent[0], step)
    assert answer.status_code == 422 and "Välj ett av stegen 0–3" in answer.json["fault"]
    assert scores(begun) == []


def test_a_score_of_anothers_candidate_is_a_page_that_is_not_there(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    other = panel_of(world, set_clock, world.gunnel, applications=1)
    panel.declare(world.elof, panel.sent[0])
    elof = world.browser(world.elof)
    token = fields_of(elof.get(panel.score_url(panel.sent[1])))["csrf_token"][0]

    def tried(sent: Sent, criterion: object) -> int:
        url = f"{panel.url}/bedom/{sent.id}/{criterion}"
        return elof.post(url, data={"csrf_token": token, "step": "2"}, headers=JSON).status_code

    assert tried(panel.sent[0], panel.ad.criteria[0]) == 404, "jäv"
    assert tried(other.sent[0], panel.ad.criteria[0]) == 404, "another recruitment's"
    assert tried(panel.sent[1], other.ad.criteria[0]) == 404, "another recruitment's krav"
    assert scores(panel) == []


def test_a_candidate_who_withdraws_during_scoring_is_gone_and_the_rest_goes_on(begun: Panel) -> None:
    elof, gone = begun.world.browser(begun.world.elof), begun.sent[0]
    page = elof.get(begun.score_url(gone))
    with begun.world.writing(scope.party(begun.world.party)) as session:
        session.execute(update(Application).where(Application.id == gone.id).values(state="withdrawn"))
    data = {"csrf_token": fields_of(page)["csrf_token"][0], "step": "2"}
    assert elof.post(begun.score_url(gone), data=data, headers=JSON).status_code == 404
    onward = elof.get(f"{begun.url}/bedom", follow_redirects=True).get_data(as_text=True)
    assert gone.name not in onward and "0 av 2" in onward


def test_after_the_end_a_click_is_told_that_it_is_over(begun: Panel) -> None:
    elof, url = begun.world.browser(begun.world.elof), begun.score_url(begun.sent[0])
    token = fields_of(elof.get(url))["csrf_token"][0]
    with begun.world.writing(scope.party(begun.world.party)) as session:
        from portal.ads.models import Ad

        session.execute(update(Ad).where(Ad.id == begun.ad.id).values(state="ended"))
    answer = elof.post(url, data={"csrf_token": token, "step": "2"}, headers=JSON)
    assert answer.status_code == 409 and "Rekryteringen är avslutad" in answer.json["fault"]


def test_a_click_after_the_log_in_has_ended_comes_back_to_be_sent_again(begun: Panel) -> None:
    url = begun.score_url(begun.sent[0])
    token = fields_of(begun.world.browser(begun.world.elof).get(url))["csrf_token"][0]
    stranger = begun.world.browser()
    data = {"csrf_token": token, "step": "2"}
    page = stranger.post(url, data=data, headers={"Sec-Fetch-Site": "same-origin"})
    assert page.status_code in (400, 401) and ("parked" in fields_of(page) or fields_of(page).get("step") == ["2"])


def test_a_pause_says_what_is_left_and_how_long_it_takes(begun: Panel) -> None:
    elof = begun.world.browser(begun.world.elof)
    page = elof.get(f"{begun.url}/paus").get_data(as_text=True)
    assert "15 av 15 kvar, ungefär 15 minuter" in page and "torsdag 17 december" in page
    begun.score_all(begun.world.elof)
    assert "Allt är bedömt." in elof.get(f"{begun.url}/paus").get_data(as_text=True)
    assert [applications_left(left, 5) for left in (0, 1, 5, 26, 45)] == [0, 1, 1, 6, 9]
    assert applications_left(0, 0) == 0


def test_what_is_skipped_comes_back_last(begun: Panel) -> None:
    elof = begun.world.browser(begun.world.elof)
    url = first = elof.get(f"{begun.url}/bedom").headers["Location"]
    page = elof.get(url).get_data(as_text=True)
    url = page[page.index('class="btn btn-edge" href="') + 27 :].split('"')[0]
    assert url != first
    walked = []
    while "/bedom/" in url:
        walked.append(url)
        step = "yes" if url.rsplit("/", 1)[1] in map(str, (begun.ad.criteria[2], begun.ad.criteria[4])) else "2"
        url = submit(elof, url, {"step": step}).headers["Location"]
    assert len(walked) == 15 and walked[-1] == first


def test_a_long_queue_shows_who_is_near_and_leads_to_all(world: World, set_clock: Callable[[str], datetime]) -> None:
    asked = []
    for size in (30, 64):
        panel = panel_of(world, set_clock, world.gunnel, applications=size)
        panel.declare(world.gunnel)
        gunnel = world.browser(world.gunnel)
        gunnel.get(panel.score_url(panel.sent[3]))
        with statements(world.app) as ran:
            page = gunnel.get(panel.score_url(panel.sent[3])).get_data(as_text=True)
        asked.append(ran.count)
    assert asked == [11, 11]
    queue = page[page.index('class="queue"') :]
    assert queue.count("<li><a") == 13 and "Alla, 51 till" in queue and "0 av 64" in queue
    assert queue.count("<li class=") == 30, "a bar has no more parts than can be told apart"


def test_the_part_of_a_queue_that_is_shown_has_its_own_place_in_it() -> None:
    from uuid import uuid4

    order = [uuid4() for _ in range(1000)]
    for n in (0, 3, 500, 997, 999):
        shown = around(order, order[n])
        assert len(shown) == 13 and order[n] in shown
    assert around(order[:30], order[4]) == order[:30]
    assert (bar_of(0, 0), bar_of(4, 9), bar_of(999, 1000), bar_of(1000, 1000)) == ((0, 0), (4, 9), (29, 30), (30, 30))


def test_the_own_matrix_of_many_is_complete_page_by_page(world: World, set_clock: Callable[[str], datetime]) -> None:
    panel = panel_of(world, set_clock, world.gunnel, applications=60)
    panel.declare(world.gunnel)
    panel.step(world.gunnel, panel.sent[0], 0, 2)
    with world.writing(scope.party(world.party)) as session:
        row = session.scalars(select(ConflictAnswer).where(ConflictAnswer.application_id == panel.sent[1].id)).one()
        row.has_conflict = True
    gunnel, names = world.browser(world.gunnel), []
    for number in (1, 2):
        url = f"{panel.url}/din-bedomning?sida={number}"
        gunnel.get(url)
        with statements(world.app) as ran:
            page = gunnel.get(url).get_data(as_text=True)
        assert ran.count == 8
        assert "294 kvar att bedöma" in page and "av 59 sökande" in page
        names += [part.split(">")[1].split("<")[0] for part in page.split('<th scope="row"><span><a ')[1:]]
    with panel.as_person(world.gunnel) as (_session, case):
        assert case.member is not None
        own = shuffled(case.member.id, [sent.id for sent in panel.sent])
    by_id = {sent.id: sent.name for sent in panel.sent}
    assert names == [by_id[one] for one in own if one != panel.sent[1].id]
