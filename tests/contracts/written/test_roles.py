"""Other offices beside the post: what the rules and the party say of them, and that nobody leads their own work."""

from typing import Any

import pytest

from portal import scope
from portal.contracts.written.filling import Filled, held_by, lacking
from portal.contracts.written.refusals import StillOpen
from portal.contracts.written.roles import Also, Policy, ruling
from portal.contracts.written.rules import Rules, rules_for
from portal.organisations.models import Party
from portal.profiles.shelf import profile_called
from tests.contracts.written.contracting import offer, recorded, save
from tests.forms import submit
from tests.world import World

LEADER, ELECTED = (Also.GROUP_LEADER.value,), (Also.ELECTED.value,)
EMPLOYEE = "Alma Ek"
PARTY = {"retention_rule": "Styrelsens beslut § 24"}


def rules_called(key: str, employer: str = "party") -> Rules:
    """The rules of one file."""
    profile = profile_called(key)
    assert profile is not None
    return rules_for(profile, employer=employer, kind=profile.kind)


NO_RULES = rules_for(None, employer="authority", kind="region")


def lacks(rules: Rules, filled: Filled, **policies: str) -> dict[str, str]:
    """What stands against offering, by the field it belongs to."""
    found = lacking(rules, filled, employer="authority", employee=EMPLOYEE, policies=policies)
    return {lack.field: lack.sentence for lack in found}


@pytest.mark.parametrize("own", list(Policy))
@pytest.mark.parametrize("also", list(Also))
def test_where_the_rules_say_nothing_the_partys_own_policy_holds(also: Also, own: Policy) -> None:
    found = ruling(also, NO_RULES, {also.value: own.value})
    assert (found.policy, found.whose) == (own, "partiets egen policy")
    assert bool(found.sentence) == (own is not Policy.ALLOW)


def test_the_stricter_holds_and_says_whose_it_is() -> None:
    free = rules_called("ostersunds-kommun")
    assert ruling(Also.GROUP_LEADER, free, {"group_leader": "forbid"}).policy is Policy.FORBID
    allowed = ruling(Also.GROUP_LEADER, free, {"group_leader": "allow"})
    assert allowed.policy is Policy.ALLOW


def test_a_combination_that_is_forbidden_stops_the_offer_with_whose_rule_it_is() -> None:
    told = lacks(NO_RULES, Filled(work_leader="Bo Ek", also=ELECTED), elected="forbid")
    assert "får inte också vara politisk sekreterare, enligt partiets egen policy" in told["also"]
    for policy in ("allow", "warn"):
        assert "also" not in lacks(NO_RULES, Filled(work_leader="Bo Ek", also=ELECTED), elected=policy)


@pytest.mark.parametrize(
    "rules", [NO_RULES, rules_called("region-sormland", "authority")], ids=["none", "gruppledaren"]
)
@pytest.mark.parametrize("policy", list(Policy))
def test_a_group_leader_who_is_employed_needs_another_work_leader_whatever_the_policy(
    rules: Rules, policy: Policy
) -> None:
    told = lacks(rules, Filled(also=LEADER), group_leader=policy.value)
    assert "kan inte leda sitt eget arbete" in told["work_leader"]
    assert "work_leader" not in lacks(rules, Filled(work_leader="Bo Ek", also=LEADER), group_leader=policy.value)
    assert held_by(rules, Filled(work_leader="Bo Ek", also=LEADER), "work_leader") == ("Bo Ek", "")


@pytest.mark.parametrize("name", ["Alma Ek", "  alma   EK ", "Alma\u00a0Ek"])
@pytest.mark.parametrize("also", [(), LEADER])
def test_nobody_leads_their_own_work_though_nothing_is_ticked(name: str, also: Any) -> None:
    told = lacks(NO_RULES, Filled(work_leader=name, also=also))
    assert (
        told["work_leader"]
        == "Alma Ek ska anställas och kan inte leda sitt eget arbete. Skriv någon annan som arbetsledare."
    )


def test_ostersund_has_its_own_word_for_who_leads_then() -> None:
    rules = rules_called("ostersunds-kommun")
    words, source = held_by(rules, Filled(also=LEADER), "work_leader")
    assert "partigrupp" in words
    assert source == rules.source("work_leader_instead")
    assert "work_leader" not in lacks(rules, Filled(also=LEADER))


def test_a_contract_is_not_offered_while_the_group_leader_would_lead_their_own_work(
    world: World, set_clock: Any
) -> None:
    one = recorded(world, set_clock)
    save(one, also=LEADER, work_leader=one.employee)
    with pytest.raises(StillOpen) as refused:
        offer(one)
    assert "kan inte leda sitt eget arbete" in refused.value.sentence
    save(one, also=LEADER, work_leader="Elof Rehnström")
    offer(one)


def test_the_party_says_what_it_allows_and_the_draft_warns_or_stops(world: World, set_clock: Any) -> None:
    one = recorded(world, set_clock)
    browser = world.browser(world.kansli)
    save(one, also=ELECTED)
    place = f"/arbete/anstallningar/{one.employment}/avtal"
    assert "bör inte också vara politisk sekreterare" in browser.get(place).get_data(as_text=True)
    assert submit(browser, "/arbete/parti", {**PARTY, "elected_policy": "forbid"}).status_code == 303
    assert "får inte också vara politisk sekreterare" in browser.get(place).get_data(as_text=True)
    with pytest.raises(StillOpen):
        offer(one)
    assert submit(browser, "/arbete/parti", {**PARTY, "elected_policy": "allow"}).status_code == 303
    assert "också vara politisk sekreterare" not in browser.get(place).get_data(as_text=True)
    offer(one)


def test_only_the_three_policies_and_the_two_offices_can_be_chosen(world: World, set_clock: Any) -> None:
    one = recorded(world, set_clock)
    browser = world.browser(world.kansli)
    for policy in ("maybe", ""):
        assert submit(browser, "/arbete/parti", {**PARTY, "group_leader_policy": policy}).status_code == 422
    place = f"/arbete/anstallningar/{one.employment}/avtal"
    assert submit(browser, place, {"also": ["king"]}, "Spara").status_code == 422
    with world.acting(scope.PLATFORM) as session:
        assert session.get_one(Party, one.party).group_leader_policy == "warn"
