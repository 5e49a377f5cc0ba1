"""From a read posting to a draft: nothing guessed, everything missing asked for at its field."""

from datetime import date

import pytest

from portal.ads.drafting import draft_from
from portal.ads.reading.posting import read_posting
from portal.ads.rows import moved, removed
from portal.ads.wording import asks_for_licence, neutral_title, pay_history_question

TODAY = date(2026, 11, 23)
POSTING = """Politisk sekreterare för Närvårdspartiet

Arbetsuppgifter
- skriva tal och debattartiklar
- läsa handlingar

Kvalifikationer
Du ska kunna uttrycka dig väl i skrift. Körkort är ett krav och tillgång till egen bil är meriterande.

Anställningsform
Tidsbegränsad anställning på heltid, tidigast 1 september och som längst till och med 2031-03-31. Enligt kommunallagen
har du rätt till tjänstledighet från annan anställning.

Skicka CV och personligt brev till kansliet@example.se. Sista ansökningsdag är 7 augusti.
Lön 38 000–46 000 kronor.

Vid frågor om tjänsten
Gunnel Sundvall
Regionråd i opposition
gunnel@example.se
Tel: 070-174 06 12
"""


def test_what_is_found_fills_the_draft_and_what_is_ambiguous_is_asked_at_its_field() -> None:
    draft = draft_from(read_posting(POSTING, on=TODAY), party_name="Närvårdspartiet")
    assert draft.fields["title"] == "Politisk sekreterare för Närvårdspartiet"
    assert draft.fields["employer"] == "authority"
    assert draft.fields["extent_percent"] == 100
    assert (draft.fields["deadline"], draft.fields["earliest_start"]) == (None, None)
    assert {"cv", "letter"} <= set(draft.fields["documents"])
    assert draft.contacts[0]["email"] == "gunnel@example.se"
    asked = {entry["field"]: entry["question"] for entry in draft.unclear}
    assert "Vilket år" in asked["deadline"]
    assert "Vilket år" in asked["earliest_start"]
    assert "31 december 2030" in asked["latest_end"]
    assert "place" in asked


def test_a_driving_licence_is_there_or_not_and_has_no_weight() -> None:
    draft = draft_from(read_posting(POSTING, on=TODAY), party_name="Närvårdspartiet")
    by_text = {row["text"]: row for row in draft.criteria}
    licence = next(row for text, row in by_text.items() if "örkort" in text)
    assert (licence["kind"], licence["judged"], licence["weight"]) == ("krav", "finns", 0)
    car = next(row for text, row in by_text.items() if "bil" in text)
    assert car["kind"] == "merit"


def test_what_was_a_part_of_a_sentence_begins_as_a_line_of_its_own_does() -> None:
    draft = draft_from(read_posting(POSTING, on=TODAY), party_name="Närvårdspartiet")
    assert [row["text"] for row in draft.criteria] == [
        "Kunna uttrycka dig väl i skrift",
        "Körkort",
        "Tillgång till egen bil",
    ]


def test_another_partys_posting_is_pointed_out() -> None:
    draft = draft_from(read_posting(POSTING, on=TODAY), party_name="Dalpartiet")
    assert any("Dalpartiet" in entry["question"] for entry in draft.unclear if entry["field"] == "title")


def test_empty_text_gives_an_empty_draft_with_a_question() -> None:
    draft = draft_from(read_posting("", on=TODAY), party_name="Dalpartiet")
    assert draft.fields["title"] == ""
    assert draft.fields["employer"] is None
    assert draft.unclear


@pytest.mark.parametrize(
    ("extent", "pay", "kept"),
    [
        ("80 %", "36 000–41 000 kr i månaden", False),
        ("80 %", "36 000–41 000 kr i månaden vid heltid", True),
        ("80 %", "36 000–41 000 kr i månaden (100 %)", True),
        ("100 %", "36 000–41 000 kr i månaden", True),
        ("80 %", "Individuell lönesättning", None),
    ],
)
def test_the_pay_of_a_part_time_post_is_taken_for_full_time_pay_only_where_it_is_said(
    extent: str, pay: str, kept: bool | None
) -> None:
    text = f"Politisk sekreterare\n\nArbetsuppgifter\n- skriva\n\nOmfattning: {extent}\n\nLön: {pay}\n"
    draft = draft_from(read_posting(text, on=TODAY), party_name="Dalpartiet")
    sums = (draft.fields["salary_low"], draft.fields["salary_high"])
    assert sums == ((36_000, 41_000) if kept else (None, None))
    assert draft.fields["salary_form"] == pay
    asked = [entry["question"] for entry in draft.unclear if entry["field"] == "salary_form"]
    assert any(f"”{pay}”" in question and "80 procent" in question for question in asked) is (kept is False)


@pytest.mark.parametrize(
    ("terms", "sums", "words"),
    [
        ("75 procent. Månadslönen är 30 000–34 000 kr (motsvarar 40 000–45 000 kr på heltid)", (40_000, 45_000), ""),
        ("75 procent. På heltid är lönen 40 000–45 000 kr, alltså 30 000–34 000 kr", (40_000, 45_000), ""),
        ("75 procent. Heltidslönen är 40 000–45 000 kr", (40_000, 45_000), ""),
        ("75 procent av heltid, med en lön på 30 000–34 000 kr", None, "på 75 procent"),
        ("75 procent. Lön 30 000–34 000 kr, mer vid heltid", None, "på 75 procent"),
        ("50–75 procent. Lön 20 000–28 000 kr", None, "hur stor tjänsten är"),
        ("deltid. Lön 18 000–20 000 kr", None, "hur stor tjänsten är"),
        ("heltid eller deltid. Lön 18 000–20 000 kr", None, "hur stor tjänsten är"),
        ("heltid. Lön 38 000–40 000 kr, sedan 41 000–43 000 kr", None, "mer än en lön"),
        ("heltid. Lön 38 000–40 000 kr", (38_000, 40_000), ""),
    ],
)
def test_of_several_sums_those_for_full_time_are_taken_and_what_may_be_part_time_pay_is_asked_about(
    terms: str, sums: tuple[int, int] | None, words: str
) -> None:
    text = f"Politisk sekreterare\n\nArbetsuppgifter\n- skriva\n\nOm tjänsten\nTjänsten är på {terms}.\n"
    draft = draft_from(read_posting(text, on=TODAY), party_name="Dalpartiet")
    assert (draft.fields["salary_low"], draft.fields["salary_high"]) == (sums or (None, None))
    asked = [entry["question"] for entry in draft.unclear if entry["field"] == "salary_form"]
    assert [words in question and "räknat på heltid?" in question for question in asked] == ([] if sums else [True])


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Ange din nuvarande lön i brevet.", "nuvarande lön"),
        ("Beskriv din lönehistorik.", "lönehistorik"),
        ("Ange ditt löneanspråk.", None),
        ("Lönen sätts individuellt.", None),
    ],
)
def test_a_question_of_past_pay_is_told_from_a_salary_claim(text: str, asked: str | None) -> None:
    assert pay_history_question(text) == asked


def test_titles_for_one_sex_get_another_and_others_stay() -> None:
    assert neutral_title("Politiske sekreterarinnan") == "Politisk sekreterare"
    assert neutral_title("Talesman i regionen") == "Talesperson i regionen"
    assert neutral_title("Politisk sekreterare") is None
    assert asks_for_licence("Du har B-körkort")
    assert not asks_for_licence("Tillgång till egen bil")


def test_rows_move_one_step_and_stay_at_the_ends() -> None:
    assert moved("abc", 1, up=True) == ["b", "a", "c"]
    assert moved("abc", 1, up=False) == ["a", "c", "b"]
    assert moved("abc", 0, up=True) == moved("abc", 2, up=False) == moved("abc", 9, up=True) == ["a", "b", "c"]
    assert removed("abc", 1) == ["a", "c"]
    assert removed("abc", 9) == ["a", "b", "c"]
