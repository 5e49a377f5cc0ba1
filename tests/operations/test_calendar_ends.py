"""`portal check` tells a whole term ahead that the table of elections ends."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from portal.operations.services import findings


@pytest.mark.parametrize(("day", "told"), [("2046-09-09", 0), ("2046-09-10", 1), ("2051-02-01", 1)])
def test_that_the_table_of_elections_ends_is_told_a_term_ahead(
    app: Flask, set_clock: Callable[[str], datetime], day: str, told: int
) -> None:
    set_clock(f"{day}T10:00")
    with app.app_context():
        lines = [line for line in findings(app) if "Valkalendern slutar med valet 11 september 2050" in line]
    assert len(lines) == told
