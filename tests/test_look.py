"""Contrast of the colour tokens, computed for 72 hues: whichever hue a party picks is safe to read."""

import math
import re
from functools import cache
from itertools import product

import pytest

from portal.organisations import forms
from portal.paths import STATIC

HUES = range(0, 360, 5)
LIGHT, DARK = 0, 1
COLOUR = re.compile(r"oklch\(([\d.]+)% (?:calc\(([\d.]+) \* var\(--c\)\)|([\d.]+)) (?:var\(--h\)|([\d.]+))\)")
TOKEN = re.compile(r"--([a-z0-9-]+): light-dark\((oklch\(.*?\)), (oklch\(.*?\))\);")

# (text, ground, least light, least dark), the worst of all hues
TABLE = [
    ("ink", "paper", 16.3, 15.4),
    ("ink-2", "surface", 6.9, 7.9),
    ("accent", "paper", 6.8, 8.5),
    ("accent", "wash", 6.0, 6.7),
    ("on-accent", "accent", 6.9, 8.4),
    ("on-fill", "fill", 6.9, 4.6),
    ("edge", "paper", 4.1, 4.6),
    ("edge", "sheet", 4.2, 3.7),
    ("edge", "surface", 3.8, 4.1),
    ("fill", "paper", 6.8, 3.1),
    ("ink", "heat-3", 6.2, 4.7),
    ("stop", "stop-wash", 6.6, 7.2),
    ("warn", "warn-wash", 4.5, 4.5),
    ("good", "good-wash", 4.5, 4.5),
    ("ink", "wash", 4.5, 4.5),
    ("ink", "sheet", 4.5, 4.5),
    ("ink-2", "paper", 4.5, 4.5),
    ("accent-2", "paper", 4.5, 4.5),
    ("on-accent", "accent-2", 4.5, 4.5),
]


@cache
def tokens() -> dict[str, tuple[str, str]]:
    css = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    return {name: (light, dark) for name, light, dark in TOKEN.findall(css)}


def linear(colour: str, hue: float, chroma: float) -> tuple[float, ...]:
    """oklch to linear sRGB, cut to what a screen can show (Ottosson 2020)."""
    found = COLOUR.fullmatch(colour)
    assert found, colour
    light, scaled, fixed, own_hue = found.groups()
    c = float(scaled) * chroma if scaled else float(fixed)
    angle = math.radians(float(own_hue) if own_hue else hue)
    a, b, lightness = c * math.cos(angle), c * math.sin(angle), float(light) / 100
    cone = (
        (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3,
        (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3,
        (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3,
    )
    matrix = (
        (4.0767416621, -3.3077115913, 0.2309699292),
        (-1.2684380046, 2.6097574011, -0.3413193965),
        (-0.0041960863, -0.7034186147, 1.7076147010),
    )
    return tuple(min(max(sum(m * x for m, x in zip(row, cone, strict=True)), 0), 1) for row in matrix)


def luminance(colour: str, hue: float, chroma: float) -> float:
    return sum(w * x for w, x in zip((0.2126, 0.7152, 0.0722), linear(colour, hue, chroma), strict=True))


def worst(text: str, ground: str, scheme: int) -> float:
    """The least contrast (WCAG 2.2) over all hues, for a full and for a muted party."""

    def contrast(hue: float, chroma: float) -> float:
        pair = sorted((luminance(tokens()[name][scheme], hue, chroma) for name in (text, ground)), reverse=True)
        return (pair[0] + 0.05) / (pair[1] + 0.05)

    return min(contrast(hue, chroma) for hue, chroma in product(HUES, (0, 0.45, 1)))


@pytest.mark.parametrize(("text", "ground", "light", "dark"), TABLE)
def test_every_hue_keeps_the_contrast_that_was_promised(text: str, ground: str, light: float, dark: float) -> None:
    assert round(worst(text, ground, LIGHT), 1) >= light
    assert round(worst(text, ground, DARK), 1) >= dark


def test_every_colour_of_the_table_stands_in_the_style_sheet_for_both_schemes() -> None:
    named = {name for pair in TABLE for name in pair[:2]}
    assert named | {"rule", "heat-0", "heat-1", "heat-2"} <= set(tokens())


def test_ink_can_be_read_on_every_step_of_the_heat_map() -> None:
    for step, scheme in product(range(4), (LIGHT, DARK)):
        assert worst("ink", f"heat-{step}", scheme) >= 4.5


def test_a_row_of_a_task_list_keeps_clear_of_its_lines_where_it_takes_two() -> None:
    sheet = (STATIC / "css" / "staff.css").read_text(encoding="utf-8")
    row = re.search(r"\.tasks li > a, \.tasks li > span:first-child {([^}]*)}", sheet)
    assert row and "padding-block" in row[1] and "min-block-size: 46px" in row[1]


def test_no_text_is_set_smaller_than_fourteen_pixels() -> None:
    sizes = re.compile(r"font(?:-size)?:[^;]*?([\d.]+)rem")
    for path in (STATIC / "css").glob("*.css"):
        for size in sizes.findall(path.read_text(encoding="utf-8")):
            assert float(size) >= 0.875, f"{path.name}: {size}rem"


@pytest.mark.parametrize("hue", [hue for hue, _ in forms.HUES])
def test_a_party_sees_each_colour_that_it_can_choose(hue: int) -> None:
    rule = f'#hue .choice:has([value="{hue}"]) {{ --h: {hue}; }}'
    assert rule in (STATIC / "css" / "staff.css").read_text()
