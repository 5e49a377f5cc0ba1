"""What a change of mandate is about, read: a party's people and posts, or all parties' posts without anybody's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.contracts.acts.queries.rows import acts_of_many, given_on
from portal.contracts.mandate.change import Change
from portal.contracts.mandate.fates import Fate, Held, fate_of
from portal.contracts.mandate.room import Room, Turn, room_around, turns
from portal.contracts.queries import Employed, employments_of
from portal.contracts.renewal.queries import lasts_from, renewals_after
from portal.contracts.written.rules import Rules, rules_for
from portal.organisations.models import Authority, Party
from portal.organisations.queries import parties_of
from portal.posts import ledger
from portal.posts.models import Quota
from portal.posts.queries import Of, book_of_authority, book_of_party, own_claims, posts, quota_rows
from portal.profiles.faults import BadProfile
from portal.profiles.shelf import profile_called, profile_on


@dataclass(frozen=True, slots=True)
class Concerned:
    """An employment that the change concerns, and what becomes of it."""

    one: Employed
    held: Held
    fate: Fate

    @property
    def leaves(self) -> bool:
        """Whether it ends with the old term by itself."""
        return self.fate is Fate.LEAVES and self.held.lasts_from is None


@dataclass(frozen=True, slots=True)
class Own:
    """A party's own side of a change."""

    people: Sequence[Concerned]
    room: Room
    turns: Sequence[Turn]


@dataclass(frozen=True, slots=True)
class Lines:
    """Every party's posts around a change, and the coalitions' names by their pool."""

    parties: Sequence[tuple[Party, Room]]
    quotas: Sequence[Any]
    pools: dict[Any, str]


def people_of(session: Session, change: Change, *, on: date) -> list[Concerned]:
    """Those of the scope whom the change concerns, the first to end first."""
    everybody = employments_of(session)
    acts = acts_of_many(session, (one.row.id for one in everybody))
    after = {one.row.renews_id: one.row for one in everybody if one.row.renews_id and not one.row.never_began}
    known, found = {one.row.id: one.row for one in everybody}, []
    for one in everybody:
        row, next_ = one.row, after.get(one.row.id)
        held = Held(
            id=row.id,
            starts=row.starts_on,
            ends=row.ends_on,
            percent=row.extent_percent,
            renews=row.renews_id,
            renewed=(next_.starts_on, next_.ends_on) if next_ else None,
            notice=given_on(acts.get(row.id, ())) is not None,
            lasts_from=lasts_from(row, known, acts),
        )
        if (fate := fate_of(held, change, on=on)) is not None:
            found.append(Concerned(one, held, fate))
    return found


def own_side(session: Session, party_id: UUID, change: Change, *, on: date) -> Own:
    """The party's people and posts around the change, with what its coalition uses counted in sum."""
    people = people_of(session, change, on=on)
    quotas, claims = quota_rows(session), own_claims(session)
    book = book_of_party(session, quotas, [one.row for one in claims])
    room = room_around(
        party_id, book.quotas, book.claims, change, leaving=_renewed(session, party_id, people, claims, change)
    )
    first = min(on, change.last)
    return Own(people, room, turns(party_id, book.quotas, book.claims, first=first, last=change.ends))


def _renewed(
    session: Session, party_id: UUID, people: Sequence[Concerned], claims: Sequence[Of], change: Change
) -> list[ledger.Claim]:
    """What those who leave would claim if all were renewed: a stand-in in the place of the same person, or of the renewal of
    that one, as `renewal.services.whom_it_stands_in_for` suggests."""
    marks = {one.source.employment_id: one.row for one in claims if one.source.employment_id}
    whose = {row.post: id for id, row in marks.items()}
    leaving = {one.held.id: one.held for one in people if one.leaves}
    found = []
    for id, held in leaving.items():
        post = marks[id].in_place_of if id in marks else None
        away = whose.get(post) if post else None
        chain = [away, *renewals_after(session, away)] if away else []
        last = next((one for one in reversed(chain) if one in marks), None)
        instead = (
            last if last in leaving or last is None else marks[last].post
        )  # who leaves has a new claim here, by its id
        size = posts(held.percent)
        found.append(ledger.Claim(party_id, size, change.first, change.ends, id=id, stands_in_for=instead))
    return found


def all_lines(session: Session, authority_id: UUID, change: Change) -> Lines:
    """Sizes and days of every party, as the ledger holds them: whom they are of is not read."""
    quotas: Sequence[Quota] = quota_rows(session)
    book = book_of_authority(session, quotas)
    parties = parties_of(session).get(authority_id, [])
    lines = [(party, room_around(party.id, book.quotas, book.claims, change)) for party in parties]
    return Lines(lines, book.quotas, {row.coalition_id: row.coalition_name for row in quotas if row.coalition_id})


def rules_on(authority: Authority, employer: str, day: date) -> Rules:
    """The authority's own rules as they are on a day; rules that cannot be read say nothing."""
    try:
        newest = profile_called(authority.rules_called)
        profile = profile_on(newest.key, day) if newest else None
    except BadProfile:
        profile = None
    return rules_for(profile, employer=employer, kind=authority.kind)
