"""Senders who apply again and again while the portal is killed under them, and remember what was acknowledged."""

import http.client
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import Any

from tests.documents import hostile
from tests.proofs.visitor import (
    Answer,
    Candidacy,
    Refused,
    Visitor,
    fill_in_details,
    fill_in_papers,
    look_it_over,
    send,
)

GIVES_UP = 0.05  # how often somebody whose page does not come leaves it at that
TRIES = 1200


class GivenUp(Exception):
    """A sender leaves an unfinished application behind."""


def paper(words: str) -> bytes:
    """A small good PDF that no other sender has."""
    line = f"BT /F 14 Tf 60 700 Td ({words}) Tj ET".encode()
    return hostile.pdf(hostile.CATALOG, hostile.PAGES, hostile.page(), hostile.stream(line), hostile.HELVETICA)


@dataclass
class Senders:
    """``acknowledged`` is the SHA-256 of the CV by the address it was sent from, once the answer was the receipt."""

    address: str
    reference: str
    seed: int
    acknowledged: dict[str, str] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)
    begun: int = 0
    answered: int = 0
    cut_off: int = 0
    ending: threading.Event = field(default_factory=threading.Event)

    def send_on(self, number: int) -> None:
        """One sender: a new address and a new CV each time, until told to end; the last application is finished."""
        chance, count = random.Random(self.seed * 1000 + number), 0
        while not self.ending.is_set():
            count += 1
            who = Candidacy("Alma Ek", f"s{number}.{count}@example.se", paper(f"Sandare {number} gang {count}"))
            self.begun += 1
            visitor = Visitor(self.address, timeout=30)
            try:
                self._apply(visitor, who, chance)
            except GivenUp:
                pass
            finally:
                visitor.close()

    def _apply(self, visitor: Visitor, who: Candidacy, chance: random.Random) -> None:
        for page in (fill_in_details, fill_in_papers):
            self._until_it_comes(partial(page, visitor, self.reference, who), chance)
        self._until_it_comes(partial(look_it_over, visitor, self.reference), chance)
        answer: Answer = self._until_it_comes(partial(send, visitor, self.reference), chance)
        self.answers[answer.status] += 1
        if answer.status == 303 and answer.location.endswith("/kvitto"):
            self.acknowledged[who.email] = sha256(who.cv).hexdigest()

    def _until_it_comes(self, ask: Callable[[], Any], chance: random.Random) -> Any:
        """As a person would: load the page again, and now and then leave it at that."""
        patient, cut_off = chance.random() > GIVES_UP, False
        for _ in range(TRIES):
            try:
                answer = ask()
                self.answered += 1
                return answer
            except Refused as refused:
                self.answers[refused.args[0]] += 1
                raise GivenUp from refused
            except (OSError, http.client.HTTPException):
                self.cut_off, cut_off = self.cut_off + (not cut_off), True
                if not patient:
                    break
                time.sleep(0.1)
        raise GivenUp

    def wait_for(self, answers: int, *, seconds: float) -> None:
        """Until so many more pages have come, or the time is up."""
        wanted, until = self.answered + answers, time.monotonic() + seconds
        while self.answered < wanted and time.monotonic() < until:
            time.sleep(0.005)


@contextmanager
def sending(senders: Senders, count: int) -> Iterator[Senders]:
    """``count`` of them at work inside the block; on leaving each finishes what it is at, so the portal must be up."""
    threads = [threading.Thread(target=senders.send_on, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield senders
    finally:
        senders.ending.set()
        for thread in threads:
            thread.join(timeout=120)
