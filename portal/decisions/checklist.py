"""What must hold before anybody gets their word, as an ordered list: each line leads to the place where it is done and
says in words what is missing. The same lines stop a release that comes too early.

Nothing of it is judged by the machine: it counts what people have recorded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from portal.swedish_dates import in_words

Status = Literal["done", "fix", "left", "waiting"]


@dataclass(frozen=True, slots=True)
class Assessor:
    """How far one of the panel has come with the candidates that count."""

    name: str
    unanswered: int  # questions of jäv
    handed_in: bool  # for every candidate they judge


@dataclass(frozen=True, slots=True)
class Facts:
    """One recruitment, in counts. ``first_…`` are places on pages: the first candidate who lacks something."""

    open_until: str  # the last day in words while the ad takes applications, else empty
    candidates: int
    without_outcome: int
    without_reason: int
    hired: int  # those who have declined are not among them
    posts: int
    term_fault: str  # the sentence of the rule that the ad's last day breaks; empty where it is lawful
    latest_end: str  # the last lawful day in words, where it is known
    employed: int  # of the hired, those whose employment is recorded, and so lawful
    panel: tuple[Assessor, ...]
    last_minute_passed: bool
    unread: int  # texts that nobody has proof-read, to those who have had no word
    unanswered_offers: int
    declined: int = 0  # who were to be hired and have said no
    decider: Assessor | None = None  # who decides and does not assess
    decider_gone: bool = False  # somebody was named to and has left: nobody does
    fallen: int = 0  # who are to be hired, have had no word, and have fallen on a krav
    begun: int = 0  # registrations of what came by post or mail that are not finished
    unjudged: int = 0  # candidates still in question for whom everybody in the panel has jäv
    first_without_outcome: str = ""
    first_unread: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``missing`` is empty when nothing is; ``endpoint`` takes the ad's id, ``anchor`` is a place there.

    ``offers_too``: it must hold before the post is offered, and not only before everybody gets their word.
    """

    key: str
    text: str
    status: Status
    missing: str = ""
    endpoint: str = ""
    anchor: str = ""
    offers_too: bool = True

    @property
    def stops(self) -> bool:
        """Whether nobody is told anything while it stands so."""
        return self.status in ("fix", "left")


def lines_of(facts: Facts) -> list[Line]:
    """The checklist in the order in which one goes through it."""
    return [
        _closed(facts),
        _term(facts),
        _post(facts),
        _outcomes(facts),
        _reasons(facts),
        *_fallen(facts),
        *_panel(facts),
        *_decider(facts),
        *_begun(facts),
        _words(facts),
        *_offers(facts),
    ]


def stopping(facts: Facts, *, offer: bool) -> Iterator[Line]:
    """The lines that stop an offer, or everybody's word."""
    return (line for line in lines_of(facts) if line.stops and (line.offers_too or not offer))


def _counted(count: int, one: str, many: str, *, neuter: bool = False) -> str:
    return f"{in_words(count, neuter=neuter).capitalize()} {one if count == 1 else many}"


def _closed(facts: Facts) -> Line:
    if facts.open_until:
        missing = f"Annonsen är öppen till och med {facts.open_until}. Beskeden kan gå ut när den har stängt."
        return Line("closed", "Ansökningstiden är slut", "left", missing)
    return Line("closed", "Ansökningstiden är slut", "done")


def _term(facts: Facts) -> Line:
    text, where = "Slutdatumet är lagligt", "contracts.employ"
    if not facts.hired:
        return Line("term", text, "waiting", "Gäller först när någon ska anställas.")
    if facts.term_fault and facts.employed < facts.hired:
        missing = f"{facts.term_fault} Registrera anställningen med ett slutdatum som håller."
        return Line("term", text, "fix", missing, where)
    until = f", längst till och med {facts.latest_end}" if facts.latest_end else ""
    return Line("term", text + until, "done", endpoint=where)


def _post(facts: Facts) -> Line:
    posts = "en tjänst" if facts.posts == 1 else f"{in_words(facts.posts)} tjänster"
    text = "Tjänsten är ledig" if facts.posts == 1 else "Tjänsterna är lediga"
    if facts.hired > facts.posts:
        missing = f"{_counted(facts.hired, 'sökande', 'sökande')} ska anställas, men annonsen gäller {posts}."
        return Line("post", text, "fix", missing, "decisions.outcome")
    taken = "" if facts.posts == 1 else f" · {in_words(facts.hired)} av {posts} tas i anspråk"
    if empty := left_empty(facts):
        return Line("post", text + taken, "waiting", empty, "decisions.outcome")
    return Line("post", text + taken, "done", "", "decisions.outcome")


def left_empty(facts: Facts) -> str:
    """Where one who was to be hired has declined and nobody else is to have the post: that it is empty, in a sentence. It
    stops nobody, for to leave it so is theirs to decide."""
    left = min(facts.declined, facts.posts - facts.hired)
    if left <= 0:
        return ""
    which = "Tjänsten är" if facts.posts == 1 else f"{_counted(left, 'tjänst är', 'tjänster är')}"
    filled = "tillsatt" if left == 1 else "tillsatta"
    who = "den som skulle anställas har tackat nej" if left == 1 else "de som skulle anställas har tackat nej"
    then = "Ska någon annan anställas, ändra utfallet innan beskeden går ut."
    return f"{which} inte {filled}: {who}. {then}"


def _outcomes(facts: Facts) -> Line:
    text, where = "Alla sökande har ett utfall", "decisions.outcome"
    if facts.without_outcome:
        missing = f"{_counted(facts.without_outcome, 'sökande', 'sökande')} saknar utfall."
        return Line("outcomes", text, "left", missing, where, facts.first_without_outcome, offers_too=False)
    return Line("outcomes", text, "done", endpoint=where)


def _reasons(facts: Facts) -> Line:
    text, where = "Varje utfall har ett skäl som hör till ett krav eller en merit", "decisions.outcome"
    if facts.without_reason:
        missing = f"{_counted(facts.without_reason, 'utfall', 'utfall', neuter=True)} saknar skäl."
        return Line("reasons", text, "left", missing, where)
    status: Status = "waiting" if facts.candidates and facts.without_outcome == facts.candidates else "done"
    return Line("reasons", text, status, endpoint=where)


def _fallen(facts: Facts) -> Iterator[Line]:
    """Two decisions of one candidate that contradict each other: whoever reads the file would find both."""
    if facts.fallen:
        who = _counted(facts.fallen, "sökande som ska anställas", "sökande som ska anställas")
        missing = f"{who} har fallit på ett krav. Ta tillbaka det beslutet, med skälet, eller skriv ett annat utfall."
        yield Line("fallen", "Ingen som ska anställas har fallit på ett krav", "fix", missing, "review.requirements")


def _panel(facts: Facts) -> Iterator[Line]:
    """Who assessed binds those who are hired: where nobody is, everybody gets the same word whatever the panel has done."""
    asked, handed = "Alla bedömare har svarat om jäv", "Alla bedömare har lämnat in, eller sista minuten har gått"
    if not facts.panel:
        none = "Ingen är utsedd att bedöma. Det går att besluta ändå, men då finns ingen bedömning att visa efteråt."
        yield Line("panel", "Bedömare är utsedda", "waiting", none, "review.panel")
        return
    silent = [one.name for one in facts.panel if one.unanswered]
    yield _of_panel("jav", asked, facts, silent, "har inte svarat om jäv för alla sökande.")
    yield from _unjudged(facts)
    late = [] if facts.last_minute_passed else [one.name for one in facts.panel if not one.handed_in]
    yield _of_panel("handed_in", handed, facts, late, "har inte lämnat in.")


def _unjudged(facts: Facts) -> Iterator[Line]:
    if facts.unjudged:
        whom = _counted(facts.unjudged, "sökande", "sökande").lower()
        missing = f"Alla bedömare har jäv mot {whom}, så ingen bedömer. Utse en ersättare, eller en bedömare till."
        status: Status = "left" if facts.hired else "waiting"
        yield Line("unjudged", "Någon utan jäv bedömer varje sökande", status, missing, "review.panel")


def _of_panel(key: str, text: str, facts: Facts, names: list[str], what: str) -> Line:
    if not names:
        return Line(key, text, "done", endpoint="review.panel")
    status: Status = "left" if facts.hired else "waiting"
    return Line(key, text, status, f"{_listed(names)} {what}", "review.panel")


def _decider(facts: Facts) -> Iterator[Line]:
    one = facts.decider
    if facts.decider_gone:
        status: Status = "left" if facts.hired else "waiting"
        missing = "Den som skulle besluta är inte kvar. Välj vem som beslutar."
        yield Line("decider", "Någon är utsedd att besluta", status, missing, "review.panel")
    if one is not None:
        silent = [one.name] if one.unanswered else []
        what = "har inte svarat om jäv för alla sökande, och kan inte besluta innan dess."
        yield _of_panel("decider_jav", "Den som beslutar har svarat om jäv", facts, silent, what)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} och {names[-1]}"


def _begun(facts: Facts) -> Iterator[Line]:
    """Once everybody has their word nothing more is registered, and what came in time would be assessed by nobody."""
    if facts.begun:
        count = _counted(facts.begun, "påbörjad registrering", "påbörjade registreringar")
        then = (
            "är inte klar: registrera eller ta bort den"
            if facts.begun == 1
            else "är inte klara: registrera eller ta bort dem"
        )
        text, where = "Det som har kommit med post eller e-post är registrerat", "intake.begin"
        yield Line("begun", text, "left", f"{count} {then}.", where, offers_too=False)


def _words(facts: Facts) -> Line:
    text, where = "Beskeden är korrekturlästa", "decisions.words"
    if facts.unread:
        words = _counted(facts.unread, "besked är inte korrekturläst", "besked är inte korrekturlästa", neuter=True)
        return Line("words", text, "left", f"{words}.", where, facts.first_unread, offers_too=False)
    status: Status = "waiting" if facts.candidates and facts.without_outcome == facts.candidates else "done"
    return Line("words", text, status, endpoint=where)


def _offers(facts: Facts) -> Iterator[Line]:
    if facts.unanswered_offers:
        missing = f"{_counted(facts.unanswered_offers, 'erbjuden', 'erbjudna')} har inte svarat."
        text = "Den som har erbjudits tjänsten har svarat"
        yield Line("offers", text, "left", missing, "decisions.outcome", offers_too=False)
