"""``python -m bench.sweden``: the whole country on one PostgreSQL beside a small installation on the same, page by page.

2,500 parties, 10,000 ads and 500,000 applications by ``portal seed``, which says how long that took; then the same pages
by one client on both, in turn. The goal is that nobody notices how large the country is: at most one and a half times.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
CANDIDATES = (100, 1000)
# As dense as the whole: each party has as many ads, and each ad as many who apply.
SMALL = {"parties": 15, "ads": 60, "applications": 3000}
WHOLE = {"parties": 2500, "ads": 10_000, "applications": 500_000}
SECONDS, WARMING = 3, 2


@dataclass(frozen=True, slots=True)
class Country:
    """One installation that has been filled: its settings, how long the filling took, and addresses with their reader."""

    settings: Any
    seconds: float
    rows: int
    pages: dict[str, tuple[str, str]]  # the path, and the cookie


def main() -> int:
    """Fill both, measure both, keep the lines. 1 where a page takes more than it may."""
    asked = _parser().parse_args()
    os.environ["PORTAL_TEST_DATABASE"] = "postgresql"  # read when the tests' database is imported
    os.environ.pop("PYTEST_DEBUG_TEMPROOT", None)
    from bench.report import line, write
    from bench.rows import Row, times
    from bench.trials import Figure
    from portal import clock

    sizes = {name: getattr(asked, name) for name in WHOLE}
    with tempfile.TemporaryDirectory(prefix="sweden-") as folder, _server(Path(folder)) as databases:
        small = _filled(databases, Path(folder) / "small", SMALL)
        whole = _filled(databases, Path(folder) / "whole", sizes)
        figures = _measured(small, whole, asked.rounds)
    about = {"database": "PostgreSQL, the whole of Sweden", "on": f"{clock.today()}"}
    told = Row(f"portal seed: {sizes['applications']:,} applications, {whole.rows:,} rows", "s")
    lines = [line("sweden.seed", told, [Figure("sweden.seed", whole.seconds)], [], **about)]
    for page, (bases, rounds) in figures.items():
        row = Row(f"{page}, p50", "ms", "≤ 1.5× the small installation", times(1.5), base=page)
        lines.append(line(f"sweden.{page}", row, rounds, bases, **about))
        print(lines[-1], flush=True)
    if not asked.no_write:
        write(lines)
    return 0 if all(one.get("met", True) for one in lines) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.sweden", description=__doc__)
    for name, size in WHOLE.items():
        parser.add_argument(f"--{name}", type=int, default=size)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-write", action="store_true", help="print alone: docs stay as they are")
    return parser


@contextmanager
def _server(folder: Path) -> Iterator[Any]:
    """A server that keeps its promises to the disk, unlike the tests'."""
    from tests.database import Databases

    (folder / "database").mkdir()
    with Databases.prepared(folder / "database") as databases:
        for setting in ("fsync", "full_page_writes", "autovacuum"):
            databases.as_superuser(f"ALTER SYSTEM SET {setting} = on")
        databases.as_superuser("SELECT pg_reload_conf()")
        yield databases


def _filled(databases: Any, instance: Path, sizes: dict[str, int]) -> Country:
    from portal.config import Settings
    from tests.conftest import SECRET
    from tests.proofs.living import environment_of

    instance.mkdir()
    stack = ExitStack()
    url, owner_url = stack.enter_context(databases.copy(instance))  # both go with the server
    settings = Settings.from_environment(
        {
            "PORTAL_DEMO": "1",
            "PORTAL_INSTANCE_PATH": str(instance),
            "PORTAL_SECRET_KEY": SECRET,
            "PORTAL_KEYS_FILE": str(databases.keys),
            "PORTAL_DATABASE_URL": url,
            "PORTAL_DATABASE_OWNER_URL": owner_url,
            "PORTAL_KEY_STORE_URL": owner_url,
            "PORTAL_BASE_URL": "http://localhost",
        }
    )
    options = [f"--{name}={size}" for name, size in sizes.items()]
    command = [sys.executable, "-m", "portal.cli"]
    environment = environment_of(settings, 0)
    subprocess.run([*command, "db", "upgrade"], env=environment, check=True, capture_output=True)
    begun = time.perf_counter()
    candidates = ",".join(map(str, CANDIDATES))
    said = subprocess.run(
        [*command, "seed", *options, f"--candidates={candidates}"],
        env=environment, check=True, stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip
    print(said, flush=True)
    rows = re.search(r"(\d+) rader på", said)
    return Country(settings, time.perf_counter() - begun, int(rows[1]) if rows else 0, _pages(settings))


def _pages(settings: Any) -> dict[str, tuple[str, str]]:
    """What is measured: addresses of the first party's, and who reads them."""
    from sqlalchemy import func, select

    from portal import scope
    from portal.accounts.queries import person_at
    from portal.ads.models import PublishedAd
    from portal.applications.models import Application
    from portal.db import db
    from portal.factory import create_app
    from portal.organisations.identity import Membership
    from tests.world import World

    app = create_app(settings)
    with app.app_context():
        office, assessor = (person_at(db.session, f"{who}@example.se") for who in ("samira", "gunnel"))
        assert office is not None
        assert assessor is not None
        party = db.session.scalars(select(Membership.party_id).where(Membership.person_id == office.id)).one()
        people = office.id, assessor.id
        open_ad = select(PublishedAd.reference).order_by(PublishedAd.closes_at.desc()).limit(1)
        reference = db.session.scalars(open_ad).one()
    pages: dict[str, tuple[str, str]] = {"the front page": ("/", ""), "one open ad": (f"/annonser/{reference}", "")}
    world = World.__new__(World)
    world.app = app
    browsers = [f"portal={world.browser_cookie(person)}" for person in people]
    with app.app_context():
        scope.act_for(db.session, scope.party(party))
        counts = select(Application.ad_id, func.count()).group_by(Application.ad_id)
        cases = {count: ad for ad, count in db.session.execute(counts) if count in CANDIDATES}
        one = select(Application.id).where(Application.ad_id == cases[100]).order_by(Application.submitted_at).limit(1)
        candidate = db.session.scalars(one).one()
    desk = "/arbete/rekryteringar"
    pages |= {"the office's desk": ("/arbete", browsers[0]), "the assessor's desk": ("/arbete", browsers[1])}
    for size in CANDIDATES:
        pages[f"the office's list of {size:,}"] = (f"{desk}/{cases[size]}/sokande", browsers[0])
        pages[f"own scores of {size:,}"] = (f"{desk}/{cases[size]}/din-bedomning", browsers[1])
    pages["joint view of 100 × 9"] = (f"{desk}/{cases[100]}/gemensam", browsers[0])
    pages["one candidate"] = (f"{desk}/{cases[100]}/sokande/{candidate}", browsers[0])
    return pages


def _measured(small: Country, whole: Country, rounds: int) -> dict[str, tuple[list[Any], list[Any]]]:
    from bench.pages import BROWSER
    from bench.trials import Figure
    from bench.wrk import load
    from tests.proofs.living import living

    found: dict[str, tuple[list[Any], list[Any]]] = defaultdict(lambda: ([], []))
    with living(small.settings) as one, living(whole.settings) as other:
        for portal in (one, other):
            portal.start_web()
        for number in range(rounds):
            for page in small.pages:
                sides = [(0, one, small), (1, other, whole)]
                for place, portal, country in sides if number % 2 == 0 else reversed(sides):
                    path, cookie = country.pages[page]
                    headers = {**BROWSER, "Cookie": cookie} if cookie else BROWSER
                    group = portal.running["web"].pid
                    load(portal.address + path, group, seconds=WARMING, headers=headers)
                    came = load(portal.address + path, group, seconds=SECONDS, headers=headers)
                    found[page][place].append(Figure.of(page, came.p50, came.took, came.requests))
    return found


if __name__ == "__main__":
    sys.exit(main())
