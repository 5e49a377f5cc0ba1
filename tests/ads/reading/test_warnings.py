"""What a posting says that cannot hold, on the day it is read."""

from datetime import date

import pytest

from portal.ads.reading.posting import read_posting

EMPLOYER = "Enligt kommunallagen har du rätt till tjänstledighet."


def warnings(text: str, on: date) -> list[tuple[str, str | None]]:
    read = read_posting(f"Politisk sekreterare\n\n{text}", on=on).warnings
    return [(warned.field, warned.suggestion) for warned in read]


def test_an_end_in_the_election_year_cannot_be_reached_once_the_election_is_held():
    text = f"Tidsbegränsad anställning, längst till och med 2026-12-31. {EMPLOYER}"
    posting = read_posting(text, on=date(2026, 11, 22))
    (warned,) = posting.warnings
    assert posting.latest_end == date(2026, 12, 31)
    assert (warned.field, warned.suggestion) == ("latest_end", "2030-12-31")
    assert "31 december 2026 är tillåtet men kan inte nås av den som börjar 2027" in warned.text
    assert "längst till och med 31 december 2030" in warned.text


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 6, 1), []),
        (date(2026, 9, 13), []),  # KL 4:33: election day still counts that election
        (date(2026, 9, 14), [("latest_end", "2030-12-31")]),
        (date(2026, 12, 31), [("latest_end", "2030-12-31")]),
        (date(2027, 1, 1), [("latest_end", "2030-12-31")]),
        (date(2051, 1, 1), [("latest_end", None)]),
    ],
)
def test_the_same_end_is_right_or_wrong_by_the_day_it_is_read(on, expected):
    assert warnings(f"Tidsbegränsad anställning till och med 2026-12-31. {EMPLOYER}", on) == expected


def test_a_last_day_to_apply_after_the_election_moves_the_limit():
    text = f"Anställning till och med 2030-12-31. {EMPLOYER} Sista ansökningsdag är "
    assert warnings(text + "2026-09-20.", date(2026, 8, 1)) == []
    assert warnings(text + "2026-08-20.", date(2026, 8, 1)) == [("latest_end", "2026-12-31")]


def test_an_end_past_the_limit_is_offered_the_limit():
    assert warnings("Anställningen gäller till och med 2031-06-30.", date(2026, 11, 22)) == [
        ("latest_end", "2030-12-31")
    ]


def test_an_end_far_too_near_is_pointed_out():
    text = "Vikariatet gäller till och med 2027-03-31."
    assert warnings(text, date(2027, 1, 10)) == []
    assert warnings(text, date(2027, 3, 10)) == [("latest_end", "2030-12-31")]


def test_the_law_of_authorities_does_not_bind_a_party_that_employs():
    text = "Arbetsgivare: Närvårdspartiet Ådalen\n\nAnställningen är tills vidare eller till och med 2031-06-30."
    assert warnings(text, date(2026, 11, 22)) == []


def test_a_start_after_the_end_is_pointed_out():
    text = "Tillträde: 2027-03-01\nSlutdatum: 2026-12-31"
    assert warnings(text, date(2026, 11, 22)) == [("latest_end", "2030-12-31")]


def test_a_start_past_the_new_year_after_an_election_not_yet_held_is_pointed_out():
    assert warnings("Tillträde: 2027-01-01", date(2026, 8, 20)) == [("earliest_start", None)]
    assert warnings("Tillträde: 2027-01-01", date(2026, 9, 14)) == []


def test_a_passed_last_day_to_apply_is_pointed_out_only_when_its_year_is_stated():
    on = date(2026, 11, 22)
    assert warnings("Sista ansökningsdag är 7 augusti 2026.", on) == [("deadline", None)]
    assert warnings("Sista ansökningsdag är 7 augusti.", on) == []
    assert warnings("Sista ansökningsdag är 22 november 2026.", on) == []


@pytest.mark.parametrize("asked", ["nuvarande lön", "tidigare lön", "din lönehistorik", "nuvarande löneläge"])
def test_a_question_about_pay_history_is_pointed_out(asked):
    assert warnings(f"Skicka CV och uppgift om {asked}.", date(2026, 11, 22)) == [("salary", "löneanspråk")]


def test_asking_what_pay_the_applicant_wants_is_no_question_about_history():
    assert warnings("Bifoga löneanspråk i din ansökan.", date(2026, 11, 22)) == []


def test_a_title_of_one_sex_is_offered_a_neutral_one():
    on = date(2026, 11, 22)
    (warned,) = read_posting("Titel: Politisk sekreterarinna\nOmfattning: 80 %", on=on).warnings
    assert (warned.field, warned.suggestion) == ("title", "Politisk sekreterare")


def test_permanent_employment_is_pointed_out_unless_a_party_employs():
    on = date(2026, 11, 22)
    assert warnings("Anställningsform: Tillsvidareanställning", on) == [
        ("employment_form", "tidsbegränsad anställning")
    ]
    assert warnings("Arbetsgivare: Kustpartiet\nAnställningsform: Tillsvidareanställning", on) == []
