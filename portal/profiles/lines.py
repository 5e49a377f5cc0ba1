"""On which line of a TOML file something stands: the standard library reads the values and forgets the places."""

import re
import tomllib
from typing import Any, Final

_PLACE: Final = re.compile(r"at line (\d+)")


def line_of(text: str, path: tuple[str, ...]) -> int:
    """The line, from 1, on which what ``path`` leads to begins in a file that can be read; 1 where it is not found.

    A line begins it if the file up to there lacks it and the file up to the end of that value has it.
    """
    lines, number = text.split("\n"), 0
    while path and number < len(lines):
        end = number
        if path[-1] in lines[number]:
            read, end = _read_from(lines, number)
            if _has(read, path):
                return number + 1
        number = end + 1
    return 1


def line_of_fault(text: str, fault: tomllib.TOMLDecodeError) -> int:
    """The line that a reader stopped at; the last one where it had come to the end."""
    found = _PLACE.search(str(fault))
    return int(found.group(1)) if found else text.count("\n") + 1


def _read_from(lines: list[str], number: int) -> tuple[dict[str, Any], int]:
    """The file up to the end of the value that begins on line ``number`` (from 0), and the line where that is."""
    for end in range(number, len(lines)):
        try:
            return tomllib.loads("\n".join(lines[: end + 1])), end
        except ValueError:
            continue
    return {}, len(lines)


def _has(read: Any, path: tuple[str, ...]) -> bool:
    for step in path:
        if not isinstance(read, dict) or step not in read:
            return False
        read = read[step]
    return True
