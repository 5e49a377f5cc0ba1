"""What became of a message: written, its mail sent, opened by the link, answered. PURE."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Sender(StrEnum):
    """Which side has written."""

    CANDIDATE = "candidate"
    OFFICE = "office"


class Written(Protocol):
    """Whatever tells who wrote when, and whether it needs an answer."""

    @property
    def sender(self) -> str: ...
    @property
    def written_at(self) -> datetime: ...
    @property
    def settled_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Mailed:
    """The mail that tells of a message: taken by the mail server, given up, or neither yet."""

    sent_at: datetime | None = None
    given_up_at: datetime | None = None


def answered_at(messages: Sequence[Written], place: int) -> datetime | None:
    """When the other side first wrote after the message at ``place``; ``messages`` are in the order they were written."""
    own = messages[place].sender
    return next((later.written_at for later in messages[place + 1 :] if later.sender != own), None)


def needs_answer(messages: Sequence[Written], place: int) -> bool:
    """Whether the message at ``place`` is the candidate's and waits for the office: neither answered nor settled."""
    one = messages[place]
    return one.sender == Sender.CANDIDATE and one.settled_at is None and answered_at(messages, place) is None


def waiting(messages: Sequence[Written]) -> int:
    """How many of the candidate's messages wait for the office."""
    return sum(needs_answer(messages, place) for place in range(len(messages)))
