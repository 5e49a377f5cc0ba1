"""Answers laid side by side: what is random in each is masked, and the rest must be the same. And whether two rows of
times could be one."""

import re
from collections.abc import Callable, Sequence
from math import erfc, sqrt
from statistics import median
from time import perf_counter

from werkzeug.test import TestResponse

ROOM = 25  # milliseconds that an uneven machine may add to a median
Shape = tuple[int, int, tuple[tuple[str, str], ...], str]

# Tokens, ids, checksums and times: as long as they are, they may differ between any two answers.
_RANDOM = re.compile(
    r"(?P<token>(?<=csrf_token\" value=\")[^\"]+|(?<=csrf_token\" type=\"hidden\" value=\")[^\"]+"
    r"|(?<=\"opened\" type=\"hidden\" value=\")[^\"]+)"
    r"|(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|(?P<time>\b\d\d[.:]\d\d\b)"
    r"|(?P<link>(?<=/ansokan/)(?:\w{30}|[\w-]{24}|[\w-]{12})(?![\w-]))|(?P<sum>\b[0-9a-f]{64}\b)"
)
_NUMBER = re.compile(r"(?<=<dt>Ankomstnummer</dt><dd>)\d+")  # it counts on, and gets longer at ten and at a hundred


def shape(answer: TestResponse, *typed: str) -> Shape:
    """Status, length, headers and text of an answer; ``typed`` are the words that this one visitor wrote."""
    text = _masked(answer.get_data(as_text=True), typed)
    told = [(name, value) for name, value in answer.headers if name != "Content-Length"]  # compared without the number
    headers = tuple((name, _masked(_of_cookie(name, value), typed)) for name, value in told)
    return answer.status_code, len(_NUMBER.sub("", answer.get_data(as_text=True)).encode()), headers, text


def _of_cookie(name: str, value: str) -> str:
    """A cookie's value is random: its name, its length and its attributes are not. The session's is packed, and a little
    longer or shorter by chance."""
    if name != "Set-Cookie":
        return value
    pair, _, attributes = re.sub(r"Expires=[^;]*", "Expires=·", value).partition(";")
    key, _, content = pair.partition("=")
    return f"{key}={'·' if key.endswith('portal') else len(content)};{attributes}"


def _masked(text: str, typed: Sequence[str]) -> str:
    for word in typed:
        text = text.replace(word, "·")
    return _RANDOM.sub(lambda found: f"·{found.lastgroup}{len(found[0])}", _NUMBER.sub("", text))


def mann_whitney(first: Sequence[float], second: Sequence[float]) -> float:
    """The two-sided p of the rank sum test, by its normal approximation: how likely rows of times this unlike are, if both
    are of one kind. Needs some twenty of each."""
    ranked = sorted((value, of_first) for of_first, row in ((True, first), (False, second)) for value in row)
    ranks = sum(rank for rank, (_, of_first) in enumerate(ranked, 1) if of_first)
    n, m = len(first), len(second)
    expected, spread = n * (n + m + 1) / 2, sqrt(n * m * (n + m + 1) / 12)
    return erfc(abs(ranks - expected) / spread / sqrt(2))


class Compared:
    """Answers to known and to unknown addresses: what they looked like and how long they took."""

    def __init__(self) -> None:
        self.shapes: set[Shape] = set()
        self.times: dict[bool, list[float]] = {True: [], False: []}

    def take(self, known: bool, ask: Callable[[], TestResponse], *typed: str) -> TestResponse:
        """Ask, and keep the shape of the answer."""
        begun = perf_counter()
        answer = ask()
        self.times[known].append((perf_counter() - begun) * 1000)
        self.shapes.add(shape(answer, *typed))
        return answer

    @property
    def takes_alike(self) -> bool:
        """Whether neither kind takes as long as two of the other: machines are uneven, a deed is more than that."""
        quick, slow = sorted(median(times) for times in self.times.values())
        return slow < 2 * quick + ROOM

    def figures(self, what: str) -> dict[str, float]:
        """How many kinds of answer there were; medians in milliseconds and the p that the times are of one kind."""
        return {
            f"{what}_kinds_of_answer": len(self.shapes),
            f"{what}_known_ms": round(median(self.times[True]), 1),
            f"{what}_unknown_ms": round(median(self.times[False]), 1),
            f"{what}_p": round(mann_whitney(self.times[True], self.times[False]), 3),
        }
