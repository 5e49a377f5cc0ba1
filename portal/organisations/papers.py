"""The papers on personal data that ship: which there are, whom each is for, and their text as lines to set. PURE."""

from typing import Final, Literal, NamedTuple

from portal.organisations.access import Role
from portal.refusal import N_

Mode = Literal["party", "authority", "processor"]
Style = Literal["title", "heading", "item", "plain"]


class Paper(NamedTuple):
    """One of them: its name in addresses and of its template, what it is called, what it is for, and whose it is."""

    key: str
    name: str
    purpose: str
    roles: frozenset[Role]


USUAL_MONTHS: Final = (
    24  # diskrimineringslagen (2008:567) 6:4; `posts.employer_model` says the same, and a test holds it
)

_CONTROLLERS: Final = frozenset({Role.KANSLI, Role.REGION})

PAPERS: Final = (
    Paper(
        "record",
        N_("Förteckning över behandling"),
        N_("Ska finnas hos var och en som ansvarar för eller behandlar uppgifterna (artikel 30)."),
        _CONTROLLERS | {Role.DRIFT},
    ),
    Paper(
        "dpia",
        N_("Konsekvensbedömning"),
        N_("En mall: riskerna för de sökande, det som är gjort åt dem och det ni själva bedömer (artikel 35)."),
        _CONTROLLERS,
    ),
    Paper(
        "agreement",
        N_("Biträdesavtal"),
        N_("En stomme till avtalet mellan den som ansvarar och den som driver portalen (artikel 28)."),
        _CONTROLLERS | {Role.DRIFT},
    ),
    Paper(
        "trials",
        N_("Skyddsåtgärder och prov"),
        N_("Vad portalen lovar, hur det är prövat och när det senast höll. Gjort av proven själva (artikel 32)."),
        _CONTROLLERS | {Role.DRIFT},
    ),
)
MODES: Final[dict[Role, Mode]] = {Role.KANSLI: "party", Role.REGION: "authority", Role.DRIFT: "processor"}


def papers_for(role: Role) -> list[Paper]:
    """Those that somebody in this role has use for."""
    return [paper for paper in PAPERS if role in paper.roles]


def lines_of(text: str) -> list[tuple[Style, str]]:
    """The lines of a paper's text: ``# title``, ``## heading``, ``- item``, and paragraphs."""
    marks: tuple[tuple[str, Style], ...] = (("## ", "heading"), ("# ", "title"), ("- ", "item"))
    found: list[tuple[Style, str]] = []
    for line in (one.strip() for one in text.split("\n")):
        style, words = next(
            ((style, line[len(mark) :]) for mark, style in marks if line.startswith(mark)), ("plain", line)
        )
        if words:
            found.append((style, words))
    return found
