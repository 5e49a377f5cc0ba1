"""The words by which a sentence without a heading over it shows what it is about."""

import re

_CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("sending", re.compile(r"\b(?:sista ansöknings|ansök\b|ansökan\b|skicka\b|mejla\b|maila\b|sänd\b|bifoga\b)", re.I)),
    (
        "contact",
        re.compile(
            r"\b(?:vid frågor|har du frågor|frågor om (?:tjänsten|uppdraget|anställningen)|frågor besvaras"
            r"|upplysningar|kontakta|mer information)\b",
            re.I,
        ),
    ),
    (
        "wanted",
        re.compile(
            r"(?:vi söker (?:därför )?dig\b|vi söker en person\b|vi söker någon\b|du (?:är|har|bör|måste"
            r"|behöver|kan|trivs|delar|som)\b"
            r"|du ska (?:ha|vara|kunna)\b|som person\b|(?:arbetet|tjänsten|uppdraget|rollen|vi) kräver\b"
            r"|vidare ser vi\b|vi ser (?:också |även )?gärna\b"
            r"|det är (?:också |även |därför )?(?:viktigt|meriterande|ett krav|en fördel|önskvärt)\b|krav\b"
            r"|meriterande\b|som merit\b"
            r"|.{0,120}\b(?:är ett krav|är krav|är (?:en |också |även |starkt |mycket )?merit(?:erande)?|krävs)\b)",
            re.I,
        ),
    ),
    (
        "terms",
        re.compile(
            r"\b(?:anställning(?:en|s\w+)?|heltid|halvtid|deltid|vikariat\w*|tillträd\w*|\w*lön(?:en"
            r"|esättning)?|arbetstid\w*|placerad"
            r"|placeringsort|tidsbegränsad|visstid|distans\w*|tjänsten (?:är|sker på plats|utgår|gäller"
            r"|omfattar|avser))\b",
            re.I,
        ),
    ),
    (
        "tasks",
        re.compile(
            r"(?:du kommer(?: också| även)? att\b|du ska\b|du (?:arbetar|stödjer|stöttar|bistår|bidrar"
            r"|ansvarar|skriver|hjälper)\b"
            r"|dina (?:arbets)?uppgifter\b|i (?:arbetet|tjänsten|uppdraget|rollen|arbetsuppgifterna) (?:ingår|som)\b"
            r"|(?:arbetet|tjänsten|uppdraget|rollen|arbetsuppgifterna) (?:innebär|består|omfattar|innefattar"
            r"|är bland annat)\b"
            r"|arbetsuppgifter\b|exempel på (?:arbets)?uppgifter\b|som politisk sekreterare (?:arbetar|kommer"
            r"|ska|hjälper|stödjer|stöttar)\b)",
            re.I,
        ),
    ),
)


def cue_of(sentence: str) -> str | None:
    """The kind of section the sentence would stand in, or None when it says nothing of it."""
    for kind, cue in _CUES:
        anchored = kind in {"wanted", "tasks"}
        if cue.match(sentence) if anchored else cue.search(sentence):
            return kind
    return None


_TERMS = re.compile(
    r"(?:arbetstid\w*|(?:tjänsten|vikariatet|anställningen|arbetet|uppdraget) (?:är (?:en |ett )?(?:\w{1,20}"
    r" )?(?:placera\w*|tidsbegränsa\w*|på (?:hel|del|halv)tid"
    r"|heltid\w*|deltid\w*|halvtid\w*|vikariat\w*|visstid\w*|tillsvidare\w*)|sker på plats|utgår|gäller|avser"
    r"|löper|tillträds|omfattar"
    r" [0-9]|börjar|kan (?:delvis )?utföras)"
    r"|(?:det finns )?(?:\w{1,20} )?möjlighet(?:er)? till distans|distansarbete|individuell löne|lön(?:en)?\b"
    r"|placering|tillträde|anställningsform"
    r"|omfattning|kvälls- och|sista ansöknings|välkommen med|enligt kommunallagen)",
    re.I,
)


def speaks_of_terms(sentence: str) -> bool:
    """Whether a sentence under tasks or qualities is about the employment: a page break often swallows the heading."""
    return _TERMS.match(sentence) is not None


_DIVERTS = (
    (
        "sending",
        re.compile(
            r"(?:välkommen med|skicka |mejla |maila |sänd |ansökan (?:ska|skickas|sänds|med|mejlas)|din"
            r" ansökan|sista ansöknings"
            r"|(?:ansök|sök) (?:senast|via|genom)|urval|intervjuer)",
            re.I,
        ),
    ),
    (
        "contact",
        re.compile(
            r"(?:vid frågor|har du frågor|frågor (?:om (?:tjänsten|uppdraget|anställningen)|besvaras)"
            r"|upplysningar|kontakta "
            r"|för (?:mer|ytterligare) (?:information|upplysningar)|vill du veta mer)",
            re.I,
        ),
    ),
)


def diverted_to(paragraph: str) -> str | None:
    """The section a paragraph under tasks or qualities really belongs to, when its first words show another one."""
    if speaks_of_terms(paragraph):
        return "terms"
    return next((kind for kind, cue in _DIVERTS if cue.match(paragraph)), None)
