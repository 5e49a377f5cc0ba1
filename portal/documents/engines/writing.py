"""What is set of the text that anybody may write: a page costs by the length of its text, whatever it consists of."""

import unicodedata
from typing import Final

MOST_MARKS: Final = 30  # on one letter (Unicode Standard Annex 15, Stream-Safe Text Format): no writing has more


def with_few_marks(text: str) -> str:
    """The text without the marks that pile up on one letter beyond what any writing has.

    A pile is shaped as one, which takes the square of its height: the twenty thousand that fit a letter would hold the child
    that sets everybody's papers until it is ended.
    """
    if text.isascii():
        return text
    kept, pile = [], 0
    for sign in text:
        pile = pile + 1 if unicodedata.category(sign)[0] == "M" else 0
        if pile <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)
