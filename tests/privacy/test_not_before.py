"""Nothing goes before the day that its candidate was told, nor while somebody waits for an answer about it."""

from datetime import timedelta
from typing import Any

from portal import clock, scope
from portal.privacy.rights.kinds import Result
from portal.privacy.rights.services.answering import answer
from portal.privacy.rights.services.leaving import end_restrictions, restrictions_to_end
from portal.privacy.services.disposing import carry_out_due
from tests.contracts.hiring import fill, hired
from tests.decisions.recruiting import closed_recruitment, decide, office, proofread, release
from tests.door import own_browser
from tests.forms import submit
from tests.privacy.asking import ask_and_extend
from tests.privacy.candidates import Clock, agreed, copy_at, link_of, row_of, values_in
from tests.world import World


def test_nobody_is_erased_before_the_day_that_their_own_page_tells(world: World, set_clock: Clock) -> None:
    ad, (one, two) = hired(world, set_clock, 2, employer="party")  # filled on 14 December 2026
    agreed(world, ad)
    assert fill(world.browser(world.kansli), ad, one).status_code == 303
    set_clock("2027-06-01T09:00")
    decide(world, ad, [two])
    proofread(world, ad)
    release(world, ad)
    page = own_browser(world).get(f"{link_of(world, two)}/radera").get_data(as_text=True).replace("\xa0", " ")
    assert "låst till och med den 1 juni 2029 och raderas sedan" in page
    with world.app.app_context():
        for day in ("2028-12-01T09:00", "2028-12-15T09:00"):
            carry_out_due(set_clock(day))
    assert row_of(world, ad, two.id).name_sealed is not None
    with world.app.app_context():
        assert carry_out_due(set_clock("2029-05-18T09:00")).told == 0, "two weeks before the day after"
        assert carry_out_due(set_clock("2029-05-19T09:00")).told == 1
        carry_out_due(set_clock("2029-06-01T23:00"))
    assert row_of(world, ad, two.id).name_sealed is not None, "the last day is a day"
    with world.app.app_context():
        assert carry_out_due(set_clock("2029-06-02T09:00")).erased == 1
    assert row_of(world, ad, two.id).name_sealed is None


def test_where_the_post_is_filled_after_the_word_nobody_is_promised_to_be_gone_before_they_are(
    world: World, set_clock: Clock
) -> None:
    """What holds in any case is the day of whoever takes it back: the recruitment is kept longer, and can be postponed."""
    ad, (one, two) = hired(world, set_clock, 2, employer="party")
    agreed(world, ad)
    decide(world, ad, [two])
    proofread(world, ad)
    release(world, ad)
    set_clock("2026-12-18T09:00")
    assert fill(world.browser(world.kansli), ad, one, decided="2026-12-18").status_code == 303
    office_reads = world.browser(world.kansli).get(f"/arbete/sparade/{ad.id}").get_data(as_text=True)
    assert "En ansökan raderas 19 december 2028." in office_reads.replace("\xa0", " ")
    link = link_of(world, two)
    page = own_browser(world).get(f"{link}/radera").get_data(as_text=True).replace("\xa0", " ")
    assert "Den sparas till och med" not in page and "låst till och med den 14 december 2028 och raderas sedan" in page
    assert "Gör du inte det sparas den minst så länge." in page
    assert "kept_until" not in values_in(copy_at(world, link)["uppgifter.json"])["application"]
    submit(own_browser(world), f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    page = own_browser(world).get(f"{link}/radera").get_data(as_text=True).replace("\xa0", " ")
    assert "Den sparas till och med den 14 december 2028 och raderas sedan." in page
    said = values_in(copy_at(world, link)["uppgifter.json"])["application"]
    assert said["kept_until"] == said["restricted_until"] == "2028-12-14"


def test_whoever_waits_for_an_answer_is_not_erased_before_they_have_it(world: World, set_clock: Clock) -> None:
    ad, (one, two) = closed_recruitment(world, set_clock, 2, employer="party")
    decide(world, ad, [one, two])
    proofread(world, ad)
    release(world, ad)
    set_clock("2028-12-01T09:00")
    ask_and_extend(world, ad, one)
    with world.app.app_context():
        assert carry_out_due(set_clock("2028-12-02T09:00")).told == 1
        assert carry_out_due(set_clock("2028-12-17T09:00")).erased == 1, "the other one alone"
    assert row_of(world, ad, one.id).name_sealed is not None
    page = world.browser(world.kansli).get(f"/arbete/sparade/{ad.id}").get_data(as_text=True)
    assert "En ansökan sparas tills en begäran är besvarad." in page


def test_what_lies_sealed_stays_till_its_candidate_has_the_answer(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    submit(own_browser(world), f"{link_of(world, one)}/ta-tillbaka", {"papers": "behall"}, "Ta tillbaka ansökan")
    last = row_of(world, ad, one.id).restricted_until
    assert last is not None
    set_clock(f"{last}T09:00")
    asked = ask_and_extend(world, ad, one)
    at = set_clock(f"{last + timedelta(days=1)}T09:00")
    with world.app.app_context():
        assert end_restrictions(at) == restrictions_to_end(at) == 0
    with world.writing(scope.party(world.party)) as session:
        given: dict[str, Any] = {
            "result": Result.DONE,
            "text": "Kopian har du fått.",
            "actor": office(world),
            "at": clock.now(),
        }
        assert answer(session, request_id=asked, **given)
    with world.app.app_context():
        assert restrictions_to_end(at) == 1
        assert end_restrictions(at) == 1
    assert row_of(world, ad, one.id).name_sealed is None
