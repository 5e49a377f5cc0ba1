"""The queue beside a score: who or what comes next, with the assessor's own marks alone, and where links lead."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from flask import url_for

from portal.ads.models import AdCriterion
from portal.review.queries.scores import Cell, Mark
from portal.review.queueing import Mode, Place
from portal.review.requirements import FELL
from portal.review.steps import PRESENCE_WORDS, words_of
from portal.review.wording import short_name
from portal.web.addresses import addresses_of

NO_VIEW = "–"


class Item(NamedTuple):
    """One line of the queue. ``said`` is empty until something is set."""

    text: str
    href: str
    said: str
    current: bool
    fell: str


class Addresses:
    """Where the page's links lead, with the mode, the tab and how papers are shown kept."""

    def __init__(self, ad_id: UUID, mode: Mode, args: Mapping[str, str]) -> None:
        self.ad_id, self.mode = ad_id, mode
        self.visa, self.som = args.get("visa") or None, args.get("som") or None

    @property
    def kept(self) -> dict[str, Any]:
        """What every address carries on."""
        ordered = self.mode.value if self.mode is Mode.CANDIDATE else None
        return {"ad_id": self.ad_id, "ordning": ordered, "visa": self.visa, "som": self.som}

    def of(self, place: Place, **more: Any) -> str:
        """The page of a place."""
        criterion, application = place
        return url_for(
            "review.score", **{"application_id": application, "criterion_id": criterion, **self.kept, **more}
        )

    def or_own(self, place: Place | None) -> str:
        """The page of a place; the own matrix where nothing is left."""
        return self.of(place) if place else url_for("review.own", ad_id=self.ad_id)

    def switched(self, place: Place) -> str:
        """The same place in the other mode."""
        return self.of(place, ordning=None if self.mode is Mode.CANDIDATE else Mode.CANDIDATE.value)


def items(
    to: Addresses,
    here: Place,
    criteria: Sequence[AdCriterion],
    shown: Sequence[UUID],
    names: Mapping[UUID, str],
    marks: Mapping[Cell, Mark],
    fallen: Collection[UUID],
) -> list[Item]:
    """The candidates ``shown`` by this criterion, or all criteria for this candidate."""
    by_id = {row.id: row for row in criteria}
    if to.mode is Mode.CANDIDATE:
        hrefs = addresses_of("review.score", "criterion_id", by_id, application_id=here[1], **to.kept)
        places = [((row.id, here[1]), short_name(row.text, 24), hrefs[row.id], "") for row in criteria]
    else:
        hrefs = addresses_of("review.score", "application_id", shown, criterion_id=here[0], **to.kept)
        places = [
            ((here[0], one), names[one], hrefs[one], FELL.lower() if one in fallen else "")
            for one in shown
            if one in names
        ]
    return [
        Item(text, href, _mark(by_id[place[0]], marks.get(place)), place == here, fell)
        for place, text, href, fell in places
    ]


def _mark(criterion: AdCriterion, score: Mark | None) -> str:
    if score is None:
        return ""
    if criterion.judged == "finns":
        return PRESENCE_WORDS[score.present or ""] if score.present else NO_VIEW
    return NO_VIEW if score.step is None else words_of("skala", score.step, None)
