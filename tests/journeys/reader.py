"""What a screen reader is told of a page: Chromium's own accessibility tree, and what is amiss in it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

ONCE = ("banner", "main", "contentinfo")
FIELDS = {"textbox", "searchbox", "spinbutton", "checkbox", "radio", "combobox", "listbox", "slider", "switch", "Date"}
NAMED = FIELDS | {"button", "link", "DisclosureTriangle", "radiogroup", "dialog", "table", "image"}


@dataclass(frozen=True)
class Said:
    """One thing as it is read out."""

    role: str
    name: str
    description: str
    properties: dict[str, Any] = field(default_factory=dict)

    @property
    def is_wrong(self) -> bool:
        """Whether it is read out as wrongly filled in."""
        return self.properties.get("invalid", "false") != "false"


def heard_on(page: "Page") -> list[Said]:
    """Everything that is read out on a page, in its order."""
    client = page.context.new_cdp_session(page)
    try:
        client.send("Accessibility.enable")
        nodes = client.send("Accessibility.getFullAXTree")["nodes"]
    finally:
        client.detach()
    return [_said(node) for node in nodes if not node["ignored"]]


def _said(node: dict[str, Any]) -> Said:
    def text(key: str) -> str:
        return " ".join(str(node.get(key, {}).get("value", "")).split())

    properties = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
    return Said(text("role"), text("name"), text("description"), properties)


def faults_heard(page: "Page", *, step: str = "") -> list[str]:
    """What is amiss with the page for whoever hears it; ``step`` is where in the progress list one should be."""
    heard = heard_on(page)
    found = [*_frame(heard), *_names(heard), *_groups(page, heard), *_errors(page, heard)]
    if step and step not in _read_out(heard):
        found.append(f"does not say {step}")
    return [f"{page.url}: {fault}" for fault in found]


def _read_out(heard: list[Said]) -> str:
    return " ".join("".join(one.name if one.role == "StaticText" else "\n" for one in heard).split())


def _frame(heard: list[Said]) -> Iterator[str]:
    roles = Counter(one.role for one in heard)
    yield from (f"{roles[role]} of {role}" for role in ONCE if roles[role] != 1)
    first = [one.name for one in heard if one.role == "heading" and one.properties.get("level") == 1]
    if len(first) != 1 or not first[0]:
        yield f"headings of level 1: {first}"
    levels = [one.properties["level"] for one in heard if one.role == "heading"]
    yield from (f"heading {now} after {then}" for then, now in pairwise(levels) if now > then + 1)
    navigations = [one.name for one in heard if one.role == "navigation"]
    if len(set(navigations)) != len(navigations):
        yield f"navigations: {navigations}"


def _names(heard: list[Said]) -> Iterator[str]:
    yield from (f"{one.role} without a name" for one in heard if one.role in NAMED and not one.name)
    buttons = Counter(one.name for one in heard if one.role == "button")
    yield from (f"{count} buttons {name}" for name, count in buttons.items() if count > 1)
    leads: dict[str, set[str]] = {}
    for one in heard:
        if one.role == "link":
            leads.setdefault(one.name, set()).add(one.properties.get("url", ""))
    yield from (f"links {name}: {sorted(places)}" for name, places in leads.items() if len(places) > 1)


def _groups(page: "Page", heard: list[Said]) -> Iterator[str]:
    """What belongs together is read out under a name: one for each group of fields (a folded part is a group too)."""
    named = sum(one.role == "group" and bool(one.name) for one in heard)
    if named < page.locator("fieldset:visible").count():
        yield f"only {named} groups of fields with a name"


def _errors(page: "Page", heard: list[Said]) -> Iterator[str]:
    """What is wrong is read out as wrong, with the sentence that stands beside it, and nothing else is. Of a group of
    choices the sentence is read out with the group's name."""
    wrong = [one for one in heard if one.is_wrong]
    yield from (f"{one.role} {one.name} is wrong, and it is not said why" for one in wrong if not one.description)
    for sentence in page.locator("main .error").all_inner_texts():
        words = " ".join(sentence.split())
        if not any(words in one.description for one in heard if one.is_wrong or one.role in ("group", "radiogroup")):
            yield f"no field is said to be wrong by: {words}"
