"""Claims on a party's posts. Ads and employments write theirs in the transaction in which they themselves change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.organisations.models import Authority
from portal.posts import ledger
from portal.posts.models import Claim, ClaimSource
from portal.posts.queries import Of, book_of_party, counted_claim, own_claims, quota_rows
from portal.refusal import N_, Refusal
from portal.scope import walls_of
from portal.swedish_dates import swedish_day
from portal.web.register_picture import comma

NOBODY: Mapping[UUID, UUID | None] = {}


class NoRoom(Refusal):
    """More is wanted than the party's posts have room for. The sums stand in the sentence."""

    field = "extent_percent"
    text = N_(
        "Tjänsteutrymmet räcker inte från %(day)s. Partiet har %(room)s heltider: %(filled)s är tillsatta och "
        "%(advertised)s reserverade, så %(free)s är lediga. Det här tar %(wanted)s. Minska omfattningen eller antalet, "
        "eller be om ett nytt beslut om partiets tjänster."
    )


class Walled(Protocol):
    """Anything that stands behind a party's wall: an ad or an employment."""

    party_id: UUID
    authority_id: UUID
    controller_id: UUID
    with_authority: bool


class Recorded(Walled, Protocol):
    """An employment that is being recorded."""

    id: UUID
    extent_percent: int
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an employment, at one extent. ``ends`` None: until further notice. Where it is asked about and not claimed
    yet (`turns.room_by_turn`): ``instead`` is the post that it is in place of, ``former`` the employment it goes on from."""

    percent: int
    starts: date
    ends: date | None
    instead: UUID | None = None
    former: UUID | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """What an employment's claims are known by in the ledger: its own post, and that of whom it stands in for."""

    post: UUID
    in_place_of: UUID | None


def claim_for_ad(
    session: Session, *, of: Walled, ad_id: UUID, number: int, percent: int, starts: date, ends: date | None
) -> None:
    """A published ad claims the posts it seeks people for, less those already filled from it. Raises NoRoom."""
    one_at_a_time(session, of.authority_id)
    everything = own_claims(session)
    from_it = [one for one in everything if one.source.ad_id == ad_id]
    left = number - len({one.source.employment_id for one in from_it} - {None})
    present = [one for one in from_it if _seeks(one, ad_id)]
    wanted = [_claim(of, ledger.Kind.ADVERTISED, percent * left, starts, ends, uuid4())] if left > 0 else []
    _require_room(session, of, everything, present, wanted)
    _put(session, of, present, wanted, ad_id=ad_id, employment_id=None)


def claim_for_employment(
    session: Session,
    *,
    of: Walled,
    employment_id: UUID,
    parts: Sequence[Part],
    ad_id: UUID | None = None,
    ad_percent: int = 0,
    in_place_of: UUID | None = None,
    marks: Marks | None = None,
) -> None:
    """An employment recorded, changed or ended early claims these parts instead of what it claimed before. Raises NoRoom.

    Recorded from an ad it takes over one of the posts of ``ad_percent`` that the ad claims. ``in_place_of`` is the
    employment it stands in for, unless the ``marks`` are told.
    """
    one_at_a_time(session, of.authority_id)
    everything = own_claims(session)
    present = [one for one in everything if one.source.employment_id == employment_id]
    first = present[0] if present else None
    known = marks or (_marks_of(first.row) if first else Marks(uuid4(), _mark_of(everything, in_place_of)))
    wanted = [_filled(of, one, known) for one in parts]
    advertised = [] if first or ad_id is None else [one for one in everything if _seeks(one, ad_id)]
    rest = _less_one_post(advertised, ad_percent)
    _require_room(session, of, everything, [*present, *advertised], [*wanted, *rest])
    _put(session, of, advertised, rest, ad_id=ad_id, employment_id=None)
    _put(session, of, present, wanted, ad_id=first.source.ad_id if first else ad_id, employment_id=employment_id)


def claim_anew(
    session: Session,
    *,
    of: Walled,
    employment_id: UUID,
    part: Part,
    marks: Marks,
    ad_id: UUID | None,
    ad_percent: int = 0,
) -> None:
    """An employment that had given up its claims has them again, under the same marks: whoever stood in for somebody
    does so still. Of an ad whose recruitment goes on it takes over one of the posts of ``ad_percent``. Raises NoRoom."""
    one_at_a_time(session, of.authority_id)
    wanted, everything = [_filled(of, part, marks)], own_claims(session)
    advertised = [one for one in everything if ad_percent and ad_id is not None and _seeks(one, ad_id)]
    rest = _less_one_post(advertised, ad_percent)
    _require_room(session, of, everything, advertised, [*wanted, *rest])
    _put(session, of, advertised, rest, ad_id=ad_id, employment_id=None)
    _put(session, of, [], wanted, ad_id=ad_id, employment_id=employment_id)


def marks_of(session: Session, employment_id: UUID) -> Marks | None:
    """What the ledger knows an employment by; None where it claims nothing."""
    return next((_marks_of(one.row) for one in own_claims(session) if one.source.employment_id == employment_id), None)


def whose_post(session: Session, post: UUID) -> UUID | None:
    """The employment that the ledger knows by this mark; None where it claims nothing any more."""
    return next((one.source.employment_id for one in own_claims(session) if one.row.post == post), None)


def claim_for_many(session: Session, rows: Sequence[Recorded], instead: Mapping[UUID, UUID | None] = NOBODY) -> None:
    """Several new employments of one party, none of them from an ad, claim all of theirs or nothing. Raises NoRoom.

    ``instead``: by employment, the post that it is in place of. Whoever asks has its turn (`one_at_a_time`).
    """
    if not rows:
        return
    parts = [(row, Part(row.extent_percent, row.starts_on, row.ends_on)) for row in rows]
    wanted = [_filled(row, part, Marks(uuid4(), instead.get(row.id))) for row, part in parts]
    _require_room(session, rows[0], own_claims(session), [], wanted)
    session.add_all(wanted)
    session.flush()
    for row, claim in zip(rows, wanted, strict=True):
        session.add(ClaimSource(**walls_of(row), claim_id=claim.id, employment_id=row.id))
    session.flush()


def hold_to(session: Session, until: Mapping[UUID, date | None]) -> None:
    """What these employments claim lasts to that day (None: no end known), whether there is room or not: who is there is."""
    for one in own_claims(session):
        if (id := one.source.employment_id) is not None and id in until:
            one.row.ends_on = until[id]
    session.flush()


def release_ad(session: Session, *, ad_id: UUID, kept: int = 0) -> None:
    """An ad that is withdrawn or over claims nothing more than what is ``kept``, in hundredths of a post: it may await those
    who are to be employed from it. What was filled from it stays."""
    for one in [one for one in own_claims(session) if _seeks(one, ad_id)]:
        less = one.row.hundredths - kept
        if less > 0:
            rest = [_one_less(one.row, less)] if kept > 0 else []
            _put(session, one.source, [one], rest, ad_id=ad_id, employment_id=None)


def one_at_a_time(session: Session, authority_id: UUID) -> None:
    """Within an authority, for its parties may share a pool; and before anything is read, which then holds until the end."""
    session.scalars(select(Authority.id).where(Authority.id == authority_id).with_for_update(key_share=True)).one()


def _require_room(
    session: Session, of: Walled, everything: Sequence[Of], before: Sequence[Of], after: Sequence[Claim]
) -> None:
    """Where nobody has decided anything there is nothing to exceed."""
    quotas = quota_rows(session)
    if not quotas or not after:
        return
    replaced = {one.row.id for one in before}
    book = book_of_party(session, quotas, [one.row for one in everything if one.row.id not in replaced])
    was, wanted = ([counted_claim(row) for row in rows] for rows in ([one.row for one in before], after))
    found = ledger.excess(of.party_id, book.quotas, book.claims, before=was, after=wanted)
    if found is not None:
        raise no_room(found)


def no_room(found: ledger.Excess) -> NoRoom:
    """What is told of it, with the sums."""
    held = found.standing
    sizes = {"room": held.room, "filled": held.filled, "advertised": held.advertised, "free": held.free}
    shown = {name: comma(size or ledger.NOTHING) for name, size in sizes.items()}
    return NoRoom(day=swedish_day(found.starts), wanted=comma(found.wanted), **shown)


def _claim(
    of: Walled,
    kind: ledger.Kind,
    hundredths: int,
    starts: date,
    ends: date | None,
    post: UUID,
    instead: UUID | None = None,
) -> Claim:
    """The row that the authority sees too: nothing in it but size and days."""
    return Claim(
        id=uuid4(),
        party_id=of.party_id,
        authority_id=of.authority_id,
        controller_id=of.authority_id,
        with_authority=True,
        kind=kind.value,
        hundredths=hundredths,
        starts_on=starts,
        ends_on=ends,
        post=post,
        in_place_of=instead,
    )


def _filled(of: Walled, part: Part, marks: Marks) -> Claim:
    return _claim(of, ledger.Kind.FILLED, part.percent, part.starts, part.ends, marks.post, marks.in_place_of)


def _marks_of(row: Claim) -> Marks:
    return Marks(row.post, row.in_place_of)


def _one_less(row: Claim, hundredths: int) -> Claim:
    """An ad's claim when one of its posts is filled."""
    return _claim(row, ledger.Kind.ADVERTISED, row.hundredths - hundredths, row.starts_on, row.ends_on, row.post)


def _less_one_post(advertised: Sequence[Of], percent: int) -> list[Claim]:
    return [_one_less(one.row, percent) for one in advertised if one.row.hundredths > percent]


def _put(
    session: Session,
    of: Walled,
    former: Iterable[Of],
    rows: Sequence[Claim],
    *,
    ad_id: UUID | None,
    employment_id: UUID | None,
) -> None:
    for one in former:
        _take_away(session, one)
    session.add_all(rows)
    session.flush()
    walls = walls_of(of)
    session.add_all(ClaimSource(**walls, claim_id=row.id, ad_id=ad_id, employment_id=employment_id) for row in rows)
    session.flush()


def _take_away(session: Session, one: Of) -> None:
    session.delete(one.source)
    session.flush()  # before the claim it points at
    session.delete(one.row)


def _seeks(one: Of, ad_id: UUID) -> bool:
    """Whether it is what the ad claims for those it has not found yet."""
    return one.source.ad_id == ad_id and one.source.employment_id is None


def _mark_of(everything: Iterable[Of], employment_id: UUID | None) -> UUID | None:
    if employment_id is None:
        return None
    return next((one.row.post for one in everything if one.source.employment_id == employment_id), None)
