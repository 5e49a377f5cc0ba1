"""Many values a few at a time."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.chunks import in_chunks


@given(st.lists(st.integers()), st.integers(min_value=1, max_value=9))
def test_every_value_comes_once_in_its_order_and_none_in_too_large_a_chunk(values: list[int], size: int) -> None:
    chunks = list(in_chunks(values, size))
    assert [value for chunk in chunks for value in chunk] == values
    assert all(len(chunk) == size for chunk in chunks[:-1])
    assert all(0 < len(chunk) <= size for chunk in chunks)


def test_no_more_is_read_than_is_asked_for() -> None:
    def values() -> Iterator[int]:
        yield from (1, 2)
        pytest.fail("read too far")

    assert next(in_chunks(values(), 2)) == [1, 2]
