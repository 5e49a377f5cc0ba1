"""A day of birth is covered where it is said to be one; a year or an age is asked about; other days are left."""

import pytest

from portal.documents.masking import MASK, Known, masked, secret_spans

NOBODY = Known("")


def unsure(text: str) -> list[str]:
    return [text[span.start : span.end] for span in secret_spans(text, NOBODY) if not span.sure]


@pytest.mark.parametrize(
    ("label", "day"),
    [
        ("Född ", "1985-03-12"),
        ("född: ", "850312"),
        ("Född den ", "12 mars 1985"),
        ("född ", "12 mars -85"),
        ("Född ", "12:e mars 1985"),
        ("Född ", "12/3 1985"),
        ("född ", "12/3-85"),
        ("född ", "12/3 -85"),
        ("Född: ", "12.3.1985"),
        ("född ", "12.3.85"),
        ("Född ", "1985.03.12"),
        ("född i ", "mars 1985"),
        ("född i Umeå den ", "12 mars 1985"),
        ("Född i Lilla Edet ", "1985-03-12"),
        ("f. ", "1985-03-12"),
        ("(f. ", "12 mars 1985"),
        ("F: ", "850312"),
        ("Födelsedatum: ", "1985–03–12"),
        ("Födelsetid ", "19850312"),
        ("Födelsedata: ", "12 mars, 1985"),
        ("Born on ", "12 March 1985"),
        ("Date of birth: ", "March 12, 1985"),
        ("born ", "12th October 1985"),
        ("DOB ", "12/03/1985"),
        ("Personnummer: ", "850312"),
        ("Samordningsnummer ", "850372"),
        ("Jag föddes ", "1985-03-12"),
    ],
)
@pytest.mark.parametrize("after", ["", ".", " i Umeå", ", två barn", ")", "\nSäljare 2019-01-01 – 2021-02-02"])
def test_a_day_of_birth_is_covered(label: str, day: str, after: str) -> None:
    assert masked(f"{label}{day}{after}", NOBODY) == f"{label}{MASK}{after}"
    assert unsure(f"{label}{day}{after}") == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Född 1985.", "1985"),
        ("född -85", "85"),
        ("född ’85", "85"),
        ("född år 1985", "1985"),
        ("född i Umeå 1985,", "1985"),
        ("f. 1985", "1985"),
        ("Födelseår: 1985", "1985"),
        ("årgång 1985", "1985"),
        ("Ålder: 41 år", "41 år"),
        ("ålder 41", "41"),
        ("Jag är 41 år och", "41 år"),
        ("en 41-åring", "41-åring"),
        ("41 år gammal", "41 år gammal"),
        ("Age: 41", "41"),
        ("41 years old", "41 years old"),
        ("Född\n1985-03-12", "1985-03-12"),
        ("Företaget född 2019-01-01 - 2021-02-02", "2019-01-01"),
    ],
)
def test_a_year_of_birth_or_an_age_is_asked_about(text: str, asked: str) -> None:
    assert masked(text, NOBODY) == text
    assert unsure(text) == [asked]


@pytest.mark.parametrize(
    "text",
    [
        "Anställd 2019-01-01 – 2021-02-02",
        "2019-2022",
        "Säljare 12 mars 2019 – 1 april 2022",
        "12/3 2019",
        "sedan mars 2019",
        "född i Umeå",
        "född och uppvuxen i Umeå. 2019-01-01 började jag",
        "nyfödda 2019-01-01",
        "årgång 2019–2022",
        "f.d. 2019-01-01",
        "jfr ff. 2019",
        "s. 12 f. 2019",
        "3 § f. 12.03.19",
        "Ålder 18–25 år",
        "åldern 65 år",
        "25 års erfarenhet",
        "Företaget är 41 år gammalt",
        "3-årig utbildning",
        "en 5-åring",
        "Jag är 50 procent ledig",
        "för 20 år sedan",
        "page 41",
        "mellan 18 och 25 år",
        "Fråga 2019",
        "Född i Umeå\n2019 Säljare",
    ],
)
def test_other_days_and_years_are_left(text: str) -> None:
    assert masked(text, NOBODY) == text
    assert unsure(text) == []
