"""The room in the ledger of those who are to be employed from a recruitment that is over and are not recorded yet: it is
nobody else's meanwhile. While it goes on its ad has the room of all its posts."""

from contextlib import suppress
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.ads.services.room import claim_as_published, counts_awaited, keep_posts
from portal.ads.states import AdState
from portal.clock import STOCKHOLM
from portal.decisions.queries.recorded import hired
from portal.posts.services.claiming import NoRoom

OVER: Final = (AdState.ENDED, AdState.WITHDRAWN)


def is_over(ad: Ad, *, waiting: bool) -> bool:
    """Whether the recruitment is: somebody has ended it, or its ad was taken back, which nobody ends, and nobody is
    ``waiting`` for word. While the ad is out it goes on though all have been offered the post."""
    return ad.state == AdState.ENDED or (ad.state == AdState.WITHDRAWN and not waiting)


@counts_awaited
def awaited(session: Session, ad: Ad) -> int:
    """How many are to be employed and are not recorded yet."""
    return sum(one.settled_at is None for one in hired(session, ad.id))


def give_room_back(session: Session, ad: Ad | None) -> None:
    """Somebody is not to be employed after all. While the recruitment goes on another may be, and the ad keeps its posts."""
    if ad is not None and ad.state in OVER:
        keep_posts(session, ad)


def take_room_again(session: Session, ad: Ad, *, at: datetime) -> None:
    """Somebody is to be employed after all. Where the room is another's by now there is none to take: what they answered is
    so all the same, and recording the employment asks for room anew."""
    if ad.state in OVER:
        with suppress(NoRoom):
            claim_as_published(session, ad, posts=len(hired(session, ad.id)), on=at.astimezone(STOCKHOLM).date())


def count_posts_again(session: Session, ad: Ad, *, at: datetime) -> None:
    """An employment is called off, or is to be after all: while the recruitment goes on its ad has the posts that are not
    filled, as far as there is room."""
    if ad.state == AdState.PUBLISHED:
        with suppress(NoRoom):
            claim_as_published(session, ad, on=at.astimezone(STOCKHOLM).date())
