"""What is typed wrong, hostile or huge into the forms of an employment, and who is not answered at all."""

from datetime import date
from uuid import uuid4

import pytest

from tests.contracts.acts.changing import END, EXTEND, NOTICE, acts, change, employ, go_by, place, post, shown, stored
from tests.forms import submit, submit_page
from tests.world import World

TODAY = "2026-11-23"
ENDED = "Ja, arbetet slutade innan beslutet fattades"


@pytest.mark.parametrize(
    ("button", "fields"),
    [
        (EXTEND, {"decided": "", "ends": "2028-06-30"}),
        (EXTEND, {"decided": "i går", "ends": "2028-06-30"}),
        (EXTEND, {"decided": TODAY, "ends": "2026-13-45"}),
        (EXTEND, {"decided": TODAY, "ends": "2019-01-01"}),
        (EXTEND, {"decided": TODAY, "ends": "2026-12-31"}),
        (EXTEND, {"decided": "2026-11-24", "ends": "2028-06-30"}),
        (EXTEND, {"decided": "2026-08-31", "ends": "2028-06-30"}),
        (EXTEND, {"decided": TODAY, "ends": "2050-12-31"}),
        (END, {"decided": TODAY, "ends": ""}),
        (END, {"decided": TODAY, "ends": "2026-09-30"}),
        (END, {"decided": TODAY, "ends": "2027-01-01"}),
        (NOTICE, {"given": TODAY, "last_day": "2026-12-15"}),
        (NOTICE, {"by": "employee", "given": TODAY, "last_day": "2026-11-22"}),
        (NOTICE, {"by": "employee", "given": "2026-12-01", "last_day": "2026-12-15"}),
        (END, {"decided": TODAY, "ends": "2026-11-30", "note": "x" * 1001}),
    ],
)
def test_wrong_days_and_missing_and_huge_fields_are_told_beside_their_field_and_change_nothing(
    world: World, button: str, fields: dict[str, str]
) -> None:
    id = employ(world)
    answer = change(world, id, button, **fields)
    assert answer.status_code == 422
    assert "has-error" in answer.get_data(as_text=True)
    assert (acts(world, id), stored(world, id).ends_on) == ([], date(2026, 12, 31))


def test_a_note_with_markup_and_signs_that_cannot_be_seen_is_shown_as_text(world: World) -> None:
    id = employ(world)
    assert (
        change(world, id, END, decided=TODAY, ends="2026-11-30", note="<b>Flyttar</b>\x00 \u202eut").status_code == 303
    )
    page = shown(world, id)
    assert "&lt;b&gt;Flyttar&lt;/b&gt;" in page
    assert "\x00" not in page


def test_who_gave_notice_is_one_of_the_two_and_the_release_a_yes_or_a_no(world: World) -> None:
    go_by(world, "region-varmland")
    id = employ(world)
    bad = {"uppsagning-seen": "0", "uppsagning-given": TODAY, "uppsagning-by": "someone"}
    assert post(world, id, "/uppsagning", bad).status_code == 422
    odd = {**bad, "uppsagning-by": "employee", "uppsagning-released": "kanske"}
    assert post(world, id, "/uppsagning", odd).status_code == 303
    assert acts(world, id)[-1].released is None


TAILS = ("/forlang", "/avsluta", "/uppsagning", "/ta-tillbaka/1")


@pytest.mark.parametrize("tail", TAILS)
def test_a_rival_cannot_tell_another_partys_employment_from_none(world: World, tail: str) -> None:
    id = employ(world)
    change(world, id, EXTEND, decided=TODAY, ends="2028-06-30")
    foreign, unused = (post(world, one, tail, {}, "rival_kansli") for one in (id, uuid4()))
    assert (foreign.status_code, unused.status_code, foreign.data) == (404, 404, unused.data)
    browser = world.browser(world.rival_kansli)
    assert browser.get(place(id)).data == browser.get(place(uuid4())).data
    assert len(acts(world, id)) == 2


def test_the_region_reads_the_acts_of_those_it_employs_and_changes_nothing(world: World) -> None:
    own, private = employ(world), employ(world, "Gun Hemlig", employer="party")
    change(world, own, END, decided=TODAY, ends="2026-11-30")
    page = shown(world, own, "region")
    assert "Slutar i förtid" in page
    assert END not in page.replace("Slutar i förtid", "")
    assert world.browser(world.region).get(place(private)).status_code == 404
    assert [post(world, own, tail, {}, "region").status_code for tail in TAILS] == [404] * 4
    assert [post(world, own, tail, {}, "gunnel").status_code for tail in TAILS] == [404] * 4


def test_a_last_day_before_its_own_decision_is_asked_about_and_stands_once_somebody_says_so(world: World) -> None:
    id, browser = employ(world), world.browser(world.kansli)
    assert ENDED not in shown(world, id)
    asked = submit(browser, place(id), {"avsluta-decided": TODAY, "avsluta-ends": "2026-10-31"}, END)
    page = asked.get_data(as_text=True).replace("\xa0", " ")
    assert asked.status_code == 422 and ENDED in page
    assert "Den sista dagen, 31 oktober 2026, ligger före beslutet 23 november 2026." in page
    assert (acts(world, id), stored(world, id).ends_on) == ([], date(2026, 12, 31))
    assert submit_page(browser, asked, asked.request.path, {"avsluta-ended_before": True}, END).status_code == 303
    assert stored(world, id).ends_on == date(2026, 10, 31)


def test_a_last_day_on_the_day_of_its_decision_needs_no_question(world: World) -> None:
    id = employ(world)
    assert change(world, id, END, decided=TODAY, ends=TODAY).status_code == 303
