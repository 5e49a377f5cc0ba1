"""What the machine suggests to mask on each page of a record, and which pages somebody has approved. PURE.

A suggestion masks nothing: it becomes a mark when a person approves the page with a ground for it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from typing import Final

from portal.documents.masks import Box, Doubt, meet, read_boxes
from portal.refusal import Refusal

DOUBTS: Final[Mapping[Doubt, str]] = {
    Doubt.PICTURE_TEXT: "Sidan är en bild, eller har en, och datorn ser inte orden i den. Läs den själv.",
    Doubt.OUTLINES: "Något på sidan kan vara bokstäver som är ritade, inte skrivna. Läs den själv.",
    Doubt.HIDDEN_LAYER: "Sidan har text som inte syns. Den följer inte med i det som lämnas ut, som är en bild.",
    Doubt.FORM_OR_NOTE: "Sidan har ifyllda fält, stämplar eller anteckningar. Läs dem själv.",
    Doubt.DOUBTFUL_WORD: "Sidan har ord eller nummer som kan leda till någon men också vara annat. De är inte föreslagna.",
    Doubt.UNREADABLE: "Datorn kunde inte läsa hela sidan. Läs den själv.",
}


class PagesLeft(Refusal):
    """A record that is to be handed out masked, with a page that nobody has approved."""

    text = "Alla sidor är inte godkända. Gå igenom och godkänn varje sida först."
    field = "answer"


class PageChanged(Refusal):
    """What is on the page is no longer what was shown: another window, or the machine has looked meanwhile."""

    text = "Sidan har ändrats sedan den öppnades. Titta igen och godkänn den sedan."


class NothingSuggestedIsCovered(Refusal):
    """What is to be handed out has no mark on anything that the machine suggested: that is said, not come to by chance."""

    text = (
        "Du har tagit bort alla föreslagna rutor, eller inte godkänt någon av dem. Ska handlingen lämnas ut utan dem? "
        "Kryssa i så fall i rutan och spara igen."
    )
    field = "bare"


@dataclass(frozen=True, slots=True)
class Page:
    """What the machine says of one page; ``boxes`` are those that nobody has approved or taken away."""

    boxes: tuple[Box, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """A record's pages as the machine has seen them, by number; ``done`` once it has looked. And those approved.

    ``suggested`` is what it suggested from the beginning, whatever has become of it since. ``says`` is the print of what the
    record said then (`queries.records.says_now`): all of it, and the review, are of that and of nothing else."""

    done: bool = False
    pages: Mapping[int, Page] = field(default_factory=dict)
    approved: frozenset[int] = frozenset()
    suggested: Mapping[int, tuple[Box, ...]] = field(default_factory=dict)
    says: str = ""

    def page(self, number: int) -> Page:
        """One of them; empty where the machine has said nothing."""
        return self.pages.get(number, Page())

    def with_suggestions(self, pages: Mapping[int, Page]) -> "Looked":
        """As the machine has looked: pages that somebody approved before it came are left as they are."""
        new = {n: page for n, page in pages.items() if n not in self.approved}
        return replace(self, done=True, pages=new, suggested={n: page.boxes for n, page in new.items() if page.boxes})

    def left_out(self, marked: Mapping[int, Sequence[Box]]) -> int:
        """How many boxes were suggested, where none of them is met by a box that is ``marked`` on its page; else 0."""
        met = any(meet(one, box) for n, boxes in self.suggested.items() for box in boxes for one in marked.get(n, ()))
        return 0 if met else sum(map(len, self.suggested.values()))

    def without_box(self, number: int, which: int) -> "Looked":
        """One suggestion less, by its place on the page (from 1); the page is then still to be approved."""
        page = self.page(number)
        boxes = tuple(box for place, box in enumerate(page.boxes, 1) if place != which)
        return replace(self.changed(number), pages={**self.pages, number: replace(page, boxes=boxes)})

    def changed(self, number: int) -> "Looked":
        """Something on the page is not as it was approved."""
        return replace(self, approved=self.approved - {number})

    def approve(self, number: int) -> "Looked":
        """Somebody has looked at the page: what was suggested there is a mark by now, and no suggestion."""
        pages = {**self.pages, number: replace(self.page(number), boxes=())}
        return replace(self, approved=self.approved | {number}, pages=pages)

    def left(self, numbers: Iterable[int]) -> list[int]:
        """Those of these pages that nobody has approved."""
        return [number for number in numbers if number not in self.approved]

    def as_text(self) -> str:
        """As it is sealed."""
        pages = {str(n): [[list(astuple(box)) for box in one.boxes], list(one.doubts)] for n, one in self.pages.items()}
        suggested = {str(n): [list(astuple(box)) for box in boxes] for n, boxes in self.suggested.items()}
        told = {"done": self.done, "pages": pages, "approved": sorted(self.approved), "suggested": suggested}
        return json.dumps({**told, "says": self.says})


def looked_in(text: str) -> Looked:
    """Back from what `Looked.as_text` made."""
    told = json.loads(text)
    pages = {
        int(n): Page(read_boxes(boxes), tuple(Doubt(doubt) for doubt in doubts))
        for n, (boxes, doubts) in told["pages"].items()
    }
    left = {
        n: page.boxes for n, page in pages.items() if page.boxes
    }  # all that is known of one from before it was kept
    suggested = {int(n): read_boxes(boxes) for n, boxes in told["suggested"].items()} if "suggested" in told else left
    return Looked(told["done"], pages, frozenset(told["approved"]), suggested, told.get("says", ""))
