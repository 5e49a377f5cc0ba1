"""Whose turn it is, of the mails that wait."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from portal.mail.in_order import Turn, next_to_each_reader

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
LATER = AT + timedelta(minutes=20)


@dataclass(frozen=True)
class Mail:
    """One that waits for ``to``."""

    to: str
    tries: int = 0
    due_at: datetime = AT
    claimed_until: datetime | None = None
    last_fault: str = ""
    id: UUID = field(default_factory=uuid4)


def turns(*mails: Mail, most: int = 100) -> list[Turn]:
    return next_to_each_reader(mails, AT, reader_of=lambda mail: mail.to, most=most)  # type: ignore[attr-defined]


def test_to_each_reader_goes_the_first_alone() -> None:
    one, other, bo = Mail("alma"), Mail("alma"), Mail("bo")
    assert turns(one, other, bo) == [Turn(one.id, "alma"), Turn(bo.id, "bo")]


def test_what_the_server_was_away_for_goes_before_a_later_one() -> None:
    put_off = [Mail("alma", 4, LATER, last_fault=fault) for fault in ("TimeoutError", "NotLetIn 421")]
    due = Mail("alma")
    assert turns(*put_off) == [], "it has its own time as long as nothing comes after it"
    assert turns(*put_off, due) == [*(Turn(one.id, "alma", early=True) for one in put_off), Turn(due.id, "alma")]


def test_what_was_refused_for_itself_is_passed_by() -> None:
    refused, due = Mail("alma", 4, LATER, last_fault="SMTPDataError 451"), Mail("alma")
    assert turns(refused, due) == [Turn(due.id, "alma")]


def test_one_that_is_on_its_way_holds_the_next_however_often_it_was_tried() -> None:
    on_its_way = Mail("alma", 4, AT, claimed_until=AT + timedelta(minutes=5), last_fault="TimeoutError")
    assert turns(on_its_way, Mail("alma")) == []
