"""The page of promises says what the kept figures say, and nothing else."""

import ast
from pathlib import Path

from portal.organisations.trials import PLACE, POINTS
from tests.proofs.page import PAGE, kept_figures, page, told_in_the_product
from tests.proofs.promised import PROMISED

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
    assert PLACE.read_text() == told_in_the_product(kept_figures())


def proofs() -> dict[str, tuple[str, str]]:
    """Every proof in the tests by its name, without what it is parametrised with: what it promises, and how it tries it."""
    found = {}
    for path in Path(__file__).parents[1].rglob("test_*.py"):
        for made in ast.walk(ast.parse(path.read_text())):
            for mark in made.decorator_list if isinstance(made, ast.FunctionDef) else ():
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.proof":
                    how = next(ast.literal_eval(said.value) for said in mark.keywords if said.arg == "how")
                    found[made.name.removeprefix("test_")] = ast.literal_eval(mark.args[0]), how
    return found


def test_every_kept_figure_is_of_a_proof_that_promises_and_tries_what_it_says() -> None:
    """One that has changed since is run anew in its full form before its figure is shown again."""
    there = proofs()
    for kept in kept_figures():
        name = max((one for one in there if kept["proof"].startswith(one)), key=len, default="")
        assert there.get(name) == (kept["promise"], kept["how"]), kept["proof"]
    assert {one for one in there if not any(kept["proof"].startswith(one) for kept in kept_figures())} == set()


def test_every_promise_with_a_proof_has_its_english_and_its_point_of_article_32() -> None:
    assert {promise for promise, _how in proofs().values()} == set(PROMISED)
    assert {point for point, _ in PROMISED.values()} == set(POINTS)


def test_a_promise_that_did_not_hold_is_told_as_such() -> None:
    told = page([FIGURE, {**FIGURE, "database": "PostgreSQL", "held": False, "figures": {"rounds": 200, "lost": 3}}])
    assert "| Ingenting går förlorat. | kill -9 / again | SQLite | rounds: 200, lost: 0 | yes | 2026-11-25 |" in told
    assert "| PostgreSQL | rounds: 200, lost: 3 | **no** |" in told
