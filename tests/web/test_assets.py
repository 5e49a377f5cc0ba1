"""The style sheets joined in memory, the hues of the parties, and how files are served."""

import gzip
from pathlib import Path

import brotli
import pytest
from flask import Flask

from portal.paths import STATIC
from portal.web.assets import FOR_EVER, Assets, gathered, init_assets
from portal.web.sheets import hue_rules, minified

BUDGET = 9_000


@pytest.fixture
def hues() -> list[tuple[str, float, float]]:
    return [("n", 250, 1)]


@pytest.fixture
def app(hues: list[tuple[str, float, float]]) -> Flask:
    app = Flask("wardrobe", static_folder=None)
    app.secret_key = "k" * 32
    init_assets(app, folder=STATIC, hues=lambda: hues)
    return app


def test_minifying_takes_comments_and_idle_space_and_keeps_what_means_something() -> None:
    css = '/* why */ .a  .b > * { inline-size: calc(1rem + 2px); content: "a  ; b"; }\n.c:not(.d) :is(p) { margin: 0 }'
    assert minified(css) == '.a .b > *{inline-size:calc(1rem + 2px);content:"a  ; b"}.c:not(.d) :is(p){margin:0}'


def test_a_party_gets_its_hue_by_a_rule() -> None:
    assert hue_rules([("k", 15, 0.5), ("a", 250, 1)]) == (
        '[data-party="a"]{--h:250;--c:1}[data-party="k"]{--h:15;--c:0.5}'
    )


@pytest.mark.parametrize("hue", [('x"]{}*{', 1, 1), ("k", 360, 1), ("k", -1, 1), ("k", 1, 1.5), ("", 1, 1)])
def test_a_hue_that_could_write_rules_of_its_own_is_refused(hue: tuple[str, float, float]) -> None:
    with pytest.raises(ValueError, match=r"party key|out of range"):
        hue_rules([hue])


def test_the_public_sheet_fits_its_budget_on_the_wire() -> None:
    worn = gathered(STATIC, [], [])
    assert len(worn.files["public.css"].brotli) <= BUDGET
    assert b".heat{" not in worn.files["public.css"].plain
    assert b".heat{" in worn.files["staff.css"].plain


def test_a_file_may_be_kept_for_ever_under_its_digest(app: Flask) -> None:
    answer = app.test_client().get(app.jinja_env.globals["asset"]("public.css"))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == FOR_EVER
    assert answer.content_type == "text/css; charset=utf-8"
    assert "Set-Cookie" not in answer.headers
    assert '[data-party="n"]{--h:250;--c:1}' in answer.text


def test_the_smallest_form_the_browser_takes_is_sent(app: Flask) -> None:
    client, address = app.test_client(), app.jinja_env.globals["asset"]("staff.css")
    plain = client.get(address).data
    squeezed = client.get(address, headers={"Accept-Encoding": "gzip, deflate, br"})
    older = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert squeezed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(squeezed.data) == plain == gzip.decompress(older.data)
    assert squeezed.headers["Vary"] == "Accept-Encoding"
    assert squeezed.headers["ETag"] != older.headers["ETag"]


def test_what_the_browser_has_is_not_sent_again(app: Flask) -> None:
    client, address = app.test_client(), app.jinja_env.globals["asset"]("js/public.js")
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_a_new_party_changes_the_digest_and_old_pages_still_get_a_sheet(
    app: Flask, hues: list[tuple[str, float, float]]
) -> None:
    client, held = app.test_client(), app.extensions["assets"]
    before = held.address("public.css")
    hues.append(("k", 15, 1))
    held.refresh()
    assert held.address("public.css") != before
    late = client.get(before)
    assert late.status_code == 200
    assert "immutable" not in late.headers["Cache-Control"]
    assert '[data-party="k"]' in late.text


def test_a_party_that_has_not_published_is_only_in_the_staff_sheet() -> None:
    worn = gathered(STATIC, [("open", 1, 1)], [("open", 1, 1), ("quiet", 2, 1)])
    assert b'="quiet"' not in worn.files["public.css"].plain
    assert b'="quiet"' in worn.files["staff.css"].plain


@pytest.mark.parametrize("name", ["nothing.css", "css/tokens.css", "../pyproject.toml", "js/../../portal/config.py"])
def test_only_gathered_files_are_served(app: Flask, name: str) -> None:
    assert app.test_client().get(f"/static/{'0' * 12}/{name}").status_code == 404


def test_a_page_cannot_point_at_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        Assets(STATIC, tuple).address("missing.css")


def test_every_import_of_a_script_leads_to_a_file() -> None:
    served = gathered(STATIC, [], []).files
    for name, file in served.items():
        if name.endswith(".js"):
            for line in file.plain.decode().splitlines():
                if line.startswith("import "):
                    assert "js/" + line.split("./")[1].rstrip('";') in served
