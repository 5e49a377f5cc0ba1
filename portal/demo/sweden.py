"""An invented country of the real one's shape, to measure with: who sits where, how many ads, how many apply.

PURE. The same sizes and the same seed give the same country.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

AUTHORITIES = 311  # 21 regions and 290 municipalities
PARTIES_EACH = 8
REGION_EACH = 15  # every fifteenth authority is a region
OPEN_SHARE, AUTHORITY_SHARE = 0.15, 0.7  # of the ads
SCORED_EACH = 20  # every twentieth closed ad has been scored
PANEL, LARGE_PANEL = 3, 9
SCORED = 1_000  # so many of an ad's candidates have scores, the first to arrive

_PLACES = (
    "Al",
    "Björk",
    "Dal",
    "Ek",
    "Furu",
    "Gran",
    "Hassel",
    "Idre",
    "Järn",
    "Kors",
    "Lind",
    "Mo",
    "Norr",
    "Ås",
    "Öst",
)
_ENDINGS = (
    "berga",
    "bäck",
    "fors",
    "hamn",
    "holm",
    "köping",
    "lunda",
    "mark",
    "näs",
    "stad",
    "sund",
    "torp",
    "vik",
    "ås",
)
_CAUSES = (
    "Närvårds",
    "Dal",
    "Skogs",
    "Kust",
    "Fjäll",
    "Slätt",
    "Bruks",
    "Landsbygds",
    "Stads",
    "Hamn",
    "Bygde",
    "Ådals",
)
_GROUPS = ("partiet", "listan", "samlingen", "rörelsen")
MOST_PARTIES = AUTHORITIES * (len(_CAUSES) * len(_GROUPS) - 1)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the country is. ``candidates`` asks for further ads of the first party with just that many each."""

    parties: int
    ads: int
    applications: int
    candidates: tuple[int, ...] = ()
    seed: int = 1


@dataclass(frozen=True, slots=True)
class AdPlan:
    """One ad. ``days_left`` is negative where the last day is over. ``complete``: its candidates have answered too."""

    by_authority: bool
    days_left: int
    applications: int
    panel: int
    scored: bool
    complete: bool = False


@dataclass(slots=True)
class PartyPlan:
    """One party of one authority."""

    name: str
    hue: int
    ads: list[AdPlan] = field(default_factory=list)


@dataclass(slots=True)
class AuthorityPlan:
    """One region or municipality with its parties."""

    name: str
    kind: str
    parties: list[PartyPlan] = field(default_factory=list)


def plan(sizes: Sizes) -> list[AuthorityPlan]:
    """The whole country. The first party is the one that is logged in to, the second its rival in the same house."""
    dice = random.Random(sizes.seed)  # noqa: S311 nothing is secret in an invented country
    count = min(AUTHORITIES, -(-sizes.parties // PARTIES_EACH))
    country = [AuthorityPlan(*_authority(number)) for number in range(count)]
    parties = []
    for number in range(sizes.parties):
        home = country[max(0, number - 1) % count]  # the second with the first: rivals in one house
        parties.append(PartyPlan(_party(len(home.parties)), dice.randrange(360)))
        home.parties.append(parties[-1])
    parties[0].ads += [
        AdPlan(by_authority=True, days_left=-3, applications=n, panel=LARGE_PANEL, scored=True, complete=True)
        for n in sizes.candidates
    ]
    for number, applications in enumerate(
        _shares(sizes.applications, [dice.paretovariate(2) for _ in range(sizes.ads)])
    ):
        parties[dice.randrange(len(parties))].ads.append(_ad(dice, number, applications))
    return country


def _ad(dice: random.Random, number: int, applications: int) -> AdPlan:
    is_open = dice.random() < OPEN_SHARE
    return AdPlan(
        by_authority=dice.random() < AUTHORITY_SHARE,
        days_left=dice.randint(1, 27) if is_open else -dice.randint(8, 700),
        applications=applications,
        panel=0 if is_open else PANEL,
        scored=not is_open and number % SCORED_EACH == 0,
    )


def _shares(total: int, weights: Sequence[float]) -> list[int]:
    """``total`` dealt out by weight, to the last one."""
    if not weights:
        return []
    whole = sum(weights)
    ends = [round(total * part / whole) for part in accumulate(weights)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _authority(number: int) -> tuple[str, str]:
    place = f"{_PLACES[number % len(_PLACES)]}{_ENDINGS[number // len(_PLACES) % len(_ENDINGS)]}"
    place += "" if number < len(_PLACES) * len(_ENDINGS) else " södra"
    return (f"Region {place}", "region") if number % REGION_EACH == 0 else (f"{place} kommun", "kommun")


def _party(number: int) -> str:
    return f"{_CAUSES[number % len(_CAUSES)]}{_GROUPS[number // len(_CAUSES)]}"
