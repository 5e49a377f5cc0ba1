"""Room asked about for several at once, by turn, before anything is written."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from portal.posts import ledger
from portal.posts.queries import book_of_party, own_claims, posts, quota_rows
from portal.posts.services.claiming import NoRoom, Part, no_room


def room_by_turn(session: Session, party_id: UUID, parts: Sequence[Part]) -> list[NoRoom | None]:
    """For each of several new employments, in their order, why there is no room for it; None where there is. Those before
    it that have room are counted, and what one goes on from has let go of its post. Writes nothing."""
    none: list[NoRoom | None] = [None] * len(parts)
    quotas = quota_rows(session)
    if not quotas:
        return none
    formers: dict[UUID | None, date] = {one.former: one.starts - ledger.NEXT for one in parts if one.former}
    own = own_claims(session)
    let_go: dict[Hashable, date] = {
        one.row.post: formers[one.source.employment_id] for one in own if one.source.employment_id in formers
    }
    book = book_of_party(session, quotas, [one.row for one in own])
    held = [_until(one, let_go.get(one.id)) for one in book.claims]
    wanted = [
        ledger.Claim(party_id, posts(one.percent), one.starts, one.ends, stands_in_for=one.instead) for one in parts
    ]
    if ledger.excess(party_id, book.quotas, held, before=(), after=wanted) is None:
        return none
    found = none
    for number, one in enumerate(wanted):
        over = ledger.excess(party_id, book.quotas, held, before=(), after=[one])
        if over is None:
            held.append(one)
        else:
            found[number] = no_room(over)
    return found


def _until(claim: ledger.Claim, last: date | None) -> ledger.Claim:
    return replace(claim, ends=last) if last is not None and claim.ends is None else claim
