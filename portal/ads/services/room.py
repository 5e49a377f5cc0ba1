"""What an ad claims of its party's posts in the ledger: those it seeks people for, and once it is over those of whoever is
to be employed from it."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.ads.queries import current_version_of
from portal.ads.states import AdState
from portal.ads.term import STAND_IN
from portal.posts.services.claiming import NoRoom, Part, claim_for_ad, release_ad
from portal.posts.services.turns import room_by_turn

FULL: Final = 100  # hundredths of a post
DAYS: Final = ("earliest_start", "latest_end")
Counting = Callable[[Session, Ad], int]
_awaited: list[Counting] = []


def counts_awaited(count: Counting) -> Counting:
    """Register what counts, in a later feature, those who are to be employed from an ad and are not recorded yet."""
    if count not in _awaited:
        _awaited.append(count)
    return count


def keep_posts(session: Session, ad: Ad) -> None:
    """Of an ad that is over: it claims no more than the posts of those who are awaited, to be employed from it."""
    awaited = sum(count(session, ad) for count in _awaited)
    release_ad(session, ad_id=ad.id, kept=awaited * post_of(session, ad))


def post_of(session: Session, ad: Ad) -> int:
    """One of its posts as it is published, in hundredths."""
    return _published(session, ad).get("extent_percent") or FULL


def claim_posts(session: Session, ad: Ad, content: dict[str, Any], *, posts: int, on: date) -> None:
    """Claim so many posts as the content has them, less those filled from it, from its first day or ``on``. Who is sought to
    stand in for somebody takes no further post: that one is filled already. Raises NoRoom."""
    sought = 0 if content.get("employment_form") == STAND_IN else posts
    starts, ends = (date.fromisoformat(day) if (day := content.get(name)) else None for name in DAYS)
    percent = content.get("extent_percent") or FULL
    claim_for_ad(session, of=ad, ad_id=ad.id, number=sought, percent=percent, starts=starts or on, ends=ends)


def claim_as_published(session: Session, ad: Ad, *, on: date, posts: int | None = None) -> None:
    """Claim so many of its posts again, or all it is published for, less those filled from it. Raises NoRoom."""
    content = _published(session, ad)
    claim_posts(session, ad, content, posts=content.get("posts", 0) if posts is None else posts, on=on)


def room_missing(session: Session, ad: Ad, on: date) -> NoRoom | None:
    """Why the posts that a draft seeks people for would find no room if it was published now; None where they would."""
    if ad.state != AdState.DRAFT or ad.employment_form == STAND_IN:
        return None
    sought = Part((ad.extent_percent or FULL) * ad.posts, ad.earliest_start or on, ad.latest_end)
    return room_by_turn(session, ad.party_id, [sought])[0]


def _published(session: Session, ad: Ad) -> dict[str, Any]:
    version = current_version_of(session, ad.id)
    return {} if version is None else version.content
