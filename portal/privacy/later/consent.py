"""What a candidate agrees to who lets a party keep their application and ask them about later posts (GDPR art. 6.1 a and
9.2 a; a talent pool needs consent). PURE.

It is asked after the word and never before, so that nobody thinks that it counts. It makes nothing shorter: what is kept for
a claim that can still be made is kept as before.
"""

from datetime import date
from typing import Final

from portal.refusal import N_
from portal.swedish_dates import months_after

# A changed sentence is a new version; which one was agreed to is kept with the consent and logged.
VERSION: Final = "1"
SENTENCE: Final = N_(
    "Jag samtycker till att %(controller)s sparar min ansökan, mina handlingar och breven mellan oss för att fråga mig om "
    "kommande tjänster hos partiet. Att jag har sökt kan visa min politiska åsikt."
)
MONTHS: Final = {6: N_("6 månader"), 12: N_("12 månader")}


def last_day(on: date, months: int) -> date:
    """The last day that a consent given on the day ``on`` covers."""
    return months_after(on, months)
