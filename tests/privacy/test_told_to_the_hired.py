"""What the private page and the copy say once there is word: nothing that is not so, nothing that leads nowhere."""

from uuid import UUID

import pytest

from portal import clock, scope
from portal.applications.models import Application
from portal.decisions.outcomes import Result
from tests.applicants import Sent
from tests.decisions.recruiting import closed_recruitment, decide, proofread, release
from tests.door import own_browser
from tests.privacy.candidates import Clock, copy_at, link_of, values_in
from tests.privacy.test_after_the_employment import left, the_others_gone
from tests.privacy.test_disposing import carried_out, ended
from tests.protection.applying import stage_protected
from tests.world import World, publish_ad

EMPLOYERS = pytest.mark.parametrize("employer", ["authority", "party"])


def page_of(world: World, one: Sent) -> str:
    return own_browser(world).get(link_of(world, one)).get_data(as_text=True).replace("\xa0", " ")


@EMPLOYERS
def test_whoever_is_hired_is_not_promised_that_the_application_can_be_taken_back(
    world: World, set_clock: Clock, employer: str
) -> None:
    _ad, sent = ended(world, set_clock, employer)
    hired, other = page_of(world, sent[0]), page_of(world, sent[1])
    assert "Det går när du vill" not in hired and "/ta-tillbaka" not in hired
    assert "Har du ändrat dig, skriv till kansliet i brevlådan." in hired
    assert "Det går när du vill" in other and "/ta-tillbaka" in other
    assert "bedöms då inte" not in other and "bedömningen slutar" not in other, "it has been judged"


def test_under_a_code_name_the_hired_is_not_told_to_take_it_back_and_apply_again(
    world: World, set_clock: Clock
) -> None:
    ad = publish_ad(world)
    one = Sent(stage_protected(world, ad), "", "", "", 0, UUID(int=0), 0, {})
    again = "ta tillbaka ansökan och sök igen"
    assert again in page_of(world, one)
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Application, one.id)
        row.decided_as, row.decided_at = "anstalls", clock.now()
    shown = page_of(world, one)
    assert again not in shown and "Fråga i brevlådan, utan att skriva ditt namn." in shown


def test_under_a_code_name_nobody_is_told_to_apply_again_when_that_cannot_be_done(
    world: World, set_clock: Clock
) -> None:
    ad = publish_ad(world)
    one = Sent(stage_protected(world, ad), "", "", "", 0, UUID(int=0), 0, {})
    set_clock("2026-12-14T10:00")
    for tail in ("", "/andra/handlingar"):
        shown = own_browser(world).get(f"{link_of(world, one)}{tail}").get_data(as_text=True).replace("\xa0", " ")
        assert "sök igen" not in shown and "råga i brevlådan" in shown


def test_years_later_nobody_is_said_to_be_on_their_way_in(world: World, set_clock: Clock) -> None:
    """Recorded, they are employed; where the employer keeps its employments elsewhere, nobody knows more."""
    _ad, recorded = ended(world, set_clock)
    ad, (elsewhere,) = closed_recruitment(world, set_clock, 1)
    decide(world, ad, [elsewhere], Result.HIRED)
    proofread(world, ad)
    assert release(world, ad) == 1
    for one in (recorded[0], elsewhere):
        assert "Du anställs. Arbetsgivaren hör av sig till dig." in page_of(world, one)
    set_clock("2027-06-01T09:00")
    for one, words in ((recorded[0], "Du är anställd."), (elsewhere, "Du fick tjänsten.")):
        later = page_of(world, one)
        assert "hör av sig till dig" not in later and words in later


@EMPLOYERS
def test_the_copy_of_whoever_is_hired_says_why_it_is_kept_and_no_months_that_do_not_hold(
    world: World, set_clock: Clock, employer: str
) -> None:
    _ad, sent = ended(world, set_clock, employer)
    hired, other = (values_in(copy_at(world, link_of(world, one))["uppgifter.json"])["application"] for one in sent[:2])
    assert "kept_months" not in hired and "hör till anställningen" in hired["kept_why"]
    assert other["kept_months"] == 24
    assert ("allmän handling" in other.get("kept_why", "")) is (employer == "authority")


def test_the_copy_says_the_day_where_there_is_one(world: World, set_clock: Clock) -> None:
    _ad, sent = the_others_gone(world, set_clock)
    left(world, set_clock)
    carried_out(world, set_clock, "2031-02-01T09:00")
    said = values_in(copy_at(world, link_of(world, sent[0]))["uppgifter.json"])["application"]
    assert said["kept_until"] == "2033-01-03"


def test_after_the_last_day_the_page_leads_to_where_details_are_put_right(world: World, set_clock: Clock) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1)
    assert "Namn, e-post och telefon rättar du under Dina uppgifter." in page_of(world, one)


def test_nothing_is_kept_for_anything_before_the_word_of_a_party(world: World, set_clock: Clock) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    said = values_in(copy_at(world, link_of(world, one))["uppgifter.json"])["application"]
    assert said["kept_months"] == 24 and "kept_why" not in said
