"""Who comes in at all: the panel and the office, never a rival, the region, a removed member, or one who has applied."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from portal import scope
from portal.accounts.models import Person
from portal.applications.models import Application
from portal.review.access import (
    Standing,
    may_assess,
    may_call,
    may_enter_case,
    may_name_panel,
    may_read_papers,
    may_score,
    may_see_salary,
)
from tests.applicants import send_applications
from tests.review.panel import Panel, panel_of
from tests.world import World

PAGES = ("bedomare", "jav", "bedom", "din-bedomning", "ordning", "lamna-in", "gemensam", "sokande")


def everything(panel: Panel) -> list[str]:
    sent = panel.sent[0]
    deep = [
        f"sokande/{sent.id}",
        f"sokande/{sent.id}/sida/{sent.document}/1",
        f"sokande/{sent.id}/original/{sent.document}",
    ]
    return [f"{panel.url}/{page}" for page in (*PAGES, *deep)] + [panel.score_url(sent)]


@pytest.mark.parametrize("who", ["rival_kansli", "region", "drift"])
def test_nobody_from_outside_the_party_learns_that_the_case_is_there(panel: Panel, who: str) -> None:
    browser = panel.world.browser(getattr(panel.world, who))
    unused = browser.get("/arbete/rekryteringar/00000000-0000-4000-8000-000000000000/bedom")
    for url in everything(panel):
        answer = browser.get(url)
        assert (answer.status_code, answer.data) == (404, unused.data), url


def test_a_member_of_the_party_who_is_not_named_learns_nothing(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    panel = panel_of(world, set_clock, world.gunnel)
    elof = world.browser(world.elof)
    assert {elof.get(url).status_code for url in everything(panel)} == {404}


def test_a_removed_member_is_out(panel: Panel) -> None:
    panel.declare(panel.world.elof)
    elof = panel.world.browser(panel.world.elof)
    assert elof.get(panel.score_url(panel.sent[0])).status_code == 200
    panel.name(panel.world.gunnel)
    assert {elof.get(url).status_code for url in everything(panel)} == {404}


def test_an_assessor_who_has_applied_sees_nothing_until_the_application_is_taken_back(panel: Panel) -> None:
    """Anybody can write an assessor's address into the form: the address's owner must be able to undo it."""
    world = panel.world
    panel.declare(world.elof)
    own = send_applications(world, panel.ad, 1, start=9, late=True, emails=("Elof@Example.se",))[0]
    elof = world.browser(world.elof)
    assert {elof.get(url).status_code for url in everything(panel)} == {404}
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Application, own.id)
        row.state, row.withdrawn_at = "withdrawn", row.submitted_at
    assert elof.get(panel.score_url(panel.sent[0])).status_code == 200


def test_the_office_does_not_assess_where_it_is_not_named(panel: Panel) -> None:
    kansli = panel.world.browser(panel.world.kansli)
    for page in ("bedom", "din-bedomning", "ordning", "lamna-in"):
        assert kansli.get(f"{panel.url}/{page}").status_code == 404
    assert kansli.get(panel.score_url(panel.sent[0])).status_code == 404
    assert kansli.get(f"{panel.url}/sokande/{panel.sent[0].id}").status_code == 200


def test_a_withdrawn_candidate_is_gone_from_every_page(panel: Panel) -> None:
    world, gone = panel.world, panel.sent[1]
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
        panel.hand_in(person)
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Application, gone.id)
        row.state, row.withdrawn_at = "withdrawn", row.submitted_at
    for person in (world.elof, world.kansli):
        browser = world.browser(person)
        for url in everything(panel):
            assert gone.name.encode() not in browser.get(url).data, url
        assert browser.get(f"{panel.url}/sokande/{gone.id}").status_code == 404
        assert browser.get(panel.score_url(gone)).status_code == 404


def test_page_pictures_are_shut_in_and_not_kept(panel: Panel) -> None:
    sent = panel.sent[0]
    kansli = panel.world.browser(panel.world.kansli)
    picture = kansli.get(f"{panel.url}/sokande/{sent.id}/sida/{sent.document}/1")
    assert picture.data.startswith(b"\x89PNG") and picture.mimetype == "image/png"
    assert picture.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert picture.headers["Cache-Control"] == "no-store"
    file = kansli.get(f"{panel.url}/sokande/{sent.id}/original/{sent.document}")
    assert file.headers["Content-Disposition"].startswith("attachment") and file.data.startswith(b"%PDF")
    assert file.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    other = panel.sent[1].document
    assert kansli.get(f"{panel.url}/sokande/{sent.id}/sida/{other}/1").status_code == 404
    assert kansli.get(f"{panel.url}/sokande/{sent.id}/original/{other}").status_code == 404
    assert kansli.get(f"{panel.url}/sokande/{sent.id}/sida/{sent.document}/{10**30}").status_code == 404


def test_titles_and_addresses_name_nobody(panel: Panel) -> None:
    panel.declare(panel.world.elof)
    elof = panel.world.browser(panel.world.elof)
    for url in (panel.score_url(panel.sent[0]), f"{panel.url}/sokande/{panel.sent[0].id}"):
        page = elof.get(url).get_data(as_text=True)
        title = page[page.index("<title>") : page.index("</title>")]
        assert not any(word in title for word in panel.sent[0].name.split()) and not any(c.isdigit() for c in title)


def test_a_person_whose_address_is_written_otherwise_is_still_the_same_person(panel: Panel) -> None:
    send_applications(panel.world, panel.ad, 1, start=9, emails=("elof@example.se",))
    with panel.world.writing(scope.PLATFORM) as session:
        session.get_one(Person, panel.world.elof).email = "ELOF@EXAMPLE.SE"
    assert panel.world.browser(panel.world.elof).get(f"{panel.url}/bedom").status_code == 404


A, B = UUID(int=1), UUID(int=2)
OFFICE, MEMBER = Standing(office=True), Standing(named=True, clear=frozenset({A}), conflicts=frozenset({B}))


@pytest.mark.parametrize(
    ("who", "enter", "panel", "assess", "read_a", "read_b", "score_a", "score_b"),
    [
        (Standing(), False, False, False, False, False, False, False),
        (OFFICE, True, True, False, True, True, False, False),
        (MEMBER, True, False, True, True, False, True, False),
        (Standing(named=True), True, False, True, False, False, False, False),
        (Standing(office=True, has_applied=True), False, False, False, False, False, False, False),
        (Standing(named=True, clear=frozenset({A}), has_applied=True), False, False, False, False, False, False, False),
        (Standing(office=True, conflicts=frozenset({B})), True, True, False, True, False, False, False),
        (Standing(office=True, named=True), True, True, True, False, False, False, False),
    ],
)
def test_the_table_of_permissions(
    who: Standing, enter: bool, panel: bool, assess: bool, read_a: bool, read_b: bool, score_a: bool, score_b: bool
) -> None:
    assert (may_enter_case(who), may_name_panel(who), may_assess(who)) == (enter, panel, assess)
    assert (may_read_papers(who, A), may_read_papers(who, B)) == (read_a, read_b)
    assert (may_score(who, A), may_score(who, B)) == (score_a, score_b)


def test_who_leads_may_call_and_who_only_assesses_may_not() -> None:
    leader = Standing(named=True, leads=True, clear=frozenset({A}), conflicts=frozenset({B}))
    assert may_call(leader, A) and not may_call(leader, B) and not may_call(MEMBER, A) and may_call(OFFICE, B)
    assert may_see_salary(MEMBER, A, called=True) and not may_see_salary(MEMBER, A, called=False)
    assert not may_see_salary(MEMBER, B, called=True)
