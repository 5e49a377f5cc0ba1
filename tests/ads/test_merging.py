"""Rows of two who write one list at once: what one of them alone has done is done, and nothing of either is lost untold."""

from collections.abc import Sequence
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from portal.ads.merging import Merged, Row, merge, tells_of_rows
from portal.seen import Seen, page_marks

IDS = [UUID(int=number) for number in range(1, 6)]
WORDS = st.sampled_from("abc")
LISTS = st.lists(st.tuples(st.sampled_from(IDS), WORDS), unique_by=lambda row: row[0])


def rows_of(pairs: Sequence[tuple[UUID, str]], new: Sequence[str] = ()) -> list[Row]:
    return [*({"id": id, "text": text} for id, text in pairs), *({"id": "", "text": text} for text in new)]


def text(row: Row) -> str:
    return str(row["text"])


def merged(base: Sequence[Row], mine: Sequence[Row], saved: Sequence[Row]) -> Merged:
    seen = Seen.of(0, page_marks({"rows": "x", **{row["id"].hex: text(row) for row in base}}))
    assert tells_of_rows(seen, "rows") or not base
    return merge(mine, saved, seen, text)


def said(rows: Sequence[Row]) -> list[tuple[str, str]]:
    return [(str(row["id"]), text(row)) for row in rows]


@given(LISTS, LISTS)
def test_where_one_has_done_nothing_the_others_list_stands(
    base: list[tuple[UUID, str]], other: list[tuple[UUID, str]]
) -> None:
    untouched, changed = rows_of(base), rows_of(other)
    taken_in = merged(untouched, untouched, changed)
    assert said(taken_in.rows) == said(changed)
    assert not taken_in.beside and not taken_in.lost
    kept = merged(untouched, changed, untouched)
    assert said(kept.rows) == said(changed)
    assert (kept.taken, kept.gone, kept.beside, kept.lost) == ([], [], [], [])


@given(LISTS, LISTS, LISTS, st.lists(WORDS, max_size=2))
def test_what_only_one_has_changed_is_as_they_have_it_and_what_both_have_is_told(
    base: list[tuple[UUID, str]], mine: list[tuple[UUID, str]], saved: list[tuple[UUID, str]], new: list[str]
) -> None:
    made = merged(rows_of(base), rows_of(mine, new), rows_of(saved))
    was, own, theirs = dict(base), dict(mine), dict(saved)
    became = {row["id"]: text(row) for row in made.rows if row["id"]}
    assert len(became) + len(new) == len(made.rows), "no row is there twice"
    told = {row["id"] for row in (*made.beside, *made.lost)}
    for id in IDS:
        before, here, there = was.get(id), own.get(id), theirs.get(id)
        if here == there or there == before:
            assert became.get(id) == here
            assert id not in told
        elif here == before:
            assert became.get(id) == there
            assert id not in told
        else:
            assert became.get(id) == here
            assert id in told, "both have changed it, and not to the same"


@given(LISTS, LISTS)
def test_rows_of_ones_own_stay_below_the_row_they_stood_below(
    base: list[tuple[UUID, str]], saved: list[tuple[UUID, str]]
) -> None:
    own = {"id": "", "text": "own"}
    mine = rows_of(base)
    for place in range(len(mine) + 1):
        made = merged(rows_of(base), [*mine[:place], own, *mine[place:]], rows_of(saved))
        above = [row["id"] for row in mine[:place] if row["id"] in dict(saved)]
        at = made.rows.index(own)
        assert (made.rows[at - 1]["id"] if at else None) == (above[-1] if above else None)


def test_an_id_that_is_none_is_a_row_of_ones_own() -> None:
    strange = [{"id": "../../x", "text": "a"}, {"id": "", "text": "b"}]
    assert said(merged([], strange, []).rows) == said(strange)
