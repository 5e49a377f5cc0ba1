"""Own orders with ties, and the joint view's numbers against an example worked out by hand."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from uuid import UUID

import pytest

from portal.review.heat import Chip, decimal_text, heat_table
from portal.review.joint import Arrangement, Assessor, Board, Criterion
from tests.forms import fields_of, submit
from tests.pages import XHTML, parse
from tests.review.panel import AFTER_LAST_MINUTE, Panel, panel_of
from tests.world import World

JSON = {"Accept": "application/json"}
G, E, M = (UUID(int=n) for n in (1, 2, 3))
X, Y, Z = (UUID(int=n) for n in (11, 12, 13))
WRITES, ALONE = UUID(int=21), UUID(int=22)


def board() -> Board:
    """By hand: X 3 2 3 and 2 – 2; Y 3 3 0 and 1 1 1; Z 2 2 (M has jäv) and 3 3. Weights 30 and 10.

    X: 8/3 and 2 → (30·8/3 + 10·2)/40 = 2,5. Y: 2 and 1 → 1,75. Z: 2 and 3 → 2,25.
    Orders: G X>Y>Z, E X>Z>Y, M Y=X. X beats Y 2–0 (M ties), X beats Z 2–0, Y and Z 1–1: X first, Y and Z shared.
    """
    votes = {
        (X, WRITES): (3, 2, 3), (X, ALONE): (2, None, 2),
        (Y, WRITES): (3, 3, 0), (Y, ALONE): (1, 1, 1),
        (Z, WRITES): (2, 2), (Z, ALONE): (3, 3),
    }  # fmt: skip
    return Board(
        criteria=[Criterion(WRITES, "Skriver väl", 30, False), Criterion(ALONE, "Självgående", 10, True)],
        assessors=[Assessor(G, "Gunnel", False), Assessor(E, "Elof", True), Assessor(M, "Maj", False)],
        candidates={X: "Xerxes", Y: "Ylva", Z: "Zara"},
        steps={
            (who, one, criterion): step
            for (one, criterion), given in votes.items()
            for who, step in zip((G, E, M), given, strict=False)
        },
        orders={G: ((X,), (Y,), (Z,)), E: ((X,), (Z,), (Y,)), M: ((X, Y),)},
        conflicts=frozenset({(M, Z)}),
    )


def test_the_numbers_are_those_worked_out_by_hand() -> None:
    assert board().weighted(X) == Fraction(5, 2)
    assert board().weighted(Y) == Fraction(7, 4)
    assert board().weighted(Z) == Fraction(9, 4)
    assert board().mean_of(X, WRITES) == Fraction(8, 3)
    assert board().mean_of(X, ALONE) == 2  # kan inte bedöma is left out
    assert board().joined() == ((X,), (Y, Z))
    assert board().labels() == {X: "1", Y: "2–3", Z: "2–3"}
    assert board().apart() == [(Y, WRITES, 3)]


def test_the_table_says_them_in_words_and_marks() -> None:
    table = heat_table(board(), Arrangement.JOINT, {})
    first, second, third = table["rows"]
    assert [row["mean_text"] for row in table["rows"]] == ["2,50", "1,75", "2,25"]
    assert (first["tie"], second["tie"], third["tie"]) == ("", "first", "last")
    assert first["cells"][0] == {
        "mean_text": "2,7", "step": 3, "apart": False,
        "votes": [
            Chip("3", own=False, none=False, far=False),
            Chip("2", own=True, none=False, far=False),
            Chip("3", own=False, none=False, far=False),
        ],
    }  # fmt: skip
    assert [vote.far for vote in second["cells"][0]["votes"]] == [True, True, True]
    assert third["cells"][0]["votes"][2].text == "J"
    assert [place["text"] for place in second["orders"]] == ["2", "3", "1="]
    assert table["criteria"][1]["weight_text"] == "25\u00a0% · merit"
    assert first["histogram"] == {"all": [0, 0, 3, 2], "own": [0, 0, 1, 0]}


def test_spread_stands_beside_the_mean_and_no_correction_is_made_of_three_candidates() -> None:
    """Y: G 2,5, E 2,5, M 0,25. One vote of three for writing, one step: 30/(40·3) = 0,25. X to Y 0,75, Y to Z 0,5."""
    table = heat_table(board(), Arrangement.JOINT, {})
    assert [row["range_text"] for row in table["rows"]] == ["2,00–2,75", "0,25–2,50", "2,25–2,25"]
    assert [row["near"] for row in table["rows"]] == [False, False, False]
    assert table["corrected"] is False and {row["corrected_text"] for row in table["rows"]} == {""}


def test_neighbours_whom_one_step_of_one_vote_can_level_are_marked() -> None:
    closer = replace(board(), steps=board().steps | {(G, Y, ALONE): 3, (E, Y, ALONE): 3, (M, Y, ALONE): 3})
    assert closer.weighted(Y) == closer.weighted(Z) == Fraction(9, 4)
    assert [row["near"] for row in heat_table(closer, Arrangement.JOINT, {})["rows"]] == [True, True, False]
    assert not any(row["near"] for row in heat_table(closer, Arrangement.NAME, {})["rows"])


def test_five_candidates_whom_three_have_scored_get_a_column_of_corrected_means() -> None:
    more = [UUID(int=30 + n) for n in range(5)]
    steps = {(who, one, WRITES): step for who, step in ((G, 1), (E, 2), (M, 3)) for one in more}
    whole = replace(
        board(), steps=steps | {(M, X, WRITES): 3}, orders={},
        candidates={one: one.hex for one in more} | {X: "Xerxes", Y: "Ylva"},
    )  # fmt: skip
    table = heat_table(whole, Arrangement.NAME, {})
    assert table["corrected"] is True
    assert [row["corrected_text"] for row in table["rows"]] == ["2,00"] * 6 + ["–"]
    assert table["rows"][5]["mean_text"] == "3,00"


def test_disagreement_first_and_by_name() -> None:
    assert board().arranged(Arrangement.DISAGREEMENT)[0] == Y
    assert board().arranged(Arrangement.NAME) == [X, Y, Z]


def test_halves_are_rounded_up_as_people_do() -> None:
    assert (decimal_text(Fraction(5, 2), 0), decimal_text(Fraction(249, 100), 1)) == ("3", "2,5")
    assert decimal_text(None, 2) == "–"


def test_typed_numbers_make_ties_and_buttons_move_one_step(panel: Panel) -> None:
    panel.declare(panel.world.elof)
    panel.score_all(panel.world.elof)
    elof, (one, two, three) = panel.world.browser(panel.world.elof), [sent.id for sent in panel.sent]
    url = f"{panel.url}/ordning"
    typed = {f"place-{one}": "2", f"place-{two}": "2", f"place-{three}": "1"}
    assert submit(elof, url, typed, "Spara ordningen").status_code == 303
    places = _places(elof.get(url).get_data(as_text=True), panel)
    assert places == {three: "1", one: "2", two: "2"}
    page = elof.get(url)
    data = {name: values[0] for name, values in fields_of(page).items()} | {"move": f"{two}:up"}
    assert elof.post(url, data=data).status_code == 303
    assert _places(elof.get(url).get_data(as_text=True), panel) == {three: "1", two: "2", one: "3"}


def test_an_order_saves_by_itself_and_tells_when_and_which_places_it_has(panel: Panel) -> None:
    panel.declare(panel.world.elof)
    panel.score_all(panel.world.elof)
    elof, (one, two, three) = panel.world.browser(panel.world.elof), [sent.id for sent in panel.sent]
    url = f"{panel.url}/ordning"
    data = {name: values[0] for name, values in fields_of(elof.get(url)).items()}
    data |= {f"place-{one}": "7", f"place-{two}": "7", f"place-{three}": "2"}
    answer = elof.post(url, data=data, headers=JSON)
    assert answer.status_code == 200 and re.fullmatch(r"Sparat \d\d\.\d\d", answer.json["saved"])
    assert answer.json["places"] == {str(three): 1, str(one): 2, str(two): 2}
    assert _places(elof.get(url).get_data(as_text=True), panel) == {three: "1", one: "2", two: "2"}
    wrong = elof.post(url, data=data | {f"place-{two}": "sist"}, headers=JSON)
    assert wrong.status_code == 422 and wrong.json["field"] == str(two) and "heltal" in wrong.json["fault"]
    panel.hand_in(panel.world.elof)
    late = elof.post(url, data=data, headers=JSON)
    assert late.status_code == 409 and "Du har lämnat in din ordning" in late.json["fault"]


@pytest.mark.parametrize("wrong", ["x", "0", "-3", "1,5", "99999"])
def test_a_typed_number_that_is_none_is_told_beside_its_field_and_kept(panel: Panel, wrong: str) -> None:
    panel.declare(panel.world.elof)
    elof, sent = panel.world.browser(panel.world.elof), panel.sent[1]
    answer = submit(elof, f"{panel.url}/ordning", {f"place-{sent.id}": wrong}, "Spara ordningen")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Skriv platsen som ett heltal" in page
    assert f'value="{wrong}"' in page and f'href="#place-{sent.id}"' in page


def test_the_order_starts_from_the_own_scores_and_is_handed_in_as_it_stands(panel: Panel) -> None:
    one, two, three = panel.sent
    panel.declare(panel.world.elof)
    panel.score_all(panel.world.elof, {one.id: [0, 0, 0], two.id: [3, 3, 3], three.id: [3, 3, 3]})
    elof = panel.world.browser(panel.world.elof)
    shown = _places(elof.get(f"{panel.url}/ordning").get_data(as_text=True), panel)
    assert shown == {two.id: "1", three.id: "1", one.id: "3"}
    panel.hand_in(panel.world.elof)
    locked = elof.get(f"{panel.url}/ordning").get_data(as_text=True)
    assert "Du har lämnat in din ordning" in locked and 'name="place-' not in locked


def test_the_own_matrix_knows_that_it_is_handed_in(panel: Panel) -> None:
    elof, url = panel.world.elof, f"{panel.url}/din-bedomning"
    panel.declare(elof)
    panel.score_all(elof)
    browser = panel.world.browser(elof)
    before = browser.get(url).get_data(as_text=True)
    assert "Allt är bedömt. Se över det, sätt din ordning och lämna in." in before and "Till din ordning" in before
    panel.hand_in(elof)
    after = browser.get(url).get_data(as_text=True)
    assert "Du har lämnat in." in after and "Gemensam bild" in after and "lämna in.</p>" not in after


def test_one_assessor_is_told_what_one_opinion_is_worth(world: World, set_clock: Callable[[str], datetime]) -> None:
    panel = panel_of(world, set_clock, world.elof)
    panel.declare(world.elof)
    panel.score_all(world.elof)
    panel.hand_in(world.elof)
    page = world.browser(world.elof).get(f"{panel.url}/gemensam").get_data(as_text=True)
    assert "en persons bedömning" in page and "Ordningen bestämmer ni." in page


def test_the_joint_page_shows_votes_means_spread_and_places(panel: Panel) -> None:
    world, (one, two, three) = panel.world, panel.sent
    steps = {
        world.gunnel: {one.id: [3, 3, 3], two.id: [2, 2, 2], three.id: [0, 1, 1]},
        world.elof: {one.id: [3, 2, None], two.id: [2, 2, 2], three.id: [3, 1, 1]},
    }
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person, steps[person])
        panel.hand_in(person)
    page = world.browser(world.kansli).get(f"{panel.url}/gemensam").get_data(as_text=True)
    assert "Båda har lämnat in." in page and "Bilden är ett stöd. Ordningen bestämmer ni." in page
    assert "Inget är bortsorterat, beslutat eller avslaget av datorn." in page
    assert "Med två bedömare säger medel och ordning lite" in page
    assert "2,81" in page  # one: 3, 2.5, 3 by 30, 25, 10
    assert '<span class="num">G 0, E 3</span>' in page
    rows = parse(world.browser(world.kansli).get(f"{panel.url}/gemensam/siffror").get_data(as_text=True)).iter(
        f"{XHTML}tr"
    )
    said = ["|".join("".join(cell.itertext()) for cell in row) for row in rows]
    assert len(said) == 1 + 3 * 3
    assert [row.split("|", 2)[2] for row in said if row.startswith(three.name)] == [
        "0 3|1,5|3",
        "1 1|1,0|0",
        "1 1|1,0|0",
    ]


def test_where_they_stand_apart_what_weighs_most_comes_first_and_all_of_it_can_be_shown(panel: Panel) -> None:
    world, (one, two, three) = panel.world, panel.sent
    steps = {
        world.gunnel: {one.id: [2, 2, 0], two.id: [2, 2, 0], three.id: [2, 0, 0]},
        world.elof: {one.id: [2, 2, 2], two.id: [2, 0, 2], three.id: [2, 2, 2]},
    }
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person, steps[person])
        panel.order(
            person, ((one.id, two.id, three.id),) if person == world.elof else ((one.id,), (two.id,), (three.id,))
        )
        panel.hand_in(person)
    office = world.browser(world.kansli)
    first = apart_in(office.get(f"{panel.url}/gemensam").get_data(as_text=True))
    assert sorted(first[:2]) == sorted([two.name, three.name]), "25 of 65 before 10 of 65"
    assert len(first) == 5
    page = office.get(f"{panel.url}/gemensam?visa=oenighet").get_data(as_text=True)
    assert len(apart_in(page)) == 5 and "Elof Rehnström har satt alla på samma plats." in page


def apart_in(page: str) -> list[str]:
    """Whom the list of disagreements names, in its order."""
    (section,) = (one for one in parse(page).iter(f"{XHTML}section") if one.get("class") == "apart")
    return [str(next(one.iter(f"{XHTML}b")).text) for one in section.iter(f"{XHTML}li")]


def test_after_the_last_minute_the_office_sees_who_has_not_handed_in(panel: Panel) -> None:
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
    panel.hand_in(panel.world.gunnel)
    kansli = panel.world.browser(panel.world.kansli)
    for page in ("gemensam", "gemensam/siffror"):
        assert "Väntar på" in kansli.get(f"{panel.url}/{page}").get_data(as_text=True)
    panel.set_clock(AFTER_LAST_MINUTE)
    kansli = panel.world.browser(panel.world.kansli)
    page = kansli.get(f"{panel.url}/gemensam").get_data(as_text=True)
    assert "Sista minuten har gått. Elof Rehnström har inte lämnat in." in page


def _places(page: str, panel: Panel) -> dict[UUID, str]:
    found = re.findall(r'name="place-([0-9a-f-]+)" value="(\d*)"', page)
    return {UUID(id): place for id, place in found}
