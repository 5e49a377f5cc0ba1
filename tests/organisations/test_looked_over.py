"""After a restore: who is in a party is as it was when the backup was taken, until its own people have looked them over."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal import scope
from portal.audit.models import AuditLine
from portal.audit.services import PLATFORM_CHAIN
from portal.clock import STOCKHOLM
from portal.organisations.models import Authority, Party
from portal.organisations.services.looking_over import note_restored
from tests.desk.test_start import page
from tests.forms import fields_of, submit
from tests.world import World

TAKEN = datetime(2026, 11, 20, 3, 0, tzinfo=STOCKHOLM)
PEOPLE, BUTTON = "/arbete/personer", "Alla är genomgångna"
LOOK_OVER = "Gå igenom vilka som är med"


def restored(world: World, *, of: datetime = TAKEN) -> None:
    with world.writing(scope.PLATFORM) as session:
        note_restored(session, of=of)


def shown(world: World, person: UUID, url: str = PEOPLE) -> str:
    return page(world, person, url).replace("\xa0", " ")


def as_of(world: World) -> list[datetime | None]:
    with world.acting(scope.PLATFORM) as session:
        return [
            session.get_one(Party, world.party).people_as_of, session.get_one(Authority, world.authority).people_as_of
        ]  # fmt: skip


@pytest.mark.parametrize("role", ["kansli", "region"])
def test_whoever_looks_after_the_people_is_asked_to_look_them_over_until_somebody_has(world: World, role: str) -> None:
    person = getattr(world, role)
    assert LOOK_OVER not in shown(world, person, "/arbete") and BUTTON not in shown(world, person)
    restored(world)
    assert LOOK_OVER in shown(world, person, "/arbete") and "den 20 november 2026 kl. 03.00" in shown(world, person)
    browser = world.browser(person)
    assert submit(browser, PEOPLE, {}, BUTTON).status_code == 303
    assert LOOK_OVER not in shown(world, person, "/arbete") and BUTTON not in shown(world, person)
    assert [one is None for one in as_of(world)] == [role == "kansli", role == "region"], "each looks over its own"
    with world.acting(scope.PLATFORM) as session:
        (line,) = session.scalars(select(AuditLine).where(AuditLine.verb == "people.looked_over"))
    chain, of = (world.party, world.party) if role == "kansli" else (PLATFORM_CHAIN, world.authority)
    assert (line.chain_id, line.object_id, line.actor) == (chain, of, f"person:{person}")


def test_who_only_assesses_is_asked_nothing_and_the_rival_office_for_itself(world: World) -> None:
    restored(world)
    assert LOOK_OVER not in shown(world, world.gunnel, "/arbete")
    assert submit(world.browser(world.kansli), PEOPLE, {}, BUTTON).status_code == 303
    assert LOOK_OVER in shown(world, world.rival_kansli, "/arbete")


def test_what_was_put_back_twice_is_as_old_as_the_first(world: World) -> None:
    """Who came back then has not been looked over, and is in the second backup too."""
    restored(world)
    restored(world, of=TAKEN + timedelta(days=2))
    assert as_of(world) == [TAKEN, TAKEN]


def test_a_page_from_before_another_restore_says_nothing_of_it(world: World) -> None:
    restored(world)
    browser = world.browser(world.kansli)
    old = fields_of(browser.get(PEOPLE))
    assert submit(browser, PEOPLE, {}, BUTTON).status_code == 303
    restored(world, of=TAKEN + timedelta(days=2))
    told = {"csrf_token": old["csrf_token"][0], "people_as_of": old["people_as_of"][0]}
    answer = browser.post(f"{PEOPLE}/genomgangna", data=told, follow_redirects=True).get_data(as_text=True)
    assert "Portalen har återställts igen" in answer and BUTTON in answer
    assert as_of(world)[0] == TAKEN + timedelta(days=2)


def test_pressed_twice_it_is_once(world: World) -> None:
    restored(world)
    browser = world.browser(world.kansli)
    old = fields_of(browser.get(PEOPLE))
    told = {"csrf_token": old["csrf_token"][0], "people_as_of": old["people_as_of"][0]}
    for _ in range(2):
        assert browser.post(f"{PEOPLE}/genomgangna", data=told).status_code == 303
    with world.acting(scope.PLATFORM) as session:
        assert len(session.scalars(select(AuditLine).where(AuditLine.verb == "people.looked_over")).all()) == 1


def test_whoever_runs_the_portal_reads_where_it_is_left_to_do(world: World) -> None:
    left = "Personerna är inte genomgångna efter återställningen"
    assert left not in shown(world, world.drift, "/drift")
    restored(world)
    before = shown(world, world.drift, "/drift").count(left)
    assert submit(world.browser(world.kansli), PEOPLE, {}, BUTTON).status_code == 303
    assert shown(world, world.drift, "/drift").count(left) == before - 1 > 0
