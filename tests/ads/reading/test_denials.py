"""A demand beside what the posting says that it does not ask: each is read as what it is."""

import pytest

from portal.ads.reading.qualifications import read_qualities
from portal.ads.reading.sections import read_page


def told(text: str) -> tuple[list[str], list[str], list[str]]:
    """Demands, merits, and what is said to be spared and nothing more."""
    found = read_qualities(read_page(f"Kvalifikationer\n\n{text}"))
    assert set(found.spared) <= set(found.merits)
    merits = [row for row in found.merits if row not in found.spared]
    return list(found.requirements), merits, list(found.spared)


@pytest.mark.parametrize(
    ("text", "demands", "spared"),
    [
        ("Partimedlemskap krävs inte, men du måste dela våra värderingar.", "dela våra värderingar", "Partimedlemskap"),
        ("- Partimedlemskap krävs inte, men du måste dela våra mål", "dela våra mål", "Partimedlemskap"),
        ("Erfarenhet krävs inte, men du ska ha god skriftlig förmåga.", "god skriftlig förmåga", "Erfarenhet"),
        ("Vi ställer inga krav på erfarenhet men du ska ha lätt för att skriva.", "lätt för att skriva", "erfarenhet"),
        ("Partimedlemskap är inget krav men du behöver dela våra mål", "dela våra mål", "Partimedlemskap"),
        ("Partimedlemskap är inget måste, men att du delar våra mål.", "delar våra mål", "Partimedlemskap"),
        ("Partimedlemskap krävs inte, men det är viktigt att du delar våra mål.", "delar våra mål", "Partimedlemskap"),
        ("Partimedlemskap krävs inte. Däremot ska du dela våra mål.", "dela våra mål", "Partimedlemskap"),
        ("Partimedlemskap krävs inte, du ska dock dela våra mål.", "dela våra mål", "Partimedlemskap"),
        ("Partimedlemskap krävs inte men ett starkt engagemang.", "ett starkt engagemang", "Partimedlemskap"),
        ("Det krävs inte att du är medlem men att du delar våra mål.", "delar våra mål", "medlem"),
        ("Du behöver inte vara medlem i partiet men dela våra mål.", "dela våra mål", "medlem i partiet"),
        ("Inga förkunskaper behövs men du ska vara nyfiken.", "nyfiken", "förkunskaper"),
        ("Examen är inget krav, men god skriftlig förmåga är det.", "god skriftlig förmåga", "Examen"),
        ("Erfarenhet krävs inte, men vi lär upp dig, och du ska vara nyfiken.", "nyfiken", "Erfarenhet"),
        ("Körkort är ett krav, dock inte egen bil.", "Körkort", "egen bil"),
        ("Erfarenhet krävs inte – det viktiga är att du delar våra mål.", "delar våra mål", "Erfarenhet"),
        ("Erfarenhet krävs inte; däremot är det viktigt att du delar våra mål.", "delar våra mål", "Erfarenhet"),
        ("Vi kräver ingen partibok men väl ett stort engagemang.", "ett stort engagemang", "partibok"),
        ("Du ska dela våra mål, men partimedlemskap är inget krav.", "dela våra mål", "partimedlemskap"),
        ("- Du delar våra mål men behöver inte vara medlem", "Du delar våra mål", "medlem"),
        ("Vi söker dig som delar våra mål (medlemskap krävs inte).", "delar våra mål", "medlemskap"),
        ("Det är ett krav att du delar våra mål, men inte att du är medlem.", "delar våra mål", "medlem"),
        ("Körkort krävs men du behöver inte ha egen bil.", "Körkort", "egen bil"),
    ],
)
def test_a_demand_after_what_is_not_required_is_a_demand(text, demands, spared):
    assert told(text) == ([demands], [], [spared])


@pytest.mark.parametrize(
    ("text", "merit", "spared"),
    [
        ("Medlemskap krävs inte, men vi ser gärna att du delar våra mål.", ["delar våra mål"], ["Medlemskap"]),
        ("Medlemskap krävs inte, men det är en fördel om du delar våra mål.", ["delar våra mål"], ["Medlemskap"]),
        ("Examen krävs inte, men meriterande är erfarenhet av media.", ["erfarenhet av media"], ["Examen"]),
        ("Medlemskap krävs inte, men vi ser det som en fördel.", ["Medlemskap"], []),
        ("Körkort är inget krav men underlättar.", ["Körkort"], []),
        ("Examen krävs inte men värderas högt.", ["Examen"], []),
        ("Examen krävs inte men vi värderar det högt.", ["Examen"], []),
        ("Ingen utbildning krävs men utbildning är meriterande.", ["utbildning"], []),
        ("Erfarenhet krävs inte, men vi lär upp dig.", [], ["Erfarenhet"]),
    ],
)
def test_a_wish_or_an_offer_after_what_is_not_required_is_no_demand(text, merit, spared):
    assert told(text) == ([], merit, spared)


def test_a_demand_among_merits_is_a_demand():
    below = "Vi kräver inte att du är medlem i partiet, men du måste stå bakom våra värderingar"
    announced = told(f"Det är meriterande om du har:\n\n{below}")
    assert announced == (["stå bakom våra värderingar"], ["medlem i partiet"], [])
    assert told("Du måste kunna resa, och körkort är meriterande.") == (["kunna resa"], ["körkort"], [])
    assert told("Du har gärna skrivvana, men körkort är ett krav.") == (["körkort"], ["skrivvana"], [])
    assert told("Examen är meriterande men du måste kunna skriva.") == (["kunna skriva"], ["Examen"], [])


@pytest.mark.parametrize(
    ("text", "demands", "merits", "spared"),
    [
        ("Vi kräver inte bara skrivvana utan även mod.", ["inte bara skrivvana utan även mod"], [], []),
        ("Du behöver inte bara kunna skriva utan också tala.", ["inte bara kunna skriva utan också tala"], [], []),
        ("Det krävs inte bara skrivvana utan mod.", ["inte bara skrivvana utan mod"], [], []),
        ("Det är inte ett krav men meriterande med språkkunskaper.", [], ["språkkunskaper"], []),
        ("Det är inget krav, men meriterande, om du har körkort", [], ["körkort"], []),
        ("Det är inget krav utan en merit om du har körkort.", [], ["körkort"], []),
        ("Det krävs ingen partibok.", [], [], ["partibok"]),
        ("Det behövs ingen partibok.", [], [], ["partibok"]),
        ("Du har gärna, men måste inte ha, körkort.", [], ["körkort"], []),
        ("Partimedlemskap förutsätts inte.", [], [], ["Partimedlemskap"]),
        ("Partimedlemskap behövs inte.", [], [], ["Partimedlemskap"]),
        ("Partimedlemskap krävs inte, inte heller körkort.", [], [], ["Partimedlemskap", "körkort"]),
        ("- Utan krav på körkort", [], [], ["körkort"]),
        ("Något krav på examen finns inte.", [], [], ["examen"]),
        ("Körkort är ett måste.", ["Körkort"], [], []),
        ("Medlemskap är inget krav för anställningen.", [], [], ["Medlemskap"]),
        ("Du kan arbeta kvällar när det behövs.", ["kan arbeta kvällar när det behövs"], [], []),
        ("Du trivs med högt tempo men behåller lugnet.", ["trivs med högt tempo men behåller lugnet"], [], []),
        ("Du är bra på att skriva.", ["bra på att skriva"], [], []),
    ],
)
def test_a_denial_is_read_however_it_is_worded(text, demands, merits, spared):
    assert told(text) == (demands, merits, spared)


@pytest.mark.parametrize(
    ("text", "demands"),
    [
        ("Erfarenhet är inte bara meriterande utan ett krav.", ["Erfarenhet"]),
        ("Erfarenhet är inte enbart en merit, utan också ett absolut krav.", ["Erfarenhet"]),
        ("Erfarenhet är inte bara en fördel utan nödvändigt.", ["Erfarenhet"]),
        ("Erfarenhet är inte bara meriterande, det är ett krav.", ["Erfarenhet"]),
        ("Erfarenhet är inte bara meriterande utan krävs.", ["Erfarenhet"]),
        ("Det är inte bara meriterande utan ett krav att du har körkort.", ["körkort"]),
    ],
)
def test_what_is_not_merely_a_merit_is_a_demand_among_merits_too(text, demands):
    assert told(text) == (demands, [], [])
    below = told(f"Det är meriterande om du har:\n\n- Egen bil\n- {text}")
    assert below == (demands, ["Egen bil"], [])


def test_what_is_merely_a_merit_is_none_the_less_one():
    assert told("Erfarenhet är inte bara meriterande, det är en stor fördel.")[0] == []
    assert told("Erfarenhet är inte ett krav utan bara meriterande.") == ([], ["Erfarenhet"], [])
