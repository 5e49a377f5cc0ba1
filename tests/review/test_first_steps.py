"""Why like this, the card to try, the page of names at its sizes, jäv found while reading, and late additions."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select

from portal import clock, scope
from portal.applications.models import Application
from portal.jobs.services import announce
from portal.jobs.tasks import run_rounds
from portal.review.models import ConflictAnswer, PanelMember, Score
from portal.review.queries.scores import seen_scores
from portal.review.shuffle import opaque_key, shuffled, shuffled_names
from portal.review.tryout import said_of
from portal.review.visibility import RULE, Condition, Viewer, why_lines
from tests.applicants import send_applications
from tests.counting import statements
from tests.forms import fields_of, submit
from tests.review.panel import LAST_MINUTE, Panel, panel_of
from tests.review.test_panel_and_calls import letters
from tests.world import World

Clock = Callable[[str], datetime]


def member_of(panel: Panel, person: UUID) -> UUID:
    with panel.as_person(person) as (_, case):
        assert case.member is not None
        return case.member.id


def count(panel: Panel, model: type[ConflictAnswer] | type[Score]) -> int:
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


# Why like this


def test_the_way_begins_with_why_and_then_with_the_names(panel: Panel, world: World) -> None:
    elof = world.browser(world.elof)
    assert elof.get(f"{panel.url}/bedom").headers["Location"].endswith("/varfor-sa-har")
    page = elof.get(f"{panel.url}/varfor-sa-har").get_data(as_text=True)
    assert "Tre ansökningar, cirka 15 minuter" in page and "torsdag 17 december kl.\u00a018.00" in page
    assert not any(sent.name in page for sent in panel.sent)
    answer = submit(elof, f"{panel.url}/varfor-sa-har", {}, "Vidare", follow_redirects=True)
    assert answer.request.path.endswith("/jav") and "Varför så här" in answer.get_data(as_text=True)
    assert elof.get(f"{panel.url}/bedom").headers["Location"].endswith("/jav")
    assert elof.get(f"{panel.url}/varfor-sa-har").status_code == 200  # reachable again
    with world.acting(scope.party(world.party)) as session:
        introduced = session.scalars(select(PanelMember.introduced_at)).all()
    assert sum(at is not None for at in introduced) == 1


def test_the_card_to_try_answers_where_one_lands_also_to_nothing_chosen(panel: Panel) -> None:
    elof, url = panel.world.browser(panel.world.elof), f"{panel.url}/varfor-sa-har"
    assert "Välj ett av stegen först." not in elof.get(url).get_data(as_text=True)
    for query, said in (("?prova=1", "Välj ett av stegen först."), ("?prova=1&step=2", "På riktigt sparas steget")):
        page = elof.get(url + query).get_data(as_text=True)
        assert said in page
        assert page.index(said) < page.index("Prova steget"), "above the steps, where the address leads"


def test_one_who_has_answered_is_not_sent_back_to_why(panel: Panel, world: World) -> None:
    panel.declare(world.elof)
    assert "/bedom/" in world.browser(world.elof).get(f"{panel.url}/bedom").headers["Location"]


@pytest.mark.parametrize("step", ["0", "1", "2", "3", "none"])
def test_the_card_answers_each_step_and_keeps_nothing(panel: Panel, world: World, step: str) -> None:
    elof = world.browser(world.elof)
    page = elof.get(f"{panel.url}/varfor-sa-har?step={step}").get_data(as_text=True)
    assert said_of(step) and said_of(step) in page and count(panel, Score) == 0


@pytest.mark.parametrize("step", ["", "4", "-1", "<script>", "x" * 5000])
def test_the_card_says_nothing_to_no_step(panel: Panel, world: World, step: str) -> None:
    page = world.browser(world.elof).get(f"{panel.url}/varfor-sa-har", query_string={"step": step})
    assert page.status_code == 200 and "På riktigt sparas" not in page.get_data(as_text=True)
    assert "<script>" not in page.get_data(as_text=True).replace("<script type", "")


def test_the_three_lines_are_made_from_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    same, seen, sealed = why_lines(names_hidden=False)
    assert "samma frågor" in same and "Du ser vem" in seen and "när både du och hen har lämnat in" in sealed
    assert "Namnen är dolda" in why_lines(names_hidden=True)[1]
    monkeypatch.setitem(RULE, Viewer.ASSESSOR, (Condition.ALL_HANDED_IN,))  # type: ignore[misc]
    assert "när alla har lämnat in" in why_lines(names_hidden=False)[2]


# The page of names


def test_no_names_one_and_three_hundred(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.elof, applications=0)
    elof = world.browser(world.elof)
    assert "Det finns inga namn att svara på." in elof.get(f"{panel.url}/jav").get_data(as_text=True)
    assert "Inga ansökningar" in elof.get(f"{panel.url}/bedom").get_data(as_text=True)
    panel.sent.extend(send_applications(world, panel.ad, 1))
    one = elof.get(f"{panel.url}/jav").get_data(as_text=True)
    assert '<legend class="vh">Vem har du jäv mot?</legend>' in one
    assert "Har du jäv mot den här personen?" in one and "data-filter-names" not in one
    panel.sent.extend(send_applications(world, panel.ad, 299, start=1))
    with statements(world.app) as ran:
        page = elof.get(f"{panel.url}/jav")
    text = page.get_data(as_text=True)
    assert ran.count == 6 and len(fields_of(page)["listed"]) == 300
    assert "300 namn" in text and "data-filter-names" in text and "Har du jäv mot någon av dessa?" in text
    key = opaque_key(member_of(panel, world.elof), panel.sent[150].id)
    asked = submit(elof, f"{panel.url}/jav", {"conflict": [key]}, "Spara och gå vidare")
    data = {**fields_of(asked), f"ground-{key}": "ombud"}
    assert elof.post(f"{panel.url}/jav", data=data).status_code == 303
    with world.acting(scope.party(world.party)) as session:
        rows = session.execute(select(ConflictAnswer.application_id, ConflictAnswer.has_conflict)).all()
    assert len(rows) == 300 and [row.application_id for row in rows if row.has_conflict] == [panel.sent[150].id]


def test_the_order_of_names_is_another_than_that_of_the_papers() -> None:
    member, ids = UUID(int=7), [UUID(int=n) for n in range(40)]
    assert shuffled_names(member, ids) != shuffled(member, ids)
    assert shuffled_names(member, reversed(ids)) == shuffled_names(member, ids)
    assert shuffled_names(UUID(int=8), ids) != shuffled_names(member, ids)


def test_somebody_elses_keys_answer_for_nobody(panel: Panel, world: World) -> None:
    elof = world.browser(world.elof)
    token = fields_of(elof.get(f"{panel.url}/jav"))["csrf_token"][0]
    theirs = [opaque_key(member_of(panel, world.gunnel), sent.id) for sent in panel.sent]
    for keys in (theirs, [str(sent.id) for sent in panel.sent], ["x" * 10_000], ["' OR 1=1 --"]):
        data = {"csrf_token": token, "listed": keys, "conflict": keys, **{f"ground-{key}": "ombud" for key in keys}}
        assert elof.post(f"{panel.url}/jav", data=data).status_code == 303
    assert count(panel, ConflictAnswer) == 0


def test_sent_twice_is_answered_once(panel: Panel, world: World) -> None:
    elof, key = world.browser(world.elof), opaque_key(member_of(panel, world.elof), panel.sent[0].id)
    asked = submit(elof, f"{panel.url}/jav", {"conflict": [key]}, "Spara och gå vidare")
    data = {**fields_of(asked), f"ground-{key}": "ombud"}
    for _ in range(2):
        assert elof.post(f"{panel.url}/jav", data=data).status_code == 303
    assert count(panel, ConflictAnswer) == 3
    with panel.as_person(world.elof) as (_, case):
        assert case.standing.conflicts == {panel.sent[0].id}


def test_a_candidate_who_withdraws_while_the_page_is_open_is_answered_for_by_nobody(panel: Panel, world: World) -> None:
    elof, gone = world.browser(world.elof), panel.sent[0]
    key = opaque_key(member_of(panel, world.elof), gone.id)
    asked = submit(elof, f"{panel.url}/jav", {"conflict": [key]}, "Spara och gå vidare")
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Application, gone.id)
        row.state, row.withdrawn_at = "withdrawn", clock.now()
    data = {**fields_of(asked), f"ground-{key}": "ombud"}
    assert elof.post(f"{panel.url}/jav", data=data).status_code == 303
    assert count(panel, ConflictAnswer) == 2
    assert gone.name not in elof.get(f"{panel.url}/jav").get_data(as_text=True)


def test_two_people_in_all_have_a_page_without_deputies_and_the_same_first_steps(
    world: World, set_clock: Clock
) -> None:
    panel = panel_of(world, set_clock, applications=2)
    panel.name(world.kansli)  # the office assesses alone
    page = world.browser(world.kansli).get(f"{panel.url}/bedomare").get_data(as_text=True)
    assert '<details class="more"><summary>Ersättare' in page and "bedömer, leder och beslutar" in page
    panel.declare(world.kansli)
    panel.score_all(world.kansli)
    panel.hand_in(world.kansli)
    assert world.browser(world.kansli).get(f"{panel.url}/gemensam").status_code == 200


# Jäv found while reading


@pytest.fixture
def reading(panel: Panel) -> Panel:
    """Elof has scored everything, and Gunnel too."""
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
    return panel


def test_jav_found_while_reading_takes_the_candidate_away(reading: Panel, world: World) -> None:
    elof, known = world.browser(world.elof), reading.sent[1]
    link = f"/bedom/{known.id}/jav"
    criterion = reading.ad.criteria[3]
    papers = elof.get(reading.score_url(known, 3)).get_data(as_text=True)
    assert f'href="{reading.url}{link}?fran={criterion}"' in papers
    page = elof.get(f"{reading.url}{link}?fran={criterion}")
    assert f'href="{reading.score_url(known, 3)}"' in page.get_data(as_text=True)  # the way back
    unknown = elof.get(f"{reading.url}{link}?fran=//example.com").get_data(as_text=True)
    assert f'href="{reading.score_url(known)}"' in unknown and "example.com" not in unknown
    assert not any(
        sent.name in page.get_data(as_text=True) for sent in reading.sent
    )  # the papers may be without a name
    before = count(reading, Score)
    assert submit(elof, f"{reading.url}{link}", {"ground": "ombud"}, "Spara och gå vidare").status_code == 303
    assert elof.get(reading.score_url(known)).status_code == 404
    for place in ("din-bedomning", "ordning", "jav", "lamna-in"):
        assert known.name not in elof.get(f"{reading.url}/{place}").get_data(as_text=True), place
    for person in reading.people:
        reading.hand_in(person)
    with reading.as_person(world.kansli) as (session, case):
        seen = seen_scores(session, case, LAST_MINUTE)
        authors = {member for member, application, _ in seen.scores if application == known.id}
    assert authors == {member_of(reading, world.gunnel)}
    assert count(reading, Score) == before  # kept, and seen by nobody
    again = elof.post(f"{reading.url}{link}", data={"csrf_token": fields_of(page)["csrf_token"][0], "ground": "ombud"})
    assert again.status_code == 303


@pytest.mark.parametrize("ground", ["", "vanskap", "<b>", "x" * 5000])
def test_jav_while_reading_needs_a_ground_that_is_one(reading: Panel, world: World, ground: str) -> None:
    elof, link = world.browser(world.elof), f"{reading.url}/bedom/{reading.sent[0].id}/jav"
    token = fields_of(elof.get(link))["csrf_token"][0]
    answer = elof.post(link, data={"csrf_token": token, "ground": ground})
    assert answer.status_code == 422 and "Välj varför du har jäv." in answer.get_data(as_text=True)
    assert elof.get(reading.score_url(reading.sent[0])).status_code == 200


# Late additions


def late_one(panel: Panel) -> None:
    """One more after closing, as the portal would tell of it."""
    panel.sent.extend(send_applications(panel.world, panel.ad, 1, start=7, late=True))
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        announce(session, "application.sent", subject_id=panel.sent[-1].id, at=clock.now())
    run_rounds(panel.world.app)
    run_rounds(panel.world.app)


def test_who_had_handed_in_is_told_of_one_more_and_asked_about_that_name_alone(reading: Panel, world: World) -> None:
    reading.hand_in(world.elof)
    late_one(reading)
    told = [(to, body) for to, subject, body in letters(world) if subject == "En ansökan till att bedöma"]
    ((to, body),) = told
    assert to == "elof@example.se" and "senast torsdag kl. 18.00" in body and reading.sent[-1].name not in body
    page = world.browser(world.elof).get(f"{reading.url}/jav").get_data(as_text=True)
    asked = page[: page.index("<details>")]
    assert "Ett nytt namn" in page and {sent.name for sent in reading.sent if sent.name in asked} == {
        reading.sent[-1].name
    }


def test_a_panel_that_had_nobody_is_invited_by_the_first_late_one(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, applications=0)
    set_clock("2026-12-01T10:00")
    panel.name(world.elof)
    set_clock("2026-12-14T10:00")
    run_rounds(world.app)
    assert "elof@example.se" not in [to for to, _, _ in letters(world)]
    late_one(panel)
    ((_, body),) = [(to, body) for to, _, body in letters(world) if to == "elof@example.se"]
    assert "En ansökan, cirka 5 minuter" in body


def test_one_in_time_is_no_late_addition(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock)
    panel.name(world.elof)
    set_clock("2026-12-10T10:00")
    before = len(letters(world))
    late_one(panel)
    assert len(letters(world)) == before


def test_a_second_sending_confirmed_after_handing_in_is_not_handed_in(reading: Panel, world: World) -> None:
    """It was sent before they handed in, and counts from later on."""
    reading.set_clock("2026-12-14T10:01")
    second = send_applications(world, reading.ad, 1, start=20)[0]
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Application, second.id).state = "proposal"
    reading.set_clock("2026-12-14T11:00")
    for person in reading.people:
        reading.hand_in(person)
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Application, second.id).state = "sent"
    with reading.as_person(world.kansli) as (session, case):
        seen = seen_scores(session, case, clock.now())
        assert not seen.open and len(seen.waiting_for) == 2
