"""Every address that a page leads to, and where those lead."""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import html5lib
from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.pages import XHTML, faults_of, parse

if TYPE_CHECKING:
    from playwright.sync_api import APIRequestContext

HTML = "text/html"


@dataclass
class Found:
    """What a crawl found: pages by address with their endpoint, pictures and files, and what can be posted to."""

    pages: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    posts: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


def crawl(app: Flask, browser: "APIRequestContext", base: str, start: list[str], each: int = 1000) -> Found:
    """Follow links, pictures and forms: all of ``start``, else at most ``each`` addresses for each endpoint and language."""
    found, seen, waiting, taken = Found(), set(start), list(start), Counter[str]()
    while waiting:
        place = waiting.pop(0)
        endpoint = endpoint_of(app, place)
        if endpoint is None or (taken[endpoint] >= each and place not in start):
            continue
        taken[endpoint] += 1
        answer = browser.get(base + place, max_redirects=0)
        if 300 <= answer.status < 400:
            links = [answer.headers["location"]]
        elif not answer.headers.get("content-type", "").startswith(HTML):
            found.files.append(place)
            links = []
        else:
            links = _links(answer.text(), found)
            found.pages[place] = endpoint
            found.faults += [f"{place}: {fault}" for fault in faults_of(answer.text())]
        if answer.status >= 400:
            found.faults.append(f"{place}: {answer.status}")
        for link in links:
            there = local(base, urljoin(base + place, link))
            if there and there not in seen:
                seen.add(there)
                waiting.append(there)
    return found


def endpoint_of(app: Flask, place: str) -> str | None:
    """The endpoint of an address that can be fetched, with its language where that is English."""
    parts = urlsplit(place)
    try:
        endpoint = app.url_map.bind("localhost").match(parts.path, method="GET")[0]
    except HTTPException:
        return None
    if endpoint == "assets.serve" or endpoint.startswith("demo."):
        return None
    return f"{endpoint}, English" if "lang=en" in parts.query else str(endpoint)


def local(base: str, address: str) -> str:
    """The address within the portal, without its fragment; empty for foreign ones."""
    parts = urlsplit(address)
    if f"{parts.scheme}://{parts.netloc}" != base:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _links(page: str, found: Found) -> list[str]:
    try:
        tree = parse(page)  # as it was for its faults
    except AssertionError:
        tree = html5lib.parse(page)
    for form in tree.iter(f"{XHTML}form"):
        if form.get("method") == "post" and form.get("action"):
            found.posts.add(str(form.get("action")))
    anchors = [e.get("href") for e in tree.iter(f"{XHTML}a")]
    pictures = [e.get("src") for e in tree.iter(f"{XHTML}img")]
    return [link for link in [*anchors, *pictures] if link]
