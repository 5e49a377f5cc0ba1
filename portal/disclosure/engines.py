"""Pages that are set, and the folder that the register is taken away in."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from portal.documents.engines.layout import PAGE, data_of
from portal.documents.engines.setter import Order, set_papers
from portal.register.lines import SetLine

_TIME = (2026, 1, 1, 0, 0, 0)  # the same content gives the same bytes


def paper_of(lines: Sequence[SetLine], *, mark: str) -> bytes:
    """A PDF of these lines, with ``mark`` at the head of each page. Raises NotSetNow."""
    (paper,) = papers_of([data_of(lines, mark=mark)])
    return paper


def papers_of(data: Sequence[str]) -> Iterator[bytes]:
    """A PDF of each `data_of`, in order. Raises NotSetNow."""
    return set_papers([Order(PAGE, one) for one in data])


def folder_of(members: Mapping[str, bytes]) -> bytes:
    """A ZIP of these files by name, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, body in members.items():
            box.writestr(zipfile.ZipInfo(name, _TIME), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()
