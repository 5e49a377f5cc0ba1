"""A reader who has left reads no more, also where they come back, until somebody names them anew; no key is passed on to
one who has left."""

import pytest

from portal import clock, scope
from portal.organisations.models import Membership
from tests.forms import fields_of, submit
from tests.protection.applying import identities, pass_to, stage_protected
from tests.review.test_coming_back import leave_and_come_back
from tests.stage import add_person
from tests.world import World, publish_ad


def test_going_back_to_the_partys_reader_passes_no_key_to_one_who_has_left(world: World) -> None:
    ad = publish_ad(world)
    stage_protected(world, ad)  # the party's reader is Samira
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    page = f"/arbete/rekryteringar/{ad.id}/skyddad"
    office = world.browser(colleague)
    assert submit(office, page, {"reader": str(colleague)}, "Spara").status_code == 303
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Membership, world.memberships[world.kansli]).ended_at = clock.now()
    assert submit(office, page, {"reader": ""}, "Spara").status_code == 303
    (identity,) = identities(world)
    assert identity.reader_id == colleague, "where nobody reads the keys stay as they are"


@pytest.mark.parametrize("of_ad", [False, True])
def test_a_reader_who_has_left_is_followed_by_whomever_the_office_names(world: World, of_ad: bool) -> None:
    ad = publish_ad(world)
    stage_protected(world, ad)  # the party's reader is Samira
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    page = f"/arbete/rekryteringar/{ad.id}/skyddad" if of_ad else "/arbete/skyddad-identitet"
    if of_ad:
        submit(world.browser(world.kansli), page, {"reader": str(world.kansli)}, "Spara")
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Membership, world.memberships[world.kansli]).ended_at = clock.now()
    office = world.browser(colleague)
    assert "är inte kvar på kansliet" in office.get(page).get_data(as_text=True)
    untouched = submit(office, page, {}, "Spara")
    assert untouched.status_code == 422 and "Välj vem som läser" in untouched.get_data(as_text=True)
    assert submit(office, page, {"reader": str(colleague)}, "Spara").status_code == 303
    (identity,) = identities(world)
    assert identity.reader_id == colleague
    assert "är inte kvar" not in office.get(page).get_data(as_text=True)


@pytest.mark.parametrize("of_ad", [False, True])
def test_a_reader_who_left_and_comes_back_reads_nothing_until_they_are_named_anew(world: World, of_ad: bool) -> None:
    ad = publish_ad(world)
    id = stage_protected(world, ad)
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    of_this = f"/arbete/rekryteringar/{ad.id}/skyddad"
    page, office = of_this if of_ad else "/arbete/skyddad-identitet", world.browser(colleague)
    pass_to(world, None)
    assert submit(office, page, {"reader": str(world.kansli)}, "Spara").status_code == 303
    assert world.browser(world.kansli).get(f"{of_this}/{id}").status_code == 200
    leave_and_come_back(world, world.kansli, "kansli")
    back = world.browser(world.kansli)
    assert back.get(f"{of_this}/{id}").status_code == 404, "they come to it as little as any colleague"
    assert "Röd räv" not in back.get("/arbete/skyddad-identitet").get_data(as_text=True)
    lacking = "Utse vem som läser skyddade personuppgifter"
    assert lacking in office.get("/arbete").get_data(as_text=True)
    assert fields_of(office.get(page)).get("reader") is None, "nobody is named by saving what stands there"
    assert submit(office, page, {"reader": str(world.kansli)}, "Spara").status_code == 303
    assert back.get(f"{of_this}/{id}").status_code == 200
    assert lacking not in office.get("/arbete").get_data(as_text=True)
