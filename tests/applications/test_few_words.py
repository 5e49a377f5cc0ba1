"""An application takes less than five minutes, for there is little to read on its three pages.

A newcomer who answers every question types for two minutes (35 words a minute on a phone), and taps and fetches files for
one. That leaves two minutes for reading, at 200 words a minute, ad's own questions included. So each page has a limit:
whoever adds a paragraph takes another away, or lays it one press off (`details`, the linked page). What the law wants to be
told beforehand stays. Before the limits there were 475 words.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.applications.paper import base, page_one, page_two
from tests.pages import XHTML, parse
from tests.world import World, publish_ad

# The stage's ad has five questions. What was typed is counted as it is shown back: fourteen words.
WORDS = {"": 68, "/handlingar": 141, "/kontrollera": 78}
CONSENT = 77  # words more on page one where a party employs: its sentence is one that people have agreed to, by version
UNSEEN = {"script", "option", "textarea"}


def test_the_three_pages_keep_to_their_words(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    counted = {"": words_on(client.get(base(ad)))}
    page_one(client, ad)
    counted["/handlingar"] = words_on(client.get(f"{base(ad)}/handlingar"))
    page_two(client, ad)
    counted["/kontrollera"] = words_on(client.get(f"{base(ad)}/kontrollera"))
    assert {page: n for page, n in counted.items() if n > WORDS[page]} == {}, counted


def test_a_partys_first_page_has_its_consent_more_and_nothing_else(world: World, client: FlaskClient) -> None:
    assert words_on(client.get(base(publish_ad(world, employer="party")))) <= WORDS[""] + CONSENT


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("Ett två<p>tre, fyra 1 500</p>", 6),
        ("<p class='dim vh'>Ett</p><p hidden>två</p><p aria-hidden=true>tre</p> fyra", 1),
        ("<details><summary>Mer här</summary>Ett två</details>tre", 3),
        ("<details open><summary>Mer</summary>Ett två</details>", 3),
        ("<label>Brev <textarea>Ett två tre</textarea></label>", 1),
    ],
)
def test_what_is_counted_is_what_is_seen(page: str, seen: int) -> None:
    tree = parse(f"<!doctype html><title>T</title><main>{page}</main>")
    assert len(list(words_in(next(tree.iter(f"{XHTML}main"))))) == seen


def words_on(page: TestResponse) -> int:
    """How many words a page puts before its reader, from its head with the ad to its last button."""
    (main,) = parse(page.get_data(as_text=True)).iter(f"{XHTML}main")
    return len(list(words_in(main)))


def words_in(element: Element) -> Iterator[str]:
    """Those that are seen: not what is only read aloud, what a script will show, nor what lies behind a closed `details`."""
    tag = str(element.tag).removeprefix(XHTML)
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    if hidden or tag in UNSEEN or "vh" in (element.get("class") or "").split():
        return
    closed = tag == "details" and element.get("open") is None
    if not closed:
        yield from re.findall(r"\w[\w.:@/-]*", element.text or "")
    for child in element:
        if not closed or str(child.tag) == f"{XHTML}summary":
            yield from words_in(child)
        if not closed:
            yield from re.findall(r"\w[\w.:@/-]*", child.tail or "")
