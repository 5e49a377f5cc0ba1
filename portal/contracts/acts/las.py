"""How long notice an employer gives at least: lagen (1982:80) om anställningsskydd 11 §. PURE."""

from datetime import date
from typing import Final

from portal.swedish_dates import years_after

# Years with the employer, and from then on the months.
STEPS: Final = ((10, 6), (8, 5), (6, 4), (4, 3), (2, 2))
LEAST: Final = 1


def least_months(begun: date, given: date) -> int:
    """The months of a notice that an employer gives on a day, of whoever has been with that employer since ``begun``.
    A collective agreement may say otherwise (2 §), so nobody's last day is worked out from this."""
    return next((months for years, months in STEPS if years_after(begun, years) <= given), LEAST)
