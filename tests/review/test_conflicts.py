"""Jäv: asked on bare names before anything opens; whom one has it for is gone from every page."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal import scope
from portal.review.models import ConflictAnswer
from portal.review.queries.scores import seen_scores
from portal.review.shuffle import opaque_key
from tests.applicants import Sent, send_applications
from tests.forms import fields_of, submit
from tests.review.panel import LAST_MINUTE, Panel, panel_of
from tests.world import World


def pages_of(panel: Panel, sent: Sent) -> list[str]:
    """Every address at which one candidate could be met."""
    return [
        panel.score_url(sent),
        f"{panel.url}/sokande/{sent.id}",
        f"{panel.url}/sokande/{sent.id}/sida/{sent.document}/1",
        f"{panel.url}/sokande/{sent.id}/original/{sent.document}",
    ]


def lists_of(panel: Panel) -> list[str]:
    """Every page that names several."""
    return [f"{panel.url}/{page}" for page in ("din-bedomning", "ordning", "gemensam", "jav", "lamna-in")]


def test_an_unanswered_question_opens_nothing(panel: Panel) -> None:
    elof = panel.world.browser(panel.world.elof)
    submit(elof, f"{panel.url}/varfor-sa-har", {}, "Vidare")
    assert elof.get(f"{panel.url}/bedom").headers["Location"].endswith("/jav")
    for sent in panel.sent:
        assert [elof.get(url).status_code for url in pages_of(panel, sent)] == [404] * 4
        for url in lists_of(panel):
            if not url.endswith("/jav"):
                assert sent.name not in elof.get(url).get_data(as_text=True)


def test_the_names_are_bare_and_in_an_order_of_ones_own(world: World, set_clock: Callable[[str], datetime]) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof, applications=20)
    orders = []
    for person in (world.gunnel, world.elof):
        browser = world.browser(person)
        page = browser.get(f"{panel.url}/jav").get_data(as_text=True)
        order = sorted(panel.sent, key=lambda sent: page.index(f">{sent.name}<"))
        again = browser.get(f"{panel.url}/jav").get_data(as_text=True)
        assert order == sorted(panel.sent, key=lambda sent: again.index(f">{sent.name}<"))
        for tells in ([sent.email for sent in panel.sent], [sent.letter[:30] for sent in panel.sent]):
            assert not any(text in page for text in tells)
        assert not any(text in page for sent in panel.sent for text in (str(sent.id), sent.id.hex))
        panel.declare(person)
        papers = browser.get(panel.score_url(panel.sent[0])).get_data(as_text=True)
        queue = papers[papers.index('class="queue"') :]
        orders += [order, sorted(panel.sent, key=lambda sent: queue.index(f">{sent.name}<"))]
    names, papers_of_first, others, _ = ([sent.name for sent in order] for order in orders)
    arrived = [sent.name for sent in panel.sent]
    assert len({tuple(one) for one in (names, others, papers_of_first, arrived, sorted(arrived))}) == 5


def test_a_tick_is_asked_for_its_ground_and_then_hides_everything(panel: Panel, world: World) -> None:
    elof, known = world.browser(world.elof), panel.sent[1]
    key = opaque_key(_member(panel), known.id)
    asked = submit(elof, f"{panel.url}/jav", {"conflict": [key]}, "Spara och gå vidare")
    assert asked.status_code == 200 and "Varför har du jäv?" in asked.get_data(as_text=True)
    sent = {**fields_of(asked), "csrf_token": fields_of(asked)["csrf_token"][0]}
    unsaid = elof.post(f"{panel.url}/jav", data=sent)
    assert unsaid.status_code == 422
    assert f"Välj varför du har jäv mot {known.name}." in unsaid.get_data(as_text=True)
    assert elof.post(f"{panel.url}/jav", data={**sent, f"ground-{key}": "ombud"}).status_code == 303
    assert [elof.get(url).status_code for url in pages_of(panel, known)] == [404] * 4
    for url in lists_of(panel):
        assert known.name not in elof.get(url).get_data(as_text=True), url
    assert all(elof.get(url).status_code == 200 for url in pages_of(panel, panel.sent[0]))


def test_an_unknown_ground_is_asked_for_again(panel: Panel) -> None:
    elof, key = panel.world.browser(panel.world.elof), opaque_key(_member(panel), panel.sent[0].id)
    data = {"conflict": [key], "listed": [key]}
    answer = submit(elof, f"{panel.url}/jav", data, "Spara och gå vidare")
    token = fields_of(answer)["csrf_token"][0]
    wrong = elof.post(
        f"{panel.url}/jav", data={**data, "csrf_token": token, "asked": "grounds", f"ground-{key}": "vanskap"}
    )
    assert wrong.status_code == 422  # a party's ground, where the authority employs


def test_one_who_has_jav_does_not_see_the_others_votes_on_that_candidate(panel: Panel) -> None:
    known, world = panel.sent[1], panel.world
    panel.declare(world.gunnel)
    panel.declare(world.elof, known)
    for person in (world.gunnel, world.elof):
        panel.score_all(person)
        panel.hand_in(person)
    assert known.name not in world.browser(world.elof).get(f"{panel.url}/gemensam").get_data(as_text=True)
    gunnel = world.browser(world.gunnel).get(f"{panel.url}/gemensam").get_data(as_text=True)
    assert known.name in gunnel and "J jäv" in gunnel


def test_scores_made_before_a_later_tick_do_not_count(panel: Panel) -> None:
    world, known = panel.world, panel.sent[0]
    for person in (world.gunnel, world.elof):
        panel.declare(person)
    panel.score_all(world.elof, {known.id: [0, 0, 0]})
    panel.score_all(world.gunnel, {known.id: [3, 3, 3]})
    panel.declare(world.elof, known)
    for person in (world.gunnel, world.elof):
        panel.hand_in(person)
    with panel.as_person(world.kansli) as (session, case):
        seen = seen_scores(session, case, LAST_MINUTE)
        steps = {row.step for (_m, application, _c), row in seen.scores.items() if application == known.id}
    assert steps == {3, None}  # None is what a row of "finns" has


def test_a_late_addition_is_asked_about_anew_and_the_others_stay_open(panel: Panel, world: World) -> None:
    panel.declare(world.elof)
    late = send_applications(world, panel.ad, 1, start=7, late=True)[0]
    elof = world.browser(world.elof)
    assert elof.get(panel.score_url(late)).status_code == 404
    assert elof.get(panel.score_url(panel.sent[0])).status_code == 200
    assert elof.get(f"{panel.url}/bedom").headers["Location"].endswith("/jav")
    assert "Ett nytt namn" in elof.get(f"{panel.url}/jav").get_data(as_text=True)


def test_one_who_arrives_while_the_page_is_open_is_not_answered_for(panel: Panel, world: World) -> None:
    elof = world.browser(world.elof)
    page = elof.get(f"{panel.url}/jav")
    late = send_applications(world, panel.ad, 1, start=7, late=True)[0]
    assert elof.post(f"{panel.url}/jav", data=fields_of(page)).status_code == 303
    with world.acting(scope.party(world.party)) as session:
        asked = {row.application_id for row in session.scalars(select(ConflictAnswer))}
    assert asked == {sent.id for sent in panel.sent} and late.id not in asked


def test_nothing_is_asked_while_the_ad_is_open(world: World, set_clock: Callable[[str], datetime]) -> None:
    panel = panel_of(world, set_clock)
    panel.name(world.elof)
    set_clock("2026-12-11T23:59")
    elof = world.browser(world.elof)
    for page in ("bedom", "jav", "din-bedomning", "ordning", "lamna-in"):
        text = elof.get(f"{panel.url}/{page}").get_data(as_text=True)
        assert "har inte öppnat" in text and not any(sent.name in text for sent in panel.sent)
    set_clock("2026-12-12T00:00")
    assert panel.sent[0].name in elof.get(f"{panel.url}/jav").get_data(as_text=True)


def test_a_member_of_the_office_who_assesses_is_bound_by_their_own_jav(panel: Panel, world: World) -> None:
    known = panel.sent[2]
    panel.name(world.kansli, world.elof)
    kansli = world.browser(world.kansli)
    assert known.name not in kansli.get(f"{panel.url}/sokande").get_data(as_text=True)
    panel.declare(world.kansli, known)
    assert known.name not in kansli.get(f"{panel.url}/sokande").get_data(as_text=True)
    panel.name(world.elof)
    assert kansli.get(f"{panel.url}/sokande/{known.id}").status_code == 404
    assert kansli.get(f"{panel.url}/sokande/{panel.sent[0].id}").status_code == 200


def _member(panel: Panel) -> UUID:
    with panel.as_person(panel.world.elof) as (_session, case):
        assert case.member is not None
        return case.member.id
