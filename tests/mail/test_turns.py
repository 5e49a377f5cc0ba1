"""Jobs done one at a time, by whoever is at it."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.mail.turns import Turns


def test_every_job_is_done_and_never_two_at_once() -> None:
    turns, done, at_it, most = Turns(), [], [], []

    def job(number: int) -> None:
        at_it.append(number)
        most.append(len(at_it))
        time.sleep(0.0005)
        at_it.remove(number)
        done.append(number)

    with ThreadPoolExecutor(8) as hands:
        list(hands.map(lambda number: turns.take(number, lambda: job(number)), range(200)))
    assert sorted(done) == list(range(200))
    assert max(most) == 1


def test_a_fault_ends_the_turn_and_what_waited_is_done_in_the_next() -> None:
    turns, done = Turns(), []

    def fails() -> None:
        turns.take("left", lambda: done.append("left"))
        turns.take("left", lambda: done.append("left twice"))
        raise OSError("not today")

    with pytest.raises(OSError):
        turns.take("first", fails)
    assert done == []
    turns.take("next", lambda: done.append("next"))
    assert done == ["left", "next"]
