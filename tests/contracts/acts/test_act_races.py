"""Two of the office at the same instant: one act of what is the same, and never two that contradict each other."""

from datetime import date

from portal import clock, scope
from portal.contracts.acts import rules
from portal.contracts.acts.refusals import ChangedSince
from portal.contracts.acts.services import end_early, extend
from tests.contracts.acts.changing import acts, employ, pressed, stored
from tests.contracts.test_decision_races import Press, at_once
from tests.world import World


def extending(world: World, id, ends: date) -> Press:
    """Somebody extends, on a page where nothing has been done yet."""

    def press() -> None:
        with world.writing(scope.party(world.party)) as session:
            extend(session, pressed(world, id), rules.Extension(clock.today(), ends))

    return press


def ending(world: World, id, ends: date) -> Press:
    """Somebody ends it early, on the same page."""

    def press() -> None:
        with world.writing(scope.party(world.party)) as session:
            end_early(session, pressed(world, id), rules.EarlyEnd(clock.today(), ends))

    return press


def test_the_same_extension_at_the_same_instant_is_one_act(world: World) -> None:
    id = employ(world)
    assert at_once([extending(world, id, date(2028, 6, 30))] * 2) == []
    assert [act.kind for act in acts(world, id)] == ["recorded", "extension"]


def test_an_extension_and_an_early_end_at_the_same_instant_never_both_stand(world: World) -> None:
    id = employ(world)
    (refused,) = at_once([extending(world, id, date(2028, 6, 30)), ending(world, id, date(2026, 11, 30))])
    assert isinstance(refused, ChangedSince)
    assert len(acts(world, id)) == 2
    assert stored(world, id).ends_on in (date(2028, 6, 30), date(2026, 11, 30))
    assert stored(world, id).ends_on == acts(world, id)[-1].ends_on
