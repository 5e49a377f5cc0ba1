"""The child's program: walls before bytes, and how much it yields to those who answer people."""

import pytest

from portal.documents.engines import child


class Walled(Exception):
    """The walls are up."""


@pytest.mark.parametrize(
    ("job", "yields"), [("text", 5), ("look", 5), ("cells", 5), ("draw", 19), ("suggest", 19), ("burn", 19)]
)
def test_what_nobody_waits_for_at_a_page_yields_to_everything_else(
    job: str, yields: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int]] = []

    def close_in(memory_mb: int, *, yields: int) -> None:
        told.append((memory_mb, yields))
        raise Walled

    monkeypatch.setattr(child.limits, "close_in", close_in)
    with pytest.raises(Walled):  # before a byte is read
        child.main(job, "pdf", 1, 1)
    assert told == [(child.MEMORY_MB[job], yields)]
