"""An order that was handed in stands: who comes later takes a place among the others, and nothing else changes."""

from uuid import UUID

import pytest

from portal.review.own_order import Groups, among, same_order
from portal.review.queries.scores import own_order
from portal.review.refusals import OrderHandedIn, OrderStands
from tests.applicants import send_applications
from tests.forms import fields_of, submit
from tests.review.panel import Panel

A, B, C, NEW = (UUID(int=n) for n in range(1, 5))


@pytest.mark.parametrize(
    ("after", "same"),
    [
        (((A,), (B, C)), True),
        (((A,), (C, B)), True),
        (((NEW,), (A,), (B, C)), True),
        (((A,), (B, NEW, C)), True),
        (((A,), (NEW,), (B, C)), True),
        (((A, B, C),), False),
        (((A,), (B,), (C,)), False),
        (((B, C), (A,)), False),
        (((A,), (B,)), False),
        ((), False),
    ],
)
def test_only_those_who_were_there_are_compared_and_ties_count(after: Groups, same: bool) -> None:
    assert same_order(among(after, {A, B, C}), ((A,), (B, C))) is same


def test_a_latecomer_is_placed_and_what_was_handed_in_stays_as_it_was(panel: Panel) -> None:
    world, (one, two, three) = panel.world, panel.sent
    panel.declare(world.elof)
    panel.score_all(world.elof)
    panel.order(world.elof, ((two.id,), (one.id, three.id)))
    panel.hand_in(world.elof)
    with pytest.raises(OrderHandedIn):
        panel.order(world.elof, ((one.id,), (two.id,), (three.id,)))
    panel.set_clock("2026-12-14T11:00")
    late = send_applications(world, panel.ad, 1, start=7, late=True)[0]
    panel.declare(world.elof)
    for groups in (((one.id,), (two.id,), (three.id,)), ((two.id,), (one.id,)), ((late.id,),)):
        with pytest.raises(OrderStands):
            panel.order(world.elof, groups)
    browser, url = world.browser(world.elof), f"{panel.url}/ordning"
    assert "står fast" in browser.get(url).get_data(as_text=True)
    token = fields_of(browser.get(url))["csrf_token"][0]
    wrong = {f"place-{id}": str(n) for n, id in enumerate((one.id, two.id, three.id), 1)} | {"csrf_token": token}
    answer = browser.post(url, data=wrong, headers={"Accept": "application/json"})
    assert answer.status_code == 409 and "står fast" in answer.get_json()["fault"]
    answer = browser.post(url, data=wrong)
    assert answer.status_code == 409 and "står fast" in answer.get_data(as_text=True)
    placed = {f"place-{two.id}": "1", f"place-{late.id}": "1", f"place-{one.id}": "3", f"place-{three.id}": "3"}
    assert submit(browser, url, placed, "Spara ordningen").status_code == 303
    panel.score_all(world.elof)
    panel.hand_in(world.elof)
    with panel.as_person(world.elof) as (session, case):
        assert case.member is not None and case.all_handed_in
        kept = own_order(session, case.member, [row.id for row in case.to_judge]) or ()
    assert same_order(kept, ((two.id, late.id), (one.id, three.id)))
