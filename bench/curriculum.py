"""The file that is sent: a PDF of two pages and 195 KB."""

from functools import cache
from random import Random

from tests.documents import hostile

SIZE = 195_000


@cache
def cv() -> bytes:
    """Two pages of text and, as a photograph would, enough bytes to make it as big as a usual CV."""
    lines = b"".join(
        b"BT /F 11 Tf 60 %d Td (Handlaggare i Region Adalen, skrev tal och debattartiklar %d) Tj ET "
        % (780 - 15 * n, n)
        for n in range(48)
    )
    pages = b"<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>"
    text, second = hostile.stream(lines), hostile.page(contents=b"7 0 R")
    picture = hostile.stream(Random(195).randbytes(SIZE - 2 * len(text) - 1200))
    return hostile.pdf(hostile.CATALOG, pages, hostile.page(), text, hostile.HELVETICA, second, text, picture)
