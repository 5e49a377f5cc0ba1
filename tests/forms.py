"""Forms filled in as a person would: the page fetched, its form found, hidden fields kept, the button pressed."""

import io
from collections.abc import Mapping
from copy import copy
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.pages import XHTML, parse

Files = Mapping[str, tuple[bytes, str]]


def submit(
    client: FlaskClient,
    url: str,
    data: Mapping[str, Any] | None = None,
    button: str | None = None,
    files: Files | None = None,
    *,
    follow_redirects: bool = False,
    headers: Mapping[str, str] | None = None,
) -> TestResponse:
    """Fetch ``url``, fill in the POST form that holds these fields and this button, and send it.

    Keys are field names or labels; a value is a text, a list of texts, or True or False for a box. ``button`` is the
    text on it. ``files`` are (bytes, file name) by field. What is not named is sent as the page has it.
    """
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code, page.headers.get("Location"))
    return submit_page(client, page, url, data, button, files, follow_redirects=follow_redirects, headers=headers)


def submit_page(
    client: FlaskClient,
    page: TestResponse,
    url: str,
    data: Mapping[str, Any] | None = None,
    button: str | None = None,
    files: Files | None = None,
    *,
    follow_redirects: bool = False,
    headers: Mapping[str, str] | None = None,
) -> TestResponse:
    """The same for a page already fetched (an answer with a sentence to heed, say)."""
    tree = parse(page.data.decode())
    form, pressed = _form_with(tree, [*(data or {}), *(files or {})], button)
    values = values_of(form)
    for key, value in (data or {}).items():
        _fill(values, form, _name(tree, form, key), value)
    if pressed is not None and pressed.get("name"):
        values.add(str(pressed.get("name")), pressed.get("value") or "")
    for key, (content, filename) in (files or {}).items():
        values.add(_name(tree, form, key), (io.BytesIO(content), filename))  # type: ignore[arg-type]
    return client.post(
        urljoin(url, (pressed is not None and pressed.get("formaction")) or form.get("action") or url),
        data=values,
        content_type=form.get("enctype") or "application/x-www-form-urlencoded",
        follow_redirects=follow_redirects,
        headers=dict(headers or {}),
    )


def fields_of(page: TestResponse) -> dict[str, list[str]]:
    """Name and present values of every field in the page's POST forms, as they would be sent."""
    tree = parse(page.data.decode())
    return {name: values.getlist(name) for form in post_forms(tree) for values in [values_of(form)] for name in values}


def post_forms(tree: Element) -> list[Element]:
    """The page's forms that are posted, each with the controls that stand elsewhere and say that they are its own."""
    forms = [e for e in tree.iter(f"{XHTML}form") if (e.get("method") or "get").lower() == "post"]
    return [_with_those_elsewhere(tree, form) for form in forms]


def _with_those_elsewhere(tree: Element, form: Element) -> Element:
    inside = set(form.iter())
    whole = copy(form)  # the tree itself is others' too
    whole.extend(e for e in tree.iter() if e.get("form") and e.get("form") == form.get("id") and e not in inside)
    return whole


def actions_of(form: Element, path: str) -> list[str]:
    """Where the form of this page is sent to: its own address, and those of its buttons."""
    return [form.get("action") or path, *(str(e.get("formaction")) for e in form.iter() if e.get("formaction"))]


def _form_with(tree: Element, keys: list[str], button: str | None) -> tuple[Element, Element | None]:
    for form in post_forms(tree):
        pressed = next((e for e in buttons_of(tree, form) if _text(e) == button), None)
        if (button is None or pressed is not None) and all(_name(tree, form, key) for key in keys):
            return form, pressed
    raise AssertionError(f"no POST form with {keys} and the button {button!r}")


def buttons_of(tree: Element, form: Element) -> list[Element]:
    """The form's buttons: those in it, and those that stand elsewhere on the page and name it."""
    within = {e for e in form.iter(f"{XHTML}button") if e.get("form") is None}
    by_name = {e for e in tree.iter(f"{XHTML}button") if e.get("form") and e.get("form") == form.get("id")}
    return [e for e in tree.iter(f"{XHTML}button") if e in within | by_name]


def _name(tree: Element, form: Element, key: str) -> str:
    controls = [e for e in form.iter() if e.get("name")]
    if any(e.get("name") == key for e in controls):
        return key
    wanted = {e.get("for") for e in tree.iter(f"{XHTML}label") if _text(e) == key}
    return next((str(e.get("name")) for e in controls if e.get("id") in wanted), "")


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def values_of(form: Element) -> MultiDict[str, str]:
    """What the form sends as it stands, without a button."""
    values: MultiDict[str, str] = MultiDict()
    for e in form.iter():
        tag, name = str(e.tag).removeprefix(XHTML), e.get("name")
        if not name or tag not in ("input", "textarea", "select"):
            continue
        if tag == "textarea":
            values.add(name, "".join(e.itertext()))
        elif tag == "select":
            chosen = [o for o in e.iter(f"{XHTML}option") if o.get("selected") is not None]
            for option in chosen or list(e.iter(f"{XHTML}option"))[:1]:
                values.add(name, option.get("value", _text(option)))
        elif e.get("type") in ("checkbox", "radio"):
            if e.get("checked") is not None:
                values.add(name, e.get("value") or "on")
        elif e.get("type") not in ("file", "submit", "button", "image"):
            values.add(name, e.get("value") or "")
    return values


def _fill(values: MultiDict[str, str], form: Element, name: str, value: Any) -> None:
    values.poplist(name)
    if value is True:
        box = next(e for e in form.iter(f"{XHTML}input") if e.get("name") == name)
        values.add(name, box.get("value") or "on")
    elif isinstance(value, list | tuple):
        values.setlist(name, [str(one) for one in value])
    elif value is not False and value is not None:
        values.add(name, str(value))
