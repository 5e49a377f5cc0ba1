"""The lines of an error summary in the order of the page: a form, or two that stand among each other, may have another."""

import re
from typing import Final

from markupsafe import Markup

_LINE: Final = re.compile(r"<li>.*?</li>", re.DOTALL)
_FIELD: Final = re.compile(r'<a href="#([^"]*)"')
_SUMMARY: Final = "data-error-summary"
_END: Final = "</ul>"


def in_page_order(page: Markup) -> Markup:
    """The same page. A line that leads to no field of it comes first; those of one field keep their order."""
    before, mark, after = str(page).partition(_SUMMARY)
    summary, end, rest = after.partition(_END)

    def place(line: str) -> int:
        field = _FIELD.search(line)
        return rest.find(f' id="{field[1]}"') if field else -1

    ordered = iter(sorted(_LINE.findall(summary), key=place))
    told = _LINE.sub(lambda _line: next(ordered), summary)
    return Markup(before + mark + told + end + rest)  # noqa: S704 as safe as it came
