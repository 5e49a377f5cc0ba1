"""Our own papers, set in a limited child of the same nursery that strangers' files are read by: typst is in no process that
answers people. The child stays for a minute or for many papers, and what they took is given back with it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import structlog

from portal import clock
from portal.documents.engines import frames, places
from portal.documents.engines.stayer import Stayer

SECONDS = 20.0  # for those that are set at a time, waiting for the place included
PATIENCE = 8.0  # of these, at most for the place: whoever waits holds one who answers people
_MOST, _MOST_CHARACTERS = 50, 600_000  # at a time
_setter = Stayer("set")
_log = structlog.get_logger("documents")


class NotSet(Exception):
    """There is no paper."""


class NotSetNow(NotSet):
    """No child could set it in time: it may go in a while."""


class TooMuchToSet(NotSet):
    """More than can be set while somebody waits, now or later."""


@dataclass(frozen=True, slots=True)
class Order:
    """A Typst sheet of ours, its data as JSON, and the PDF standards it keeps to: none, and it has no tags either."""

    sheet: bytes
    data: str
    standards: tuple[str, ...] = ()


def set_papers(orders: Sequence[Order]) -> Iterator[bytes]:
    """The PDF of each, in order; the same order gives the same bytes. Raises `NotSetNow`, and `TooMuchToSet` of one that is
    set by itself and that a child has come to the end of its own limits with.

    One child sets at a time, in a place that no stranger's file takes; many papers are set some at a time, each time when the
    first of them is asked for.
    """
    for some in _shared_out(orders):
        yield from _set(some)


def _shared_out(orders: Sequence[Order]) -> Iterator[list[Order]]:
    some: list[Order] = []
    for order in orders:
        if some and (len(some) == _MOST or sum(len(one.data) for one in some) + len(order.data) > _MOST_CHARACTERS):
            yield some
            some = []
        some.append(order)
    if some:
        yield some


def _set(some: list[Order]) -> list[bytes]:
    data = json.dumps([[one.sheet.decode(), one.data, one.standards] for one in some], ensure_ascii=False)
    until = clock.monotonic() + SECONDS
    try:
        with places.place(until, PATIENCE, places.SETTING):
            answer = _setter.ask(data.encode(), until=until)
    except places.NoChildFree:
        raise NotSetNow from None
    papers = [body for letter, body in answer.frames if letter == frames.PAPER]
    if not answer.ended or len(papers) != len(some):
        _log.warning("papers_not_set", count=len(some), came=len(papers))
        raise TooMuchToSet if len(some) == 1 and clock.monotonic() < until else NotSetNow
    return papers
