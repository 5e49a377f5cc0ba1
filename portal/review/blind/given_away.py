"""Whether an assessor's own words give away who somebody is: the same look for names as masking has. PURE."""

from collections.abc import Sequence

from portal.documents.name_forms import PIECE, fold, name_forms
from portal.documents.name_spans import name_spans


def names_given_away(text: str, names: Sequence[str]) -> list[str]:
    """The words of the text that are surely somebody's name of these, each once, as they were written. Initials are none:
    among many candidates every pair of letters is somebody's."""
    if not text or not names:
        return []
    forms = name_forms(names[0], names[1:])
    found = [text[span.start : span.end] for span in name_spans(text, forms) if span.sure]
    told = [one for one in found if any(fold(piece) in forms.forms for piece in PIECE.findall(one))]
    return list(dict.fromkeys(" ".join(one.split()) for one in told))
