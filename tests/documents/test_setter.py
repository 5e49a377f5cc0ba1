"""Our own papers are set in a child: what sets them is in no process that answers people."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from portal import clock
from portal.documents.engines import keeper, places, setter
from portal.documents.engines.layout import PAGE, data_of
from portal.documents.engines.setter import NotSetNow, Order, TooMuchToSet, set_papers
from portal.documents.engines.stayer import Stayer
from portal.documents.engines.tagged import MOST, tagged_pdf
from tests.documents.children import nurseries, wait_until

SHEET = b"#let data = json(bytes(sys.inputs.data))\n#set document(title: data.title)\n#data.words"
LIBRARIES = ("typst", "pypdfium2", "pdfminer", "PIL", "openpyxl")
ONE_OF_EACH = f"""
import sys
from portal.factory import create_app
from portal.disclosure.engines import paper_of
from portal.documents.engines.tagged import tagged_pdf
papers = tagged_pdf({SHEET!r}, {{"title": "Ett", "words": "Ord"}}), paper_of([("plain", "Ord")], mark="Nummer 1")
print([paper[:5] for paper in papers], [name for name in {LIBRARIES} if name in sys.modules])
"""


def order(words: str, *standards: str) -> Order:
    return Order(PAGE, data_of([("plain", words)]), standards)


def test_a_process_that_answers_people_sets_papers_without_the_libraries_that_make_pdf() -> None:
    """Everything of the portal is loaded in it, and nothing else."""
    told = subprocess.run([sys.executable, "-c", ONE_OF_EACH], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[b'%PDF-', b'%PDF-'] []"


def test_the_same_order_gives_the_same_bytes_in_whichever_child() -> None:
    (first,), (second,) = set_papers([order("Alma Ek")]), set_papers([order("Alma Ek")])
    assert first == second != next(set_papers([order("Elis Berg")]))
    assert tagged_pdf(SHEET, {"title": "A", "words": "B"}) == tagged_pdf(SHEET, {"title": "A", "words": "B"})


def test_many_are_set_in_order_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setter, "_MOST", 3)
    asked: list[bytes] = []
    ask = Stayer.ask

    def counted(stayer: Stayer, order: bytes, *, until: float) -> keeper.Answer:
        asked.append(order)
        return ask(stayer, order, until=until)

    monkeypatch.setattr(Stayer, "ask", counted)
    papers = list(set_papers([order(f"Nummer {number}") for number in range(7)]))
    assert [len(json.loads(one)) for one in asked] == [3, 3, 1]
    assert papers == [next(set_papers([order(f"Nummer {number}")])) for number in range(7)]
    assert list(set_papers([])) == []


def test_the_largest_paper_there_may_be_is_set_within_a_childs_limits() -> None:
    words = "Kandidaten har lång erfarenhet av politiskt arbete och skriver väl. "
    assert tagged_pdf(SHEET, {"title": "Lång", "words": words * ((MOST - 100) // len(words))}).startswith(b"%PDF-")


def test_what_cannot_be_set_is_not_handed_on_half() -> None:
    with pytest.raises(NotSetNow):
        list(set_papers([order("Alma"), Order(b"#panic()", "{}")]))


def test_one_that_a_child_comes_to_the_end_of_its_limits_with_is_too_much_and_not_a_matter_of_time() -> None:
    endless = Order(b"#range(100000000).len()", "{}")  # more than its memory
    with pytest.raises(TooMuchToSet):
        list(set_papers([endless]))


@pytest.mark.parametrize("mark", ["\u0301", "\ufe0f", "\u0489"])
def test_marks_piled_on_one_letter_keep_no_child_until_it_is_ended(mark: str) -> None:
    assert tagged_pdf(SHEET, {"title": "Hög", "words": "a" + mark * 19_900}).startswith(b"%PDF-")
    assert next(set_papers([order("a" + mark * 19_900)])).startswith(b"%PDF-")


@pytest.fixture
def nobody_can_read() -> Iterator[None]:
    """All places for strangers' files are taken."""
    with places.place(clock.monotonic() + 5), places.place(clock.monotonic() + 5):
        yield


def test_a_paper_waits_for_no_strangers_file(nobody_can_read: None) -> None:
    assert next(set_papers([order("Alma Ek")])).startswith(b"%PDF-")


def test_where_none_can_be_set_in_time_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setter, "SECONDS", 0.2)
    with places.place(clock.monotonic() + 5, room=places.SETTING), pytest.raises(NotSetNow):
        list(set_papers([order("Alma Ek")]))


def test_whoever_sets_nothing_has_no_process_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with keeper._nursery._guard:
        keeper._nursery._close()
    wait_until(lambda: not nurseries(), "the last one has ended")
    assert order("Alma Ek") and not nurseries()
    list(set_papers([order("Alma Ek")]))
    assert len(nurseries()) == 1
