"""The templates' own rules: nothing inline that the security policy would stop, and files short enough to read."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment

from portal.paths import STATIC, TEMPLATES

# A letter is no page of ours: no policy of ours reaches it, and it may not fetch a sheet (tests/mail/test_html.py).
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if path.parent.name != "mail")
LONGEST = 150
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
STYLE = re.compile(r"<[a-z][^>]*\sstyle\s*=|<style\b", re.IGNORECASE)
HANDLER = re.compile(r"<[a-z][^>]*\son[a-z]+\s*=|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)
FOREIGN = re.compile(r"(?:src|<link[^>]*href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE)


def text_of(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def names(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def test_there_are_templates_to_read() -> None:
    assert {"layouts/base.html", "components/field.html", "ads/_advert.html"} <= {names(path) for path in PAGES}


@pytest.mark.parametrize("path", PAGES, ids=names)
def test_a_template_carries_no_style_and_no_handler(path: Path) -> None:
    assert not STYLE.search(text_of(path))
    assert not HANDLER.search(text_of(path))


@pytest.mark.parametrize("path", PAGES, ids=names)
def test_a_script_is_a_file_of_ours_or_data_about_the_ad(path: Path) -> None:
    for attributes, content in SCRIPT.findall(text_of(path)):
        assert "application/ld+json" in attributes or ("src=" in attributes and not content.strip())
    assert not FOREIGN.search(text_of(path))


@pytest.mark.parametrize("path", PAGES, ids=names)
def test_a_template_is_short_and_parses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST
    Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(text)


@pytest.mark.parametrize("path", PAGES, ids=names)
def test_only_words_of_the_template_itself_are_marked_safe(path: Path) -> None:
    for found in re.findall(r"(\S+?)\s*\|\s*safe\b", text_of(path)):
        assert found.endswith(("'", '"')), f"{names(path)}: {found}"


def test_every_script_hook_of_a_template_is_known_to_a_script() -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in (STATIC / "js").glob("*.js"))
    for hook in ("data-scale", "data-autosave", "data-error-summary"):
        assert any(hook in text_of(path) for path in PAGES)
        assert f"[{hook}]" in scripts


@pytest.mark.parametrize("path", sorted(path for path in TEMPLATES.rglob("*") if path.is_file()), ids=names)
def test_a_template_uses_what_it_imports(path: Path) -> None:
    text = text_of(path)
    taken = [
        name.strip().split(" as ")[-1].strip()
        for told in re.findall(r"\{%-?\s*from\s+\S+\s+import\s+(.*?)\s*-?%\}", text, re.DOTALL)
        for name in re.sub(r"\s+with(out)? context$", "", told).split(",")
    ]
    assert [name for name in taken if len(re.findall(rf"\b{name}\b", text)) < 2] == []
