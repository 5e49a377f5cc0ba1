"""``python -m bench``: base and portal in turn, three rounds in alternating order; figures printed and kept in ``docs``.

Needs wrk. Nothing but this machine is asked. ``--only`` takes the beginning of a row's name (``ad``, ``sent``, ``burst``).
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Run what was asked for. 1 where a goal is not met."""
    asked = _parser().parse_args()
    if shutil.which("wrk") is None:
        print("wrk is missing: apt-get install wrk", file=sys.stderr)
        return 2
    os.environ["PORTAL_TEST_DATABASE"] = asked.database  # read when the tests' database is imported
    from bench.rounds import run

    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        lines = run(Path(folder), asked)
    for one in lines:
        print(json.dumps(one, ensure_ascii=False))
    return 0 if all(one.get("met", True) for one in lines) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="rows whose name begins so")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--candidates", default="100,1000,10000", help="sizes of the lists")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--no-write", action="store_true", help="print alone: docs stay as they are")
    return parser


if __name__ == "__main__":
    sys.exit(main())
