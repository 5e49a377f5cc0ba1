"""The papers of thirty candidates within an hour, and a kind question before the thirty-first."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import uuid4

import pytest
from flask import g
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.accounts import guards
from portal.accounts.models import LoginSession
from portal.audit.models import AuditLine
from portal.db import db
from portal.web.limits import OPENINGS_PER_CODE
from portal.web.rates import the_rates
from tests.accounts.people import code_now, give_account
from tests.audit.readings import WITHIN
from tests.counting import statements
from tests.doors import address, browsers_of, places
from tests.forms import fields_of, submit_page
from tests.permission_table import TABLE
from tests.review.panel import Panel
from tests.stage import Side, set_stage
from tests.world import World

Clock = Callable[[str], datetime]
# Whose pages show what candidates have sent, as text or with pictures, or give it as a file.
COUNTED = {
    "disclosure.handed_out", "disclosure.mark_page", "disclosure.numbered", "disclosure.record",
    "disclosure.review_record_page", "review.candidate", "review.mask_application", "review.mask_document",
    "review.mask_page", "review.mask_texts", "review.original", "review.score",
}  # fmt: skip


def open_thirty(world: World, person: object, *, but: int = 0) -> None:
    """As many candidates have been opened at this person's one log-in, all but so many."""
    with world.app.test_request_context():
        row = db.session.scalars(select(LoginSession).where(LoginSession.person_id == person)).one()
        g.log_in_id, g.code_at = row.id, row.code_at
        for _ in range(30 - but):
            guards.count_opening(uuid4())


@pytest.fixture
def assessor(panel: Panel) -> FlaskClient:
    """Gunnel's browser, where she may assess."""
    give_account(panel.world, panel.world.gunnel)
    panel.declare(panel.world.gunnel)
    return panel.world.browser(panel.world.gunnel)


def read(panel: Panel) -> list[str]:
    with panel.world.acting(scope.party(panel.world.party)) as session:
        rows = session.scalars(select(AuditLine.verb).where(AuditLine.chain_id == panel.world.party))
        return [verb for verb in rows if verb == "application.read"]


def test_the_thirty_first_waits_for_a_code_that_is_good_for_thirty_more(panel: Panel, assessor: FlaskClient) -> None:
    first, second, third = panel.sent
    open_thirty(panel.world, panel.world.gunnel, but=2)
    for one in (first, second, first):
        assert assessor.get(panel.score_url(one)).status_code == 200
    asked = assessor.get(f"{panel.score_url(third)}?ordning=x")
    assert asked.status_code == 303
    assert asked.headers["Location"] == f"/bekrafta?vad=lasning&vidare={panel.score_url(third)}?ordning%3Dx"
    assert len(read(panel)) == 3  # what was not shown was not read
    assert assessor.get(panel.score_url(first, 1)).status_code == 200  # who is open stays so
    page = assessor.get(asked.headers["Location"])
    assert "Du har inte gjort något fel" in page.get_data(as_text=True)
    answer = submit_page(assessor, page, "/bekrafta", {"code": code_now()})
    assert answer.headers["Location"] == f"{panel.score_url(third)}?ordning=x"
    for one in (third, first, second):
        assert assessor.get(panel.score_url(one)).status_code == 200


def test_they_are_let_go_one_by_one_when_their_hour_is_over(
    panel: Panel, assessor: FlaskClient, set_clock: Clock
) -> None:
    """Red: a window that begins anew as a whole, in which sixty may be opened within a few minutes."""
    first, second, _third = panel.sent
    open_thirty(panel.world, panel.world.gunnel, but=1)
    set_clock("2026-12-14T10:40")
    assert assessor.get(panel.score_url(first)).status_code == 200
    assert assessor.get(panel.score_url(second)).status_code == 303
    set_clock("2026-12-14T11:02")
    assert assessor.get(panel.score_url(second)).status_code == 200
    open_thirty(panel.world, panel.world.gunnel, but=2)  # the first is still among them
    assert assessor.get(panel.score_url(panel.sent[2])).status_code == 303


def test_the_count_is_one_log_ins_and_goes_on_past_midnight(
    panel: Panel, assessor: FlaskClient, set_clock: Clock
) -> None:
    set_clock("2026-12-14T23:50")
    late = panel.world.browser(panel.world.elof)
    panel.declare(panel.world.elof)
    open_thirty(panel.world, panel.world.elof)
    set_clock("2026-12-15T00:10")
    assert late.get(panel.score_url(panel.sent[0])).status_code == 303
    fresh = panel.world.browser(panel.world.elof)
    assert fresh.get(panel.score_url(panel.sent[0])).status_code == 200


def test_a_form_that_would_show_the_papers_again_is_kept_for_the_code(panel: Panel, assessor: FlaskClient) -> None:
    """Red: papers that are read by sending forms with faults."""
    token = fields_of(assessor.get("/konto"))["csrf_token"][0]
    open_thirty(panel.world, panel.world.gunnel)
    asked = assessor.post(panel.score_url(panel.sent[0]), data={"csrf_token": token, "reason": "Därför.", "step": "9"})
    assert (asked.status_code, "Inget du har skrivit går förlorat" in asked.get_data(as_text=True)) == (403, True)
    kept = submit_page(assessor, asked, "/bekrafta", {"code": code_now()})
    assert 'value="Därför."' in kept.get_data(as_text=True)


def test_a_hundred_at_once_are_counted_too(panel: Panel, assessor: FlaskClient) -> None:
    def take(_n: int) -> bool:
        with panel.world.app.app_context():
            return the_rates().take_another(OPENINGS_PER_CODE, "opened", "x", str(uuid4()), since=clock.now())

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, range(60))) == 30


@pytest.mark.counts
def test_counting_asks_the_main_database_nothing(
    panel: Panel, assessor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    assessor.get(panel.score_url(panel.sent[0]))  # what a process asks once is asked
    for counted in (True, False):
        if not counted:
            monkeypatch.setattr("portal.review.routes.score.count_opening", lambda _id: None)
        with statements(panel.world.app) as ran:
            assert assessor.get(panel.score_url(panel.sent[0])).status_code == 200
        asked.append(ran.count)
    assert asked[0] == asked[1]


@pytest.mark.slow
def test_every_page_with_somebodys_papers_is_counted(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red: a new page that shows a picture of a paper and is not counted."""
    world.app.test_client_class = FlaskClient
    side, _rival = set_stage(world, set_clock, employer="authority")
    browsers = browsers_of(side)
    pictures = [re.compile(_pattern(side, name).encode()) for name in WITHIN]
    shows = {
        endpoint
        for endpoint, browser, path in _pages(side, browsers)
        if any(one.search(browser.get(path).data) for one in pictures)
    }
    monkeypatch.setattr(guards, "OPENINGS_PER_CODE", "0 per hour")
    asks = {
        endpoint
        for endpoint, browser, path in _pages(side, browsers)
        if browser.get(path).headers.get("Location", "").startswith("/bekrafta?vad=lasning")
    }
    assert asks == COUNTED
    assert shows < asks


def _pages(side: Side, browsers: dict[str, FlaskClient]) -> Iterator[tuple[str, FlaskClient, str]]:
    """Each page of the staff's that shows somebody, at each place, with one who may see it."""
    for rule in side.world.app.url_map.iter_rules():
        line = TABLE[rule.endpoint]
        for place, expected in line.pages.items() if line.kind == "staff" and rule.arguments else ():
            person = next((one for one, status in expected.items() if status == 200), None)
            if person is not None and rule.endpoint not in WITHIN:
                yield rule.endpoint, browsers[person], address(side, rule, places(side, person)[place])


def _pattern(side: Side, endpoint: str) -> str:
    """The address of a picture, whatever its parameters."""
    rule = next(rule for rule in side.world.app.url_map.iter_rules() if rule.endpoint == endpoint)
    return 'src="' + re.sub(r"<[^>]+>", '[^/"]+', rule.rule)
