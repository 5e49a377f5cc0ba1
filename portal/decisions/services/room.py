"""The room in the ledger of those who are to be employed from a recruitment that has ended and are not recorded yet: it is
nobody else's meanwhile."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.ads.services.publishing import claim_posts, keep_posts
from portal.ads.states import AdState
from portal.clock import STOCKHOLM
from portal.decisions.queries.recorded import hired
from portal.posts.services.claiming import NoRoom


def awaited(session: Session, ad: Ad) -> int:
    """How many are to be employed and are not recorded yet."""
    return sum(one.settled_at is None for one in hired(session, ad.id))


def give_room_back(session: Session, ad: Ad | None) -> None:
    """Somebody is not to be employed after all. While the recruitment goes on another may be, and the ad keeps its posts."""
    if ad is not None and ad.state == AdState.ENDED:
        keep_posts(session, ad, awaited=awaited(session, ad))


def take_room_again(session: Session, ad: Ad, *, at: datetime) -> None:
    """Somebody is to be employed after all. Where the room is another's by now there is none to take: what they answered is
    so all the same, and recording the employment asks for room anew."""
    if ad.state == AdState.ENDED:
        with suppress(NoRoom):
            claim_posts(session, ad, posts=len(hired(session, ad.id)), on=at.astimezone(STOCKHOLM).date())
