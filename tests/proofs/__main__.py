"""The full form of every proof, on SQLite and on PostgreSQL, one after the other; then the page is made anew.

``python -m tests.proofs [-k WORDS] [--database sqlite|postgresql]`` runs some of them. Exit 1 when a promise is broken.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.proofs.page import write_page

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Run them, and say whether all held."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs", description=__doc__)
    parser.add_argument("-k", dest="words", default="", help="only those whose names match, as pytest's -k")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    chosen = parser.parse_args()
    outcomes = [_run(database, chosen.words) for database in chosen.database or ("sqlite", "postgresql")]
    write_page()
    return max(outcomes)


def _run(database: str, words: str) -> int:
    environment = {**os.environ, "PORTAL_PROOF": "full", "PORTAL_TEST_DATABASE": database}
    command = [sys.executable, "-m", "pytest", "-n", "0", "-m", "proof", "-s", *(["-k", words] if words else [])]
    code = subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode
    return 0 if code == pytest.ExitCode.NO_TESTS_COLLECTED else code


if __name__ == "__main__":
    sys.exit(main())
