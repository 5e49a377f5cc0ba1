"""What a panel is refused for by the choices alone, all at once."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Final

from portal.refusal import Refusal
from portal.review.refusals import DeputyTwice, LeaderOutside, PanelSize

FEWEST: Final = 1
MOST: Final = 5


def faults_of(people: Sequence[Hashable], leader: Hashable, deputies: Sequence[Hashable]) -> Iterator[Refusal]:
    """Each refusal in the order of the page; nothing where these people can be a panel. Of nobody, none can lead it."""
    if not FEWEST <= len(set(people)) <= MOST:
        yield PanelSize()
    elif leader not in people:
        yield LeaderOutside()
    if len(set(deputies) - set(people)) != len(deputies):
        yield DeputyTwice()
