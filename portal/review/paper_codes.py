"""A code for each candidate on a sheet of paper: whoever finds the sheet reads of nobody. PURE.

Made from ids alone, as the own order is: the same each time, another for each assessor.
"""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Final
from uuid import UUID

SIGNS: Final = "ACDEFHJKLMNPRTUVWXY34679"  # none that a hand writes like another
LENGTH: Final = 4


def paper_codes(own_id: UUID, application_ids: Iterable[UUID]) -> dict[UUID, str]:
    """A code of four signs each; those who would share one have as many more as it takes."""
    long = {one: _code(own_id, one) for one in application_ids}
    codes, length = {one: code[:LENGTH] for one, code in long.items()}, LENGTH
    while twice := {code for code, count in Counter(codes.values()).items() if count > 1}:
        length += 1
        codes |= {one: long[one][:length] for one, code in codes.items() if code in twice}
    return codes


def _code(own_id: UUID, application_id: UUID) -> str:
    digest = sha256(b"paper" + own_id.bytes + application_id.bytes).digest()
    return "".join(SIGNS[byte % len(SIGNS)] for byte in digest)
