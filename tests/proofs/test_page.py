"""The page of promises says what the kept figures say, and nothing else."""

from tests.proofs.page import PAGE, kept_figures, page

FIGURE = {
    "proof": "nothing_is_lost",
    "promise": "Ingenting går förlorat.",
    "how": "kill -9 | again",
    "database": "SQLite",
    "held": True,
    "figures": {"rounds": 200, "lost": 0},
    "seconds": 600,
    "on": "2026-11-25",
}


def test_the_page_in_the_repository_is_made_from_the_kept_figures() -> None:
    assert PAGE.read_text() == page(kept_figures())


def test_a_promise_that_did_not_hold_is_told_as_such() -> None:
    told = page([FIGURE, {**FIGURE, "database": "PostgreSQL", "held": False, "figures": {"rounds": 200, "lost": 3}}])
    assert "| Ingenting går förlorat. | kill -9 / again | SQLite | rounds: 200, lost: 0 | yes | 2026-11-25 |" in told
    assert "| PostgreSQL | rounds: 200, lost: 3 | **no** |" in told
