"""The desk to whoever sits at it: how long from the press on *Nästa* to the next candidate, how large its targets are."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Chooses a step, waits until it is saved and a person has drawn breath, presses the button, and waits for the frame after
# the name has changed. A page that is left for another one never answers: then it was not at once.
_PRESS = """async ([step, breath]) => {
  const name = () => document.querySelector(".viewer-head h2").textContent;
  const before = name();
  (document.querySelector(`label[for="step-${step}"]`) ?? document.querySelector("[data-scale] .mini label")).click();
  while (!document.querySelector("[data-saved]").textContent.includes("Sparat")) await new Promise((go) => setTimeout(go, 5));
  await new Promise((go) => setTimeout(go, breath));
  const begun = performance.now();
  document.querySelector("[data-send]").click();
  while (name() === before) await new Promise((go) => setTimeout(go, 0));
  await new Promise((go) => requestAnimationFrame(() => setTimeout(go, 0)));
  return performance.now() - begun;
}"""


def moments_to_next(page: "Page", times: int, breath: int = 400) -> list[float]:
    """Milliseconds from press to picture, for so many candidates one after the other."""
    return [float(page.evaluate(_PRESS, [n % 4, breath])) for n in range(times)]


_SMALL = """([which, least]) => [...document.querySelectorAll(which)].flatMap((one) => {
  const { width, height } = one.getBoundingClientRect();
  const seen = one.checkVisibility() && width > 1; // what is for readers alone is one pixel
  return seen && Math.min(width, height) < least - 0.5 ? [`${one.textContent.trim()} ${width} x ${height}`] : [];
})"""
THUMB = 44  # pixels, WCAG 2.5.5


def small_targets(page: "Page", which: str) -> list[str]:
    """Those of the targets that are smaller than a thumb."""
    assert page.locator(which).count(), which
    return [str(one) for one in page.evaluate(_SMALL, [which, THUMB])]
