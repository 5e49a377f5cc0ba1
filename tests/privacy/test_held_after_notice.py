"""A hold that is set once the office has been told of the day: nothing has gone, and no page says that it has."""

from datetime import date

import pytest

from portal import clock, scope
from portal.privacy.queries import said_of
from portal.privacy.services import disposing
from portal.privacy.services.disposing import Gone
from portal.privacy.services.holding import lift_hold, say_start, set_hold
from tests.decisions.recruiting import closed_recruitment, decide, proofread, release
from tests.privacy.test_disposing import DAY, TOLD, Clock, about, carried_out, ended, keyed
from tests.world import Published, World


def carried_out_at(world: World, ad: Published) -> str:
    """To the minute; empty where nothing has been."""
    with world.acting(scope.party(world.party)) as session:
        said = said_of(session, ad.id)
        at = said.carried_out_at if said is not None else None
        return f"{at.astimezone(clock.STOCKHOLM):%Y-%m-%dT%H:%M}" if at is not None else ""


def held(world: World, ad: Published) -> object:
    """DO writes, and the office stops it for all. The hold's id."""
    with world.writing(scope.party(world.party)) as session:
        hold = set_hold(session, application_id=None, reason="DO har hört av sig.", **about(world, ad))
        assert hold is not None
        return hold.id


def test_nothing_is_said_to_have_gone_before_the_day_nor_on_it(world: World, set_clock: Clock) -> None:
    ad, sent = ended(world, set_clock)
    assert carried_out(world, set_clock, TOLD) == Gone(told=1)
    set_clock("2028-12-02T10:00")
    hold_id = held(world, ad)
    for instant in ("2028-12-02T10:30", "2028-12-02T11:30", DAY, "2028-12-15T10:00"):
        assert carried_out(world, set_clock, instant) == Gone()
        assert carried_out_at(world, ad) == ""
        page = world.browser(world.kansli).get(f"/arbete/sparade/{ad.id}").get_data(as_text=True)
        assert "Stoppat tills någon häver det" in page and "Raderat" not in page
    assert keyed(world, sent) == [True, True, True]
    set_clock("2028-12-16T09:00")
    with world.writing(scope.party(world.party)) as session:
        assert lift_hold(session, hold_id=hold_id, **about(world, ad)) is not None  # type: ignore[arg-type]
    assert carried_out(world, set_clock, "2028-12-17T09:00") == Gone(told=1)
    assert carried_out(world, set_clock, "2028-12-31T09:00") == Gone(erased=2)
    assert carried_out(world, set_clock, "2029-01-01T09:00") == Gone()
    assert carried_out_at(world, ad) == "2028-12-31T09:00"


def test_the_day_that_it_is_counted_from_can_be_put_right_still(world: World, set_clock: Clock) -> None:
    ad, sent = closed_recruitment(world, set_clock, 2)
    decide(world, ad, sent)
    proofread(world, ad)
    release(world, ad)
    with world.writing(scope.party(ad.party_id)) as session:
        assert say_start(session, day=date(2026, 12, 14), basis="§ 12", **about(world, ad))  # type: ignore[arg-type]
    assert carried_out(world, set_clock, TOLD) == Gone(told=1)
    set_clock("2028-12-02T10:00")
    held(world, ad)
    carried_out(world, set_clock, "2028-12-02T10:30")
    page = world.browser(world.kansli).get(f"/arbete/sparade/{ad.id}").get_data(as_text=True)
    assert 'name="basis"' in page and "Gallrat" not in page


def test_a_run_that_was_cut_short_and_is_ended_by_the_next_is_said_to_have_been(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ad, sent = ended(world, set_clock)
    carried_out(world, set_clock, TOLD)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(disposing, "take_out_erased", killed)
        carried_out(world, set_clock, DAY)
    assert carried_out_at(world, ad) == ""
    carried_out(world, set_clock, "2028-12-15T10:00")
    assert keyed(world, sent) == [True, False, False]
    assert carried_out_at(world, ad) == "2028-12-15T10:00"
