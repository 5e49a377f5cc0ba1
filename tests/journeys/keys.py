"""What a person does who has a keyboard alone: Tab to a thing, see that it has the focus, and press it."""

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

Role = Literal["button", "checkbox", "combobox", "link", "radio", "textbox"]
FAR = 150  # so many stops on one page, and nobody would have gone on

# The focus is to be seen: it has an outline of its own or around its label, within the window, and nothing lies over it.
_SEEN = """element => {
  const shown = [element, ...(element.labels ?? [])].filter((one) => one.getBoundingClientRect().width > 1);
  const outlined = (one) => {
    const { outlineStyle, outlineWidth } = one ? getComputedStyle(one) : { outlineStyle: "none" };
    return outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
  };
  const around = [element, element.closest("label"), element.closest(".step"), ...(element.labels ?? [])];
  if (!element.matches(":focus-visible") || !around.some(outlined)) return "no outline";
  const uncovered = shown.some((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    return there && (one.contains(there) || there.contains(element));
  });
  return uncovered ? "" : "covered, or outside of the window";
}"""


def tab_to(page: "Page", role: Role, name: str | re.Pattern[str], back: bool = False) -> None:
    """Press Tab until that has the focus (Shift+Tab with ``back``), and see that it shows."""
    tab_on(page, page.get_by_role(role, name=name, exact=True), back)


def tab_on(page: "Page", wanted: "Locator", back: bool = False) -> None:
    """The same for anything that can be found on the page."""
    wanted.first.wait_for(state="attached")
    for _ in range(FAR):
        if focused(page).and_(wanted).count():
            fault = focused(page).evaluate(_SEEN)
            assert fault == "", f"{page.url}: {wanted}: {fault}"
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"{page.url}: Tab never came to {wanted}")


def focused(page: "Page") -> "Locator":
    """What has the focus."""
    return page.locator(":focus")


def enter(page: "Page", role: Role, name: str | re.Pattern[str]) -> None:
    """Tab to it and press Enter, and be on the page it leads to."""
    tab_to(page, role, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose_file(page: "Page", name: str, file: str, content: str) -> None:
    """Tab to a place for a file, press Enter, and take a file in the window that opens."""
    tab_on(page, page.locator(f"input[type=file][name={name}]"))
    with page.expect_file_chooser() as opened:
        page.keyboard.press("Enter")
    opened.value.set_files({"name": file, "mimeType": "", "buffer": content.encode()})


def tick(page: "Page", name: str) -> None:
    """Tab to a box or a choice and press the space bar."""
    tab_to(page, "checkbox", name)
    page.keyboard.press("Space")


def write(page: "Page", name: str, text: str) -> None:
    """Tab to a field and write in it, in the place of what stands there."""
    tab_to(page, "textbox", name)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
