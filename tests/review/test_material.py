"""How much the material says: three steps beside a score, said or not, shown with it, and never reckoned with."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from portal import scope
from portal.review.models import Score
from portal.review.steps import UNSAID, read_material
from tests.decisions.judging import data
from tests.forms import submit
from tests.review.panel import Panel


@pytest.fixture
def declared(panel: Panel) -> Panel:
    """Both assessors know nobody."""
    panel.declare(panel.world.gunnel)
    panel.declare(panel.world.elof)
    return panel


def materials(panel: Panel) -> set[int | None]:
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        return set(session.scalars(select(Score.material).where(Score.panel_member_id.is_not(None))))


def say(panel: Panel, step: str, material: str, **more: str) -> int:
    browser = panel.world.browser(panel.world.gunnel)
    values = {"step": step, "material": material, **more}
    return submit(browser, panel.score_url(panel.sent[0]), values).status_code


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1", 1), ("3", 3), ("0", UNSAID), ("9", UNSAID), (None, None), ("", None), ("x", None), ("12", None)],
)
def test_what_a_form_says_of_it(typed: str | None, read: int | None) -> None:
    assert read_material(typed) == read


def test_it_is_said_with_a_score_changed_without_history_and_taken_back(declared: Panel) -> None:
    assert say(declared, "2", "1") == 303
    assert materials(declared) == {1}
    browser = declared.world.browser(declared.world.gunnel)
    assert "materialet säger lite" in browser.get(f"{declared.url}/din-bedomning").get_data(as_text=True)
    say(declared, "2", "3")
    page = browser.get(declared.score_url(declared.sent[0])).get_data(as_text=True)
    assert "Vad du har ändrat här" not in page
    assert materials(declared) == {3}
    say(declared, "2", "0")
    assert materials(declared) == {None}
    declared.step(declared.world.gunnel, declared.sent[0], 0, 1)
    assert say(declared, "1", "2") == 303


def test_what_is_not_said_leaves_it_and_after_handing_in_it_goes_with_a_reason_alone(declared: Panel) -> None:
    say(declared, "2", "2")
    declared.score_all(declared.world.gunnel)
    assert 2 in materials(declared)
    declared.hand_in(declared.world.gunnel)
    say(declared, "2", "1")
    assert 1 not in materials(declared)
    say(declared, "3", "1", reason="Läste en gång till.")
    assert 1 in materials(declared)


def test_it_is_sealed_as_the_score_is_and_shown_with_it_and_changes_no_mean(declared: Panel) -> None:
    world = declared.world
    say(declared, "3", "1")
    declared.score_all(world.gunnel, {declared.sent[0].id: (3, 2, 2)})
    declared.hand_in(world.gunnel)
    others = world.browser(world.elof).get(f"{declared.url}/gemensam/siffror").get_data(as_text=True)
    assert "lite" not in others.split("<main")[1]
    declared.score_all(world.elof)
    declared.hand_in(world.elof)
    joint = world.browser(world.elof).get(f"{declared.url}/gemensam").get_data(as_text=True)
    assert "3°" in joint
    figures = world.browser(world.elof).get(f"{declared.url}/gemensam/siffror").get_data(as_text=True)
    assert "Så mycket säger materialet" in figures and ">lite<" in figures
    file = data(declared)
    assert [one["material"] for one in file["scores"] if one["material"]] == [1]
    assert {one["mean"] for one in file["joint"]["means"]} == {"5/2", "2"}


def test_the_database_itself_knows_three_steps(declared: Panel) -> None:
    say(declared, "2", "2")
    own = scope.party(declared.ad.party_id)
    with pytest.raises(IntegrityError, match="material_in_three_steps"), declared.world.writing(own) as session:
        session.connection().execute(text("UPDATE score SET material = 4"))
