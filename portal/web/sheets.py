"""Joining the style sheets: which files make which sheet, light minifying, and the rules of each party's hue."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

PUBLIC = ("tokens", "base", "page", "controls", "facts", "term", "public", "apply", "viewer", "print")
STAFF = (
    *PUBLIC[:-1],
    "staff",
    "assess",
    "heat",
    "fill",
    "panel",
    "order",
    "meeting",
    "register",
    "masks",
    "onboarding",
    "print",
)

Hue = tuple[str, float, float]
"""A party's key, hue (0–359) and chroma factor (0–1)."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r'("[^"]*"|\'[^\']*\')')
_KEY = re.compile(r"[A-Za-z0-9_-]+")


@lru_cache(maxsize=4)
def minified(css: str) -> str:
    """The same rules without comments and idle white space. Strings, and spaces that mean something, stay.

    Kept, because it is the parties' hues that change while a process lives, and never the files.
    """
    pieces = _STRING.split(_COMMENT.sub("", css))
    return "".join(piece if i % 2 else _squeezed(piece) for i, piece in enumerate(pieces)).strip()


def _squeezed(css: str) -> str:
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    css = re.sub(r"(?<=[\w)]): (?=\S|$)", ":", css)
    return css.replace(";}", "}")


def hue_rules(hues: Iterable[Hue]) -> str:
    """One rule per party. Keys that are no plain name and values that are no numbers in range are refused."""
    return "".join(_hue_rule(*hue) for hue in sorted(hues))


def _hue_rule(key: str, hue: float, chroma: float) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a party key: {key!r}")
    if not 0 <= hue < 360 or not 0 <= chroma <= 1:
        raise ValueError(f"hue {hue} or chroma {chroma} out of range")
    return f'[data-party="{key}"]{{--h:{hue:g};--c:{chroma:g}}}'


def sheet(files: Mapping[str, str], names: Iterable[str], hues: Iterable[Hue]) -> str:
    """The named files joined in order, then the hues (in the layer of the tokens, after their defaults)."""
    joined = minified("\n".join(files[name] for name in names))
    rules = hue_rules(hues)
    return f"{joined}@layer tokens{{{rules}}}" if rules else joined
