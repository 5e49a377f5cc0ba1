"""When the office is told that a recruitment keeps what it was sent without a last day, because no time is counted. PURE.

Nothing may be kept longer than it is needed (GDPR art. 5.1 e), and what nobody ends is kept for ever. The portal ends nothing
itself: only people know whether a recruitment still goes on, and an authority's records go on a decision alone (arkivlagen
10 §). It says so, seldom enough to be read.
"""

from datetime import date
from typing import Final

from portal.privacy.clocks import Kept, Wait
from portal.swedish_dates import months_after

EVERY_MONTHS: Final = 3
FROM_HOUR: Final = 7  # in Stockholm: nobody is reminded at night


def standing_on(kept: Kept, on: date) -> date | None:
    """The day, on or before ``on``, on which it was last to be told of: each third month after the ad closed, or the
    recruitment ended. None before the first, and where a time is counted, or a person or a consent keeps what is left.
    """
    if kept.shut_on is None or not isinstance(kept.start, Wait) or all(map(kept.is_apart, kept.to_go)):
        return None
    months = 12 * (on.year - kept.shut_on.year) + on.month - kept.shut_on.month
    whole = months - months % EVERY_MONTHS
    while whole > 0 and months_after(kept.shut_on, whole) > on:
        whole -= EVERY_MONTHS
    return months_after(kept.shut_on, whole) if whole > 0 else None
