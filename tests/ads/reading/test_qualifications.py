"""Demands and merits, one quality a row, in the posting's words."""

from datetime import date

import pytest

from portal.ads.reading.listing import divided
from portal.ads.reading.posting import read_posting
from portal.ads.reading.qualifications import read_qualities
from portal.ads.reading.sections import read_page


def rows(text: str, heading: str = "Kvalifikationer") -> tuple[list[str], list[str]]:
    found = read_qualities(read_page(f"{heading}\n\n{text}"))
    return list(found.requirements), list(found.merits)


@pytest.mark.parametrize(
    ("sentence", "demands", "merits"),
    [
        ("Körkort är ett krav och tillgång till egen bil är meriterande.", ["Körkort"], ["tillgång till egen bil"]),
        ("Körkort är ett krav, liksom skrivvana.", ["Körkort", "skrivvana"], []),
        ("B-körkort krävs.", ["B-körkort"], []),
        ("Det är ett krav att du har B-körkort.", ["B-körkort"], []),
        ("Det är meriterande om du har erfarenhet av politik.", [], ["erfarenhet av politik"]),
        ("Erfarenhet av media är meriterande men inget krav.", [], ["Erfarenhet av media"]),
        ("Akademisk examen är inte ett krav.", [], ["Akademisk examen"]),
        ("Vidare ser vi gärna att du har god lokalkännedom.", [], ["god lokalkännedom"]),
        ("Du är van att skriva, gärna på flera språk.", ["van att skriva"], ["gärna på flera språk"]),
    ],
)
def test_a_demand_and_a_merit_are_told_apart_by_the_words(sentence, demands, merits):
    assert rows(sentence) == (demands, merits)


@pytest.mark.parametrize(
    ("text", "demands", "merits", "asked"),
    [
        ("Högskoleutbildning krävs inte, men är en fördel.", [], ["Högskoleutbildning"], False),
        ("Akademisk examen är meriterande men krävs inte.", [], ["Akademisk examen"], False),
        ("Tidigare erfarenhet krävs inte.", [], ["Tidigare erfarenhet"], True),
        ("Partimedlemskap krävs ej.", [], ["Partimedlemskap"], True),
        ("Partimedlemskap krävs dock inte.", [], ["Partimedlemskap"], True),
        ("Ingen tidigare erfarenhet krävs.", [], ["tidigare erfarenhet"], True),
        ("Det krävs inte att du är medlem.", [], ["medlem"], True),
        ("Körkort krävs, men inte egen bil.", ["Körkort"], ["egen bil"], True),
        ("Du måste inte ha körkort.", [], ["körkort"], True),
        ("Vi kräver inte att du är medlem.", [], ["medlem"], True),
        ("Vi ställer inga formella krav på utbildning.", [], ["utbildning"], True),
        ("Du behöver inte vara medlem, men du måste vara nyfiken.", ["nyfiken"], ["medlem"], True),
        ("Det är inte ett krav, men gärna erfarenhet av media.", [], ["gärna erfarenhet av media"], False),
        ("Det är en fördel men inget krav att du har skrivvana.", [], ["skrivvana"], False),
        ("Körkort är ett krav, men gärna även truckkort.", ["Körkort"], ["gärna även truckkort"], False),
        ("Egen bil är meriterande, men inte nödvändigt.", [], ["Egen bil"], False),
        ("Egen bil är inget krav, men en fördel.", [], ["Egen bil"], False),
        ("Medlemskap krävs inte, men det är meriterande.", [], ["Medlemskap"], False),
        ("Du behöver inte vara medlem, men det är en fördel.", [], ["medlem"], False),
        ("- Akademisk examen (inget krav)", [], ["Akademisk examen"], True),
        ("- Akademisk examen (meriterande, inget krav)", [], ["Akademisk examen (meriterande, inget krav)"], False),
        ("- Körkort, men inte ett krav", [], ["Körkort"], True),
        ("- Körkort krävs ej", [], ["Körkort"], True),
        ("Du är inte rädd för att ställa krav.", ["inte rädd för att ställa krav"], [], False),
        ("- Inte rädd för krav", ["Inte rädd för krav"], [], False),
    ],
)
def test_what_is_not_required_is_no_demand_and_asked_about_where_it_is_not_said_to_be_a_merit(
    text, demands, merits, asked
):
    assert rows(text) == (demands, merits)
    posting = read_posting(f"Politisk sekreterare\n\nKvalifikationer\n\n{text}", on=date(2026, 11, 23))
    questions = [entry.question for entry in posting.unclear if entry.field == "merits"]
    assert [all(word in question for word in merits) for question in questions] == ([True] if asked else [])


@pytest.mark.parametrize(
    ("sentence", "demands"),
    [
        ("Du är noggrann och strukturerad.", ["noggrann", "strukturerad"]),
        ("Du är lugn, tar egna initiativ samt trivs i grupp.", ["lugn", "tar egna initiativ", "trivs i grupp"]),
        ("Det är viktigt att du kan uttrycka dig väl, i tal och skrift.", ["kan uttrycka dig väl, i tal och skrift"]),
        ("Du har goda kunskaper i svenska och engelska.", ["goda kunskaper i svenska och engelska"]),
        ("Du har erfarenhet av press, radio och webb.", ["erfarenhet av press, radio och webb"]),
        ("Du är prestigelös och är van vid debatt.", ["prestigelös", "van vid debatt"]),
        ("Du är lugn, tar kvälls- och helgpass.", ["lugn", "tar kvälls- och helgpass"]),
    ],
)
def test_a_list_is_divided_and_what_belongs_together_is_not(sentence, demands):
    assert rows(sentence) == (demands, [])


def test_words_within_brackets_stay_together():
    assert divided("snabb (text, kalkyl och bild), lugn") == ["snabb (text, kalkyl och bild)", "lugn"]


@pytest.mark.parametrize("mark", ["- ", "• ", "* ", "– ", "1. ", "•\n"])
def test_a_bullet_is_one_row_however_it_is_marked(mark):
    text = f"{mark}Van att skriva, läsa och tala\n{mark}Lugn"
    assert rows(text, "Krav") == (["Van att skriva, läsa och tala", "Lugn"], [])


def test_lines_without_bullets_are_rows_too():
    assert rows("Skrivvana\nKörkort\nLugn", "Krav:") == (["Skrivvana", "Körkort", "Lugn"], [])


def test_a_line_that_announces_merits_makes_merits_of_the_bullets_under_it():
    text = "Du ska:\n- vara lugn\n\nDet är en merit om du även:\n- har skrivit ledare"
    assert rows(text) == (["vara lugn"], ["har skrivit ledare"])


@pytest.mark.parametrize(
    "line",
    [
        "Det är ett plus om du har",
        "Meriterande om du har",
        "Meriterande erfarenheter",
        "Vi ser gärna att du även",
        "Det är också en fördel om du har erfarenhet av",
    ],
)
@pytest.mark.parametrize("mark", ["- ", ""])
def test_such_a_line_needs_no_colon(line, mark):
    above = "- vara lugn\n\n" if mark else ""
    text = f"{above}{line}\n{mark}Ledare i en tidning\n{mark}Vana vid debatt"
    assert rows(text) == (["vara lugn"] if mark else [], ["Ledare i en tidning", "Vana vid debatt"])


def test_a_line_that_breaks_off_right_above_bullets_is_no_quality():
    text = "Krav för tjänsten är\n- körkort\n\nMeriterande för tjänsten är\n- egen bil"
    assert rows(text) == (["körkort"], ["egen bil"])


def test_a_merit_right_above_bullets_announces_none_of_them():
    assert rows("Egen bil är meriterande\n\n- Lugn\n- Noggrann") == (["Lugn", "Noggrann"], ["Egen bil"])


@pytest.mark.parametrize("heading", ["Meriterande:", "Meriterande", "MERITERANDE", "**Meriterande**", "## Meriterande"])
def test_under_a_heading_of_merits_all_is_merit(heading):
    assert rows("- Skrivvana", heading) == ([], ["Skrivvana"])


@pytest.mark.parametrize(
    "heading", ["Krav", "Vi söker dig som", "Vi söker dig som:", "Du som söker", "Kvalifikationer:"]
)
def test_real_headings_open_the_qualities_with_or_without_a_colon(heading):
    assert rows("- Skrivvana", heading) == (["Skrivvana"], [])


def test_terms_that_follow_without_a_heading_are_no_qualities():
    assert rows("Du är lugn.\n\nArbetstiden är oreglerad.\n\nTjänsten utgår från Regionhuset.") == (["lugn"], [])
