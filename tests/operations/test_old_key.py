"""When an older key may be taken away: what was typed lies under it as long as it can be sent again."""

from pathlib import Path

from portal.operations.rotation.services import REMOVABLE
from portal.web.parked import KEPT_FOR

SAID = {
    1: ("ett dygn", "a day has passed"),
    2: ("två dygn", "two days have passed"),
    3: ("tre dygn", "three days have"),
}


def test_the_old_key_goes_no_sooner_than_a_form_that_waits_under_it() -> None:
    swedish, english = SAID[KEPT_FOR.days]
    running = (Path(__file__).parents[2] / "docs/running.md").read_text(encoding="utf-8")
    assert f"om {swedish}," in REMOVABLE
    assert f"nothing rests on the old key any more, and {english}" in " ".join(running.split())
