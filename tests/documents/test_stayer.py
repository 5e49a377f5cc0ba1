"""What sets our papers stays for the next one: quicker, and no paper is ever given for another."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from portal import clock
from portal.documents.engines import setter, stayer
from portal.documents.engines.layout import PAGE, data_of
from portal.documents.engines.setter import NotSetNow, Order, TooMuchToSet, set_papers
from portal.documents.engines.stayer import Stayer
from tests.documents.children import children, is_alive, wait_until

BEGIN = """
import os, sys, time
from portal.documents.engines import frames
orders, out = frames.orders_on(sys.stdin.buffer), sys.stdout.buffer
def answer(number, paper=b"%PDF- of this child"):
    frames.send(out, frames.PAPER, paper)
    frames.send(out, frames.END, number)
answer(next(orders)[0])
number, order = next(orders)
"""
TURNS_ON_THE_SECOND = {
    "dies": "os._exit(1)",
    "answers the first again": "answer(b'1')",
    "says more than was asked": "answer(number); answer(b'3', b'%PDF- of nobody'); time.sleep(5)",
    "says no end": "frames.send(out, frames.PAPER, b'%PDF- half')\nout.close()",
    "says what is no frame": "out.write(b'%PDF-' * 1000); out.flush(); os._exit(0)",
    "never stops": "while True: frames.send(out, frames.PAPER, b'x' * 1_000_000)",
}


def order(words: str) -> Order:
    return Order(PAGE, data_of([("plain", words)]))


def one_paper(words: str) -> bytes:
    (paper,) = set_papers([order(words)])
    return paper


def test_the_next_papers_are_set_by_the_same_child() -> None:
    papers = [one_paper("Alma Ek")]
    (child,) = children()
    papers += [one_paper("Elis Berg"), one_paper("Alma Ek")]
    assert children() == [child]
    assert papers[0] == papers[2] != papers[1]


@pytest.mark.parametrize(("name", "most", "served"), [("MOST_ORDERS", 2, 2), ("MOST_BYTES", 1, 1)])
def test_it_is_replaced_when_it_has_done_its_share(
    monkeypatch: pytest.MonkeyPatch, name: str, most: int, served: int
) -> None:
    monkeypatch.setattr(stayer, name, most)
    used = []
    for number in range(3):
        assert one_paper(f"Nummer {number}").startswith(b"%PDF-")
        used += children()
    assert len(set(used)) == (2 if served == 2 else 3)
    assert len(children()) == 1


def test_nobody_is_there_a_while_after_the_last_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stayer, "UNASKED_SECONDS", 0.3)
    one_paper("Alma Ek")
    assert len(children()) == 1
    wait_until(lambda: not children(), "it has left")
    assert one_paper("Elis Berg").startswith(b"%PDF-")


def test_one_that_is_gone_is_not_missed() -> None:
    first = one_paper("Alma Ek")
    (child,) = children()
    os.kill(int(child), signal.SIGKILL)
    assert one_paper("Alma Ek") == first
    assert children() != [child]


def test_one_that_hangs_is_given_up_in_time_and_the_next_paper_has_another(monkeypatch: pytest.MonkeyPatch) -> None:
    one_paper("Alma Ek")
    (child,) = children()
    os.kill(int(child), signal.SIGSTOP)
    with monkeypatch.context() as patched, pytest.raises(NotSetNow):
        patched.setattr(setter, "SECONDS", 0.5)
        one_paper("Alma Ek")
    assert not children()
    assert one_paper("Alma Ek").startswith(b"%PDF-")


@pytest.mark.parametrize("how", TURNS_ON_THE_SECOND.values(), ids=TURNS_ON_THE_SECOND)
def test_nothing_but_the_whole_answer_to_just_this_order_is_handed_on(
    instead: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """The child is replaced, and whoever comes in its place answers the order that it did not."""
    monkeypatch.setattr(stayer, "MAX_ANSWER", 3_000_000)
    instead(BEGIN + how)
    one = Stayer("set")
    first = one.ask(b"[]", until=clock.monotonic() + 20)
    before = children()
    second = one.ask(b"[]", until=clock.monotonic() + 20)
    assert first.ended and first == second, "the second is the first answer of the next child"
    assert len(children()) == 1 and children() != before
    one.leave()


def test_a_paper_that_cannot_be_set_takes_no_other_with_it() -> None:
    assert one_paper("Alma Ek").startswith(b"%PDF-")
    with pytest.raises(TooMuchToSet):
        list(set_papers([Order(b"#panic()", "{}")]))
    assert not children()
    assert one_paper("Elis Berg").startswith(b"%PDF-")


def test_an_order_larger_than_a_pipe_holds_is_read_while_it_is_written() -> None:
    assert one_paper("Kandidaten skriver långt. " * 8_000).startswith(b"%PDF-")


def test_it_does_not_outlive_the_process_that_asked() -> None:
    asking = (
        "import time\nfrom portal.documents.engines.setter import Order, set_papers\n"
        f"list(set_papers([Order({PAGE!r}, {data_of([('plain', 'Alma Ek')])!r})]))\n"
        "print('set', flush=True)\ntime.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", asking], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"set\n"
        (nursery,) = children(process.pid)
        (child,) = children(nursery)
        process.kill()
    wait_until(lambda: not is_alive(child) and not is_alive(nursery), "both ended")
