"""The house's own rules: what may touch Flask or the database, who imports whom, how long things may be."""

import ast
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

from portal import tables  # noqa: F401  # every table there is
from portal.db import Base, ScopedRow

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "portal"

FEATURES = {
    "elections", "profiles", "accounts", "organisations", "posts", "ads", "documents", "register", "applications",
    "review", "letterbox", "intake", "protection", "interviews", "decisions", "contracts", "disclosure", "desk", "pages",
    "demo", "interface", "backups", "privacy",
}  # fmt: skip
LAYERS = {"models", "queries", "services", "emails", "forms", "routes", "tasks", "engines", "commands"}
# Rooms that touch Flask by what they are: the cookie's log-in session, and who the request's person is.
ALSO_LAYERS = {"session", "identity", "guards"}
ENGINES_MAY_NOT = ("flask", "sqlalchemy", "flask_wtf", "flask_babel", "flask_sqlalchemy_lite")

# Where rows of the platform's own tables are written and read without the session, because each page or sending does it.
OF_NO_PARTY = {"audit/services.py", "register/services.py"}

FILE_CAP, FUNCTION_CAP, TEMPLATE_CAP, TEMPLATE_LINE_CAP = 300, 40, 150, 350
# Each with its reason.
LONGER_FILES: dict[str, str] = {}
LONGER_FUNCTIONS: dict[str, str] = {}
LONGER_TEMPLATES: dict[str, str] = {}


@pytest.fixture(scope="session")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("portal", include_external_packages=True)


def _python_files() -> Iterator[Path]:
    yield from sorted(PACKAGE.rglob("*.py"))


def _is_pure(module: str) -> bool:
    _portal, *rooms = module.split(".")
    return bool(rooms) and rooms[0] in FEATURES and not (LAYERS | ALSO_LAYERS) & set(rooms[1:]) and len(rooms) > 1


def test_a_module_named_after_a_thing_in_the_world_is_pure(graph: grimp.ImportGraph) -> None:
    pure = [module for module in graph.modules if module.startswith("portal.") and _is_pure(module)]
    assert len(pure) > 10
    broken = {module: found for module in pure if (found := _libraries(graph, module))}
    assert broken == {
        "portal.accounts.address": {"idna"},  # which domain an address names, and nothing else
        "portal.accounts.password_rule": {"zxcvbn"},  # which passwords leak most
    }


def _libraries(graph: grimp.ImportGraph, module: str) -> set[str]:
    """What a module comes to import of others' code, by whatever way."""
    imported = {name.split(".")[0] for name in graph.find_upstream_modules(module)}
    return imported - set(sys.stdlib_module_names) - {"portal"}


def test_engines_know_neither_flask_nor_the_database(graph: grimp.ImportGraph) -> None:
    engines = [m for m in graph.modules if "engines" in m.split(".")]
    assert len(engines) > 20
    broken = {m for m in engines if graph.find_upstream_modules(m) & set(ENGINES_MAY_NOT)}
    assert broken == {"portal.operations.engines"}  # the web server, which serves the application


def test_inside_a_feature_imports_go_downwards(graph: grimp.ImportGraph) -> None:
    order = ["models", "queries", "emails", "services", "forms", "tasks", "routes"]
    tried, wrong = set(), []
    for module in graph.modules:
        within, layer = _layer(module, order)
        tried |= {within} if layer else set()
        for other in graph.find_modules_directly_imported_by(module) if layer else ():
            there, below = _layer(other, order)
            if there == within and below and order.index(below) > order.index(layer):
                wrong.append(f"{module} imports {other}")
    assert {"portal.contracts", "portal.contracts.acts", "portal.privacy.rights", "portal.review.blind"} <= tried
    assert wrong == []


def _layer(module: str, order: list[str]) -> tuple[str, str]:
    """The feature, or the room below one, that a module is of, and its layer there; empty where it is named otherwise."""
    rooms = module.split(".")
    place = next((number for number, room in enumerate(rooms) if room in order), len(rooms))
    return ".".join(rooms[:place]), rooms[place] if place < len(rooms) else ""


def test_only_the_clock_reads_the_wall_clock() -> None:
    reads = re.compile(r"datetime\.(now|utcnow)\(|date\.today\(|time\.time\(|func\.now\(|CURRENT_TIMESTAMP")
    found = [p.name for p in _python_files() if p.name != "clock.py" and reads.search(p.read_text())]
    assert found == []


def test_only_the_house_s_own_form_knows_the_library_s() -> None:
    library = re.compile(r"\bFlaskForm\b")
    assert [p.name for p in _python_files() if library.search(p.read_text())] == ["forms.py"]
    assert library.search((PACKAGE / "web" / "forms.py").read_text())


def test_statements_that_the_wall_does_not_see_are_written_in_reviewed_places_only() -> None:
    past_the_wall = re.compile(
        r"\btext\(\s*[\"']|\b__table__\b|bulk_(insert|update|save)|from_statement|exec_driver_sql"
    )
    allowed = {"db.py", "sqlite.py", "scope.py", "row_security.py", "vault/keystore.py", "operations/services.py"}
    allowed |= OF_NO_PARTY
    found = [
        str(p.relative_to(PACKAGE))
        for p in _python_files()
        if past_the_wall.search(p.read_text()) and str(p.relative_to(PACKAGE)) not in allowed
    ]
    assert [name for name in found if name != "applications/models.py"] == []  # a partial index is written as text


def test_what_is_written_past_the_wall_for_the_sake_of_speed_tells_of_no_party() -> None:
    behind_walls = {mapper.class_.__name__ for mapper in Base.registry.mappers if issubclass(mapper.class_, ScopedRow)}
    for name in OF_NO_PARTY:
        used = set(re.findall(r"\b(\w+)\.__table__", (PACKAGE / name).read_text()))
        assert used and not used & behind_walls, name


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


def test_no_file_function_or_template_is_over_its_cap() -> None:
    over = []
    for path in (*_python_files(), *sorted((ROOT / "tests").rglob("*.py"))):
        name = str(path.relative_to(ROOT))
        if path.read_text().count("\n") > FILE_CAP and name not in LONGER_FILES:
            over.append(name)
    for path in _python_files():
        over += [
            f"{path.relative_to(ROOT)}:{function}"
            for function, lines in _functions(path)
            if lines > FUNCTION_CAP and f"{path.relative_to(ROOT)}:{function}" not in LONGER_FUNCTIONS
        ]
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.is_file() and path.read_text().count("\n") > TEMPLATE_CAP and path.name not in LONGER_TEMPLATES:
            over.append(str(path.relative_to(ROOT)))
    assert over == []


def test_no_line_of_a_template_is_so_long_that_it_hides_what_it_decides() -> None:
    """A sentence that people read is long; three of them with their conditions on one line are not read by anybody."""
    over = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "templates").rglob("*"))
        if path.is_file()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > TEMPLATE_LINE_CAP
    ]
    assert over == []


def test_no_room_has_a_name_that_says_nothing() -> None:
    empty_words = {"utils", "helpers", "common", "misc", "manager", "handler"}
    assert [str(p) for p in _python_files() if p.stem in empty_words or p.parent.name in empty_words] == []


def test_a_pure_module_is_loaded_without_flask() -> None:
    import subprocess

    program = "import sys, portal.elections.limit, portal.review.ranking; print('flask' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert answer.stdout.strip() == "False"


def test_no_test_denies_a_word_so_short_and_of_such_letters_that_any_id_may_hold_it() -> None:
    """`"120" not in page` fails once in twenty where the page has addresses with ids: name the word with its unit."""
    denied = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.left.value!r}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Compare)
        and isinstance(node.left, ast.Constant)
        and isinstance(node.left.value, str)
        and isinstance(node.ops[0], ast.NotIn)
        and re.fullmatch("[0-9a-f]{1,3}", node.left.value)
    ]
    assert denied == []


def test_every_module_of_the_portal_stands_in_a_layer_and_every_layer_is_a_module() -> None:
    (contract,) = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layered = {name for row in contract["layers"] for name in row.split(" | ")}
    there = {
        f"portal.{path.stem}" for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert layered ^ (there - {"portal.__init__", "portal._build"}) == set()


def test_the_map_has_every_feature_and_every_room_of_one_that_is_named_after_the_world() -> None:
    drawn = (ROOT / "README.md").read_text().split("## The map", 1)[1].split("## Glossary")[0]
    rooms = [path.parent.relative_to(PACKAGE).parts for path in PACKAGE.rglob("__init__.py")]
    named = {room[-1] for room in rooms if room and not set(room) & LAYERS}
    assert {name for name in named if f"{name}/" not in drawn} == set()


def test_a_function_uses_what_it_takes() -> None:
    """Else whoever calls it believes that the answer depends on it. One with a decorator is called as others of its kind."""
    kept = {"portal/organisations/access.py:may_enter actor"}  # asked as every other right
    idle = set()
    for path in _python_files():
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.decorator_list:
                taken = [one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
                used = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
                idle |= {
                    f"{path.relative_to(ROOT)}:{node.name} {name}"
                    for name in taken
                    if name not in used and not name.startswith("_")
                }
    assert idle == kept


def test_the_portal_itself_calls_every_function_that_it_has() -> None:
    """One that only tests call is tried in place of what is run."""
    trees = {
        path: ast.parse(path.read_text()) for path in (*_python_files(), *sorted((ROOT / "migrations").rglob("*.py")))
    }
    named = Counter(
        name
        for tree in trees.values()
        for node in ast.walk(tree)
        for name in (getattr(node, "id", None), getattr(node, "attr", None), getattr(node, "value", None))
        if isinstance(name, str)
    )
    named.update(
        one.name
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for one in node.names
        if one.asname
    )
    written = "\n".join(path.read_text() for path in sorted((ROOT / "templates").rglob("*")) if path.is_file())
    uncalled = {
        f"{path.relative_to(ROOT)}:{node.name}"
        for path, tree in trees.items()
        if path.is_relative_to(PACKAGE)
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.decorator_list and not named[node.name]
        if node.name not in written
    }
    assert uncalled == {
        "portal/__init__.py:__getattr__",  # Python's own
        "portal/elections/calendar.py:ordinary_election_day",  # the rule that the table is tried against
        "portal/elections/calendar.py:local_elections",  # and the elections that never move a limit
    }
