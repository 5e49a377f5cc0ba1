"""The rows of the table: what each figure is, its base, and its goal in words and as a test."""

from collections.abc import Callable
from dataclasses import dataclass

Met = Callable[[float, float], bool]  # the figure, and the figure over the base's of the same round (nan without one)


@dataclass(frozen=True, slots=True)
class Row:
    """``base`` names the base's figure that the ratio is to."""

    what: str
    unit: str
    goal: str = ""
    met: Met | None = None
    base: str = ""


def most(limit: float) -> Met:
    """The figure may be so much."""
    return lambda figure, _ratio: figure <= limit


def times(limit: float) -> Met:
    """The figure may be so many times the base's."""
    return lambda _figure, ratio: ratio <= limit


def least_times(limit: float) -> Met:
    """The figure must be so many times the base's."""
    return lambda _figure, ratio: ratio >= limit


ROWS: dict[str, Row] = {
    "page.rate": Row("base: page of 21 KB, 16 clients", "requests/s"),
    "page.p50": Row("base: the same, p50", "ms"),
    "page.p99": Row("base: the same, p99", "ms"),
    "list.p50": Row("base: list of 1,000 rows, one client, p50", "ms"),
    "base.sent.4": Row("base: upload of 195 KB, 4 clients", "uploads/s"),
    "base.sent.16": Row("base: upload of 195 KB, 16 clients", "uploads/s"),
    "base.start": Row("base: cold start to the first 200", "s"),
    "ad.rate": Row("ad page, 16 clients", "requests/s", "≥ 4× base", least_times(4), "page.rate"),
    "ad.p50": Row("ad page, 16 clients, p50", "ms", "≤ 0.4× base", times(0.4), "page.p50"),
    "ad.p99": Row("ad page, 16 clients, p99", "ms", "≤ 0.6× base", times(0.6), "page.p99"),
    "cold.requests": Row("cold browser on an ad: requests", "", "≤ 3", most(3)),
    "cold.kilobytes": Row("cold browser on an ad: on the wire, headers too", "KB", "≤ 20", most(20)),
    "cold.hosts": Row("cold browser on an ad: other hosts", "", "0", most(0)),
    "sent.4": Row("sending of finished applications, 4 clients", "/s", "≥ 0.4× base", least_times(0.4), "base.sent.4"),
    "sent.4.p50": Row("sending, 4 clients, p50", "ms", "≤ 40", most(40)),
    "sent.4.errors": Row("sending, 4 clients, errors on the whole way", "", "0", most(0)),
    "sent.16": Row("sending, 16 clients", "/s", "≥ 0.4× base", least_times(0.4), "base.sent.16"),
    "sent.16.p50": Row("sending, 16 clients, p50 (16 wait for 2 cores)", "ms"),
    "sent.16.errors": Row("sending, 16 clients, errors on the whole way", "", "0", most(0)),
    "check.p50": Row("file check of a 2-page CV, 4 at once, p50", "ms", "≤ 500", most(500)),
    "check.p95": Row("file check, p95", "ms", "≤ 1,000", most(1000)),
    "burst.seconds": Row("100 CVs: until all are read and drawn, after the last", "s", "≤ 60", most(60)),
    "burst.rate": Row("the same: whole applications with file check, 4 clients", "/s"),
    "burst.errors": Row("the same, errors", "", "0", most(0)),
    "burst.site_p95": Row("the front page meanwhile, p95", "ms", "< 1,000", most(1000)),
    "joint.200.p50": Row("joint view 200 × 9, p50", "ms", "≤ 300", most(300)),
    "joint.200.statements": Row("joint view, statements", ""),
    "ranking.1000": Row("Schulze alone, 1,000 × 9", "ms", "≤ 1,000", most(1000)),
    "candidate.p50": Row("one candidate with picture and answers, p50", "ms"),
    "candidate.statements": Row("one candidate, statements", "", "≤ 8", most(8)),
    "score.p50": Row("the page of one score among 200, p50", "ms", "≤ 100", most(100)),
    "score.statements": Row("the page of one score, statements", ""),
    "contract.p50": Row("a contract's draft as tagged PDF, p50", "ms", "≤ 50", most(50)),
    "next.60.p50": Row(
        "Chromium: *Nästa* until the next candidate is drawn, 60 in the queue, p50", "ms", "≤ 100", most(100)
    ),
    "next.60.most": Row("the same, the slowest of eight", "ms"),
    "next.1000.p50": Row("Chromium: *Nästa*, 1,000 in the queue, p50", "ms", "≤ 100", most(100)),
    "next.1000.most": Row("the same, the slowest of eight", "ms"),
    "memory": Row("memory of web and worker after load (PSS)", "MB", "≤ 150", most(150)),
    "start": Row("cold start to the first 200", "s", "≤ 0.9", most(0.9)),
}
PAGES = {
    "sokande": "the office's list of candidates",
    "din-bedomning": "the assessor's own scores, fifty to a page",
}
NOT_BUILT = (
    "page of 50 of 1,000 in order of name: the own scores have pages in the assessor's own order, the office's list none",
    "a word found among one ad's 1,000 applications: there is no search",
)


def rows_for(sizes: list[int]) -> dict[str, Row]:
    """All rows, with those of each size of list."""
    made = dict(ROWS)
    for page, what in PAGES.items():
        for size in sizes:
            within = ("≤ 1.5× base's list of 1,000", times(1.5)) if size == 1000 else ("", None)
            made[f"{page}.{size}.p50"] = Row(f"{what}, {size:,} rows, p50", "ms", *within, base="list.p50")
            made[f"{page}.{size}.statements"] = Row(f"{what}, {size:,} rows, statements", "", "≤ 6", most(6))
    return made
