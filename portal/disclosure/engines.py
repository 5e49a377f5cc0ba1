"""Pages set by typst, and the folder that the register is taken away in."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from portal.register.lines import SetLine

_TIME = (2026, 1, 1, 0, 0, 0)  # the same content gives the same bytes


def paper_of(lines: Sequence[SetLine], *, mark: str) -> bytes:
    """A PDF of these lines, with ``mark`` at the head of each page."""
    from portal.documents.engines.typeset import pdf_of  # only who asks for a paper pays for its loading

    return pdf_of(list(lines), mark=mark)


def folder_of(members: Mapping[str, bytes]) -> bytes:
    """A ZIP of these files by name, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, body in members.items():
            box.writestr(zipfile.ZipInfo(name, _TIME), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()
