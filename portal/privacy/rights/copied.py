"""A copy of what is kept about a candidate, as data: every field with what it means, in the candidate's language. PURE."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from portal.refusal import N_

Fields = Mapping[str, Any]
Data = Mapping[str, Fields | Sequence[Fields]]

ABOUT: Final = N_(
    "Det här är en kopia av dina uppgifter i en ansökan (artikel 15 i dataskyddsförordningen). Filerna du skickade ligger "
    "bredvid, precis som de kom. Bedömningen av dig finns med när du har fått besked. Uppgifter om andra sökande och "
    "bedömares egna anteckningar ingår inte."
)
RULED: Final = {"faller": N_("Föll på kravet"), "gar_vidare": N_("Går vidare")}
MEANINGS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "application": (
        N_("Ansökan"),
        {
            "post": N_("Tjänsten du sökte"),
            "employer": N_("Arbetsgivare"),
            "controller": N_("Personuppgiftsansvarig: den som bestämmer varför och hur uppgifterna används"),
            "arrived": N_("När ansökan kom in"),
            "came": N_("Hur den kom, när kansliet registrerade den åt dig"),
            "came_on": N_("Dagen då den kom, som kansliet har uppgett"),
            "status": N_("Hur det står med ansökan"),
            "consented": N_("När du gav ditt samtycke"),
            "consented_how": N_("Hur du gav ditt samtycke"),
            "consented_on": N_("Dagen för ditt samtycke, som kansliet har uppgett"),
            "consent_version": N_("Vilken lydelse av samtycket du godkände"),
            "called": N_("När du kallades till intervju"),
            "decided": N_("När du fick besked"),
            "withdrawn": N_("När du tog tillbaka ansökan"),
            "copies_erased": N_("När maskerade kopior och mejlen i utkorgen raderades, som du valde"),
            "restricted_until": N_("Till och med när ansökan ligger låst och oläst"),
            "later_consented": N_("När du samtyckte till att sparas för kommande tjänster"),
            "later_version": N_("Vilken lydelse av det samtycket du godkände"),
            "later_until": N_("Till och med när du är sparad för kommande tjänster"),
            "kept_months": N_("Hur många månader ansökan sparas efter att rekryteringen är klar"),
            "kept_why": N_("Varför ansökan inte raderas för att du ber om det"),
            "kept_until": N_("Till och med när ansökan sparas"),
        },
    ),
    "details": (
        N_("Det du skrev"),
        {
            "name": N_("Namn"),
            "email": N_("E-post"),
            "phone": N_("Telefon"),
            "letter": N_("Personligt brev"),
            "salary": N_("Löneanspråk i kronor per månad, räknat på heltid"),
            "start": N_("När du kan börja"),
            "posts": N_("Vilka av tjänsterna du sökte"),
        },
    ),
    "answers": (
        N_("Dina svar på annonsens frågor"),
        {"question": N_("Krav eller merit i annonsen"), "choice": N_("Ja eller nej"), "text": N_("Det du skrev")},
    ),
    "files": (
        N_("Dina filer"),
        {
            "file": N_("Filens namn i den här mappen"),
            "name": N_("Filens namn när du skickade den"),
            "kind": N_("Vad det är för handling"),
            "size": N_("Storlek i byte"),
            "pages": N_("Antal sidor"),
            "sha256": N_("Kontrollsumma (SHA-256)"),
            "replaced": N_("När du bytte ut den eller tog bort den; den finns kvar som allmän handling"),
        },
    ),
    "changes": (
        N_("Dina ändringar"),
        {
            "arrived": N_("När ändringen kom in"),
            "parts": N_("Det du ändrade"),
        },
    ),
    "former": (
        N_("Det som stod före dina ändringar"),
        {
            "replaced": N_("När du ändrade det"),
            "what": N_("Vad det gäller"),
            "text": N_("Det som stod"),
        },
    ),
    "letters": (
        N_("Breven mellan dig och kansliet"),
        {
            "from": N_("Vem som skrev"),
            "written": N_("När brevet skrevs"),
            "text": N_("Brevet"),
        },
    ),
    "word": (N_("Beskedet till dig"), {"text": N_("Det arbetsgivaren skrev till dig")}),
    "assessment": (
        N_("Bedömningen av dig"),
        {
            "joint": N_("Det bedömarna kom fram till om dig på sitt möte"),
            "result": N_("Vad det blev"),
            "criterion": N_("Det krav eller den merit som avgjorde"),
            "reason": N_("Skälet"),
            "offered": N_("När du erbjöds tjänsten"),
            "accepted": N_("När du tackade ja"),
            "declined": N_("När du tackade nej"),
            "answer": N_("Det du sa när du tackade nej"),
        },
    ),
    "krav": (
        N_("Beslut om annonsens krav"),
        {
            "criterion": N_("Kravet"),
            "decided": N_("När det beslutades"),
            "result": N_("Vad det blev"),
            "reason": N_("Skälet"),
        },
    ),
    "scores": (
        N_("Bedömarnas poäng, utan namn"),
        {
            "criterion": N_("Krav eller merit i annonsen"),
            "step": N_("Steg på skalan från 0 till 3"),
            "present": N_("Om det finns eller inte"),
        },
    ),
    "interview_scores": (
        N_("Bedömarnas poäng efter intervjun, utan namn"),
        {
            "criterion": N_("Krav eller merit i annonsen"),
            "step": N_("Steg på skalan från 0 till 3"),
            "present": N_("Om det finns eller inte"),
        },
    ),
    "told": (
        N_("Det dina referenser har sagt"),
        {
            "name": N_("Referensens namn"),
            "criterion": N_("Krav eller merit i annonsen"),
            "written": N_("När det skrevs ner"),
            "text": N_("Det som skrevs ner"),
        },
    ),
    "interview": (N_("Intervjun"), {"starts": N_("Tiden du har bokat"), "wish": N_("Det du skrev när ingen tid passade")}),
    "references": (
        N_("Referenser du har lämnat"),
        {"name": N_("Namn"), "contact": N_("Kontaktuppgift"), "relation": N_("Hur ni känner varandra")},
    ),
    "requests": (
        N_("Det du har begärt om dina uppgifter"),
        {
            "kind": N_("Vad begäran gäller"),
            "made": N_("När du begärde det"),
            "came": N_("Hur begäran kom, när kansliet registrerade den åt dig"),
            "text": N_("Det du skrev; vid ändrade kontaktuppgifter det som stod förut"),
            "answer_by": N_("Sista dag för svar"),
            "extended": N_("När du fick veta att svaret tar längre tid"),
            "extension": N_("Varför svaret tar längre tid"),
            "answered": N_("När du fick svar"),
            "result": N_("Vad det blev"),
            "answer": N_("Svaret"),
        },
    ),
}  # fmt: skip

# The fields in which the program has written a day or an instant; what people have written is never read as one.
DATES: Final = frozenset({
    "arrived", "came_on", "consented", "consented_on", "called", "decided", "withdrawn", "copies_erased",
    "restricted_until", "later_consented", "later_until", "kept_until", "replaced", "written", "offered", "accepted",
    "declined", "starts", "made", "answer_by", "extended", "answered",
})  # fmt: skip


def described(data: Data, say: Callable[[str], str]) -> dict[str, Any]:
    """The copy with its meanings, said by ``say``. What is empty is left out; a field without a meaning is a KeyError."""
    sections = [_section(name, data[name], say) for name in MEANINGS if data.get(name)]
    assert set(data) <= set(MEANINGS), sorted(set(data) - set(MEANINGS))
    return {"about": say(ABOUT), "sections": sections}


def _section(name: str, content: Fields | Sequence[Fields], say: Callable[[str], str]) -> dict[str, Any]:
    meaning, fields = MEANINGS[name]
    head = {"section": name, "meaning": say(meaning)}
    if isinstance(content, Mapping):
        return head | {"fields": _fields(content, fields, say)}
    return head | {"rows": [_fields(row, fields, say) for row in content]}


def _fields(content: Fields, meanings: Mapping[str, str], say: Callable[[str], str]) -> list[dict[str, Any]]:
    return [
        {"field": name, "meaning": say(meanings[name]), "value": value}
        for name, value in content.items()
        if value not in (None, "")
    ]
