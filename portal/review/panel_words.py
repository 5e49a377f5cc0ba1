"""The words beside a name in the panel: bedömer, leder, beslutar, ersättare."""

from typing import Final

from portal.swedish_dates import in_words

_ORDINALS: Final = ("första", "andra", "tredje")


def words_of_seat(leads: bool, decides: bool, deputy: int, called: int) -> str:
    """ "bedömer, leder och beslutar". ``deputy`` is the place among the deputies, 0 for an assessor; ``called`` what a
    deputy is called in for."""
    if deputy:
        place = f"{_ORDINALS[deputy - 1]} ersättare" if deputy <= len(_ORDINALS) else "ersättare"
        words = [f"{place}, inkallad för {in_words(called)}" if called else f"{place}, inte inkallad"]
    else:
        words = ["bedömer"]
    words += ["leder"] if leads else []
    words += ["beslutar"] if decides else []
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} och {words[-1]}"
