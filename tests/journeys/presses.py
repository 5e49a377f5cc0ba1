"""How many times a person presses: each touch of the screen or button of the mouse is one, whatever comes of it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_COUNTING = """addEventListener("pointerdown", () => {
  localStorage.setItem("presses", 1 + Number(localStorage.getItem("presses")));
}, true)"""


def count_presses(page: "Page") -> None:
    """From the next page on."""
    page.add_init_script(_COUNTING)


def presses(page: "Page") -> int:
    """So many until now."""
    return int(page.evaluate("Number(localStorage.getItem('presses'))"))
