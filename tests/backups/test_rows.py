"""A row comes back exactly as it was."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from portal.backups.rows import as_line, from_line

COLUMNS = {
    "id": "uuid",
    "at": "instant",
    "on": "day",
    "sealed": "bytes",
    "said": "plain",
    "count": "plain",
    "x": "json",
}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(
    st.tuples(
        st.uuids(),
        st.none() | st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))])),
        st.none() | st.dates(),
        st.none() | st.binary(),
        st.none() | st.text(),
        st.none() | st.integers() | st.booleans(),
        json_values,
    )
)
def test_every_value_survives(row: tuple[UUID, datetime, date, bytes, str, int, object]) -> None:
    line = as_line(COLUMNS, row)
    assert line.count(b"\n") == 1
    assert tuple(from_line(COLUMNS, line).values()) == row
