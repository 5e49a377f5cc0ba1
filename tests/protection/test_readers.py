"""One named person reads, of the party or of one recruitment; the key opens in that person's hand and in no other."""

from uuid import UUID

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.accounts.models import Person
from portal.applications.models import ProtectedIdentity
from portal.protection.queries import identity_key, place_of
from portal.vault.sealing import SealBroken
from tests.forms import fields_of, submit, submit_page
from tests.protection.applying import NAME, identities, pass_to, stage_protected
from tests.stage import add_person
from tests.world import Published, World, publish_ad


def opened_by(world: World, person: UUID) -> str:
    """The name of the one who has applied, with the key in this person's hand."""
    (identity,) = identities(world)
    with world.acting(scope.party(world.party)) as session:
        key = identity_key(session, identity, reader_id=person)
        return key.open_text(place_of("name"), identity.name_sealed)


def pages(ad: Published) -> tuple[str, str]:
    """Where the recruitment's reader is named, and where the checklist says so."""
    return f"/arbete/rekryteringar/{ad.id}/skyddad", f"/arbete/rekryteringar/{ad.id}"


def test_the_key_opens_in_the_readers_hand_alone_and_after_a_change_in_the_next_ones(world: World) -> None:
    stage_protected(world, publish_ad(world))
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    assert opened_by(world, world.kansli) == NAME
    with pytest.raises(SealBroken):
        opened_by(world, colleague)
    pass_to(world, colleague)
    assert opened_by(world, colleague) == NAME
    with pytest.raises(SealBroken):
        opened_by(world, world.kansli)


def test_one_recruitment_has_a_reader_of_its_own_and_is_left_alone_when_the_partys_changes(world: World) -> None:
    ad = publish_ad(world)
    id = stage_protected(world, ad)
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    (page, _), one = pages(ad), f"/arbete/rekryteringar/{ad.id}/skyddad/{id}"
    assert submit(world.browser(world.kansli), page, {"reader": str(colleague)}, "Spara").status_code == 303
    assert world.browser(world.kansli).get(one).status_code == 404
    assert world.browser(colleague).get(one).status_code == 200
    pass_to(world, world.kansli)
    assert opened_by(world, colleague) == NAME
    assert submit(world.browser(world.kansli), page, {"reader": ""}, "Spara").status_code == 303
    assert opened_by(world, world.kansli) == NAME, "as in the party's other recruitments"


def test_a_recruitments_reader_is_one_of_the_office(world: World) -> None:
    page, _ = pages(publish_ad(world))
    office = world.browser(world.kansli)
    token = office.get(page).get_data(as_text=True).split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    for nobody in (str(world.gunnel), str(world.rival_kansli), "x"):
        refused = office.post(page, data={"csrf_token": token, "reader": nobody})
        assert refused.status_code == 422 and "Välj någon på kansliet" in refused.get_data(as_text=True)


def test_when_the_reader_has_left_the_checklist_and_the_start_page_say_so_and_the_way_in_is_shut(world: World) -> None:
    ad = publish_ad(world)
    id = stage_protected(world, ad)
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    page, checklist = pages(ad)
    office = world.browser(world.kansli)
    submit(office, page, {"reader": str(colleague)}, "Spara")
    lacking = "Utse vem som läser skyddade personuppgifter"
    assert lacking not in office.get(checklist).get_data(as_text=True) + office.get("/arbete").get_data(as_text=True)
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Person, colleague).disabled_at = clock.now()
    assert lacking in office.get(checklist).get_data(as_text=True)
    assert lacking in office.get("/arbete").get_data(as_text=True)
    assert "inte kvar på kansliet" in office.get(page).get_data(as_text=True)
    assert "Ring en kontaktperson" in world.browser().get(f"/annonser/{ad.reference}/ansok/skyddad").get_data(
        as_text=True
    )
    assert office.get(f"{page}/{id}").status_code == 404, "and the party's reader does not take over by themself"
    submit(office, page, {"reader": str(world.kansli)}, "Spara")
    assert lacking not in office.get(checklist).get_data(as_text=True)
    assert opened_by(world, world.kansli) == NAME


def test_what_was_left_before_keys_were_bound_opens_for_the_partys_reader_until_it_is_passed_on(world: World) -> None:
    ad = publish_ad(world)
    id = stage_protected(world, ad)
    with world.writing(scope.party(world.party)) as session:
        identity = session.scalars(select(ProtectedIdentity)).one()
        identity.key_sealed = identity.reader_id = None
        bare = identity_key(session, identity, reader_id=None)
        identity.name_sealed = bare.seal_text(place_of("name"), NAME)
    one = f"{pages(ad)[0]}/{id}"
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    assert world.browser(colleague).get(one).status_code == 404
    pass_to(world, colleague)
    assert opened_by(world, colleague) == NAME
    with pytest.raises(SealBroken):
        opened_by(world, world.kansli)


@pytest.mark.parametrize("of_ad", [False, True])
def test_a_reader_whom_a_colleague_has_named_since_is_not_unnamed_by_an_old_page(world: World, of_ad: bool) -> None:
    ad = publish_ad(world)
    stage_protected(world, ad)
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    where = pages(ad)[0] if of_ad else "/arbete/skyddad-identitet"
    mine, theirs = world.browser(world.kansli), world.browser(world.kansli)
    old = mine.get(where)
    page = theirs.get(where)
    for _press in range(2):
        assert submit_page(theirs, page, where, {"reader": str(colleague)}, "Spara").status_code == 303
    asked = submit_page(mine, old, where, {}, "Spara")
    assert asked.status_code == 409 and "Här står vem det är nu" in asked.get_data(as_text=True)
    assert fields_of(asked)["reader"] == [str(colleague)]
    assert opened_by(world, colleague) == NAME
    assert submit_page(mine, asked, where, {"reader": str(world.kansli)}, "Spara").status_code == 303
    assert opened_by(world, world.kansli) == NAME
