"""Days as postings write them."""

from datetime import date

import pytest

from portal.ads.reading.dates import find_dates
from portal.ads.reading.period import read_period
from portal.ads.reading.posting import read_posting
from portal.ads.reading.sections import read_page


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("26 mars 2017", date(2017, 3, 26)),
        ("den 1:a sept 2027", date(2027, 9, 1)),
        ("1 Maj, 2027", date(2027, 5, 1)),
        ("16/6 2027", date(2027, 6, 16)),
        ("16/6-2027", date(2027, 6, 16)),
        ("31.12.2026", date(2026, 12, 31)),
    ],
)
def test_a_day_with_its_year_is_a_date(words, day):
    assert [found.day for found in find_dates(f"senast {words}.")] == [day]


@pytest.mark.parametrize(
    ("words", "text", "lacks"),
    [
        ("den 7 augusti", "7 augusti", "year"),
        ("den 16/6", "16/6", "year"),
        ("7 augusti kl. 12.00", "7 augusti", "year"),
        ("mars 2027", "mars 2027", "day"),
        ("31 februari 2027", "31 februari 2027", "calendar"),
    ],
)
def test_a_day_not_stated_in_full_keeps_its_words_and_gets_no_date(words, text, lacks):
    (found,) = find_dates(f"Sista dag är {words}.")
    assert (found.text, found.day, found.lacks) == (text, None, lacks)


@pytest.mark.parametrize("words", ["40/80 %", "100 / 75 %", "070-174 06 30", "RS/566/2024", "2027/2028", "kl. 12.00"])
def test_other_numbers_are_no_days(words):
    assert find_dates(words) == []


def test_the_year_of_the_last_day_of_a_range_is_not_lent_to_the_first():
    first, last = find_dates("vikariat 1 maj–31 december 2029")
    assert (first.day, last.day) == (None, date(2029, 12, 31))


@pytest.mark.parametrize(
    "sentence",
    [
        "Sista ansökningsdag är den 26 mars 2027.",
        "Ansökan ska vara inne senast 26 mars 2027.",
        "Vi vill ha din ansökan senast 2027-03-26.",
        "Sista ansökningsdatum: 2027-03-26",
        "Skicka din ansökan till x@example.se senast 26/3 2027.",
    ],
)
def test_the_last_day_to_apply_is_found_however_it_is_worded(sentence):
    period = read_period(read_page(f"Politisk sekreterare\n\n{sentence}"))
    assert period.deadline is not None
    assert period.deadline.day == date(2027, 3, 26)
    assert (period.earliest_start, period.latest_end) == (None, None)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ansökningstid: 1 december 2026 – 15 januari 2027",
        "Ansökningstid: 1 december–15 januari 2027",
        "Ansökningstiden löper från 1 december 2026 till och med den 15 januari 2027.",
        "Ansökningstiden har förlängts från 10 december 2026 till 15 januari 2027.",
        "Sista ansökningsdag har flyttats från 10 december 2026 till fredag 15 januari 2027.",
        "Ansökningstid: 2026-12-01--2027-01-15",
        "Ansökningstid: från 1 december 2026 t.o.m. 15 januari 2027",
        "Ansökan tas emot från 1 december 2026 till och med 15 januari 2027.",
        "Sista ansökningsdag är 15 januari 2027 och intervjuer hålls 20 januari 2027.",
        "Sista ansökningsdag: 15 januari 2027 (förlängd från 20 december 2026)",
        "Sista ansökningsdag: 15 januari 2027, tidigare 20 december 2026",
        "Vi har tjänster t.o.m. 2026-12-31 och din ansökan ska vara inne senast 2027-01-15.",
    ],
)
def test_the_last_day_of_a_time_to_apply_is_its_last_and_not_its_first(sentence):
    period = read_period(read_page(f"Politisk sekreterare\n\n{sentence}"))
    assert period.deadline is not None
    assert period.deadline.day == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Ansök före 15 januari 2027.", "före 15 januari 2027"),
        ("Din ansökan ska vara inne före den 15 januari 2027.", "före den 15 januari 2027"),
        ("Ansök senast: före 15 januari 2027", "före 15 januari 2027"),
        ("Sista ansökningsdag var 10 december 2026 men är nu ändrad, 15 januari 2027.", "10 december 2026 men är nu"),
        ("Ansökningstiden är tre veckor från 15 januari 2027.", "15 januari 2027"),
        ("Sista ansökningsdag: 10 januari 2027 (eller 15 januari 2027)", "(eller 15 januari 2027)”"),
        ("Ansökningstiden öppnar den 15 januari 2027.", "15 januari 2027"),
    ],
)
def test_a_day_that_may_not_be_the_last_is_asked_for(sentence, words):
    posting = read_posting(f"Politisk sekreterare\n\nArbetsuppgifter\n- skriva\n\n{sentence}", on=date(2026, 11, 23))
    (asked,) = [entry for entry in posting.unclear if entry.field == "deadline"]
    assert posting.deadline is None
    assert words in asked.question
    assert asked.question.endswith("Vilken dag är den sista att söka?")


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("Anställningen gäller fr.o.m. 2027-02-01 t.o.m. 2027-08-31.", date(2027, 2, 1), date(2027, 8, 31)),
        ("Tjänsten är på heltid med start 1 mars 2027.", date(2027, 3, 1), None),
        (
            "Anställningen gäller fr.o.m. 2027-02-01 t.o.m. 2030-12-31 och ansökan ska vara inne senast 2026-12-20.",
            date(2027, 2, 1),
            date(2030, 12, 31),
        ),
        ("Vikariat 1 maj 2027 – 31 december 2027, intervjuer hålls i mars.", date(2027, 5, 1), date(2027, 12, 31)),
        ("Vi söker dig till en tjänst från 1 mars 2027, ansök senast 15 januari 2027.", date(2027, 3, 1), None),
        ("Till tjänsten börjar vi ta emot ansökningar från 1 mars 2027.", None, None),
        ("Tillträde sker den 1 mars 2027 eller enligt överenskommelse.", date(2027, 3, 1), None),
        (
            "Vikariatet gäller till 31 augusti 2027 med möjlighet till förlängning, dock längst till 31 december 2030.",
            None,
            date(2030, 12, 31),
        ),
        ("Intervjuer hålls från och med 20 april 2027.", None, None),
        ("Tillträde enligt överenskommelse.", None, None),
    ],
)
def test_first_and_last_day_of_the_employment_are_told_apart(sentence, start, end):
    period = read_period(read_page(f"Politisk sekreterare\n\n{sentence}"))
    found = [day.day if day else None for day in (period.earliest_start, period.latest_end)]
    assert found == [start, end]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tillträde senast 1 mars 2027.", "senast 1 mars 2027"),
        ("Tillträde: senast den 1 mars 2027", "senast den 1 mars 2027"),
        ("Du börjar före den 1 mars 2027.", "före den 1 mars 2027"),
        ("Tillträde: efter intervjuer 12 januari 2027", "12 januari 2027"),
    ],
)
def test_a_day_that_is_no_first_day_of_work_is_asked_for(text, words):
    posting = read_posting(f"Politisk sekreterare\n\nArbetsuppgifter\n- skriva\n\n{text}", on=date(2026, 11, 23))
    (asked,) = [entry for entry in posting.unclear if entry.field == "earliest_start"]
    assert posting.earliest_start is None
    assert f"”{words}”" in asked.question
    assert asked.question.endswith("När kan anställningen börja tidigast?")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Tillträde: Omgående\nIntervjuer hålls 12 januari 2027", None, None),
        ("Tillträde: enligt överenskommelse, dock längst till 31 december 2030", None, date(2030, 12, 31)),
        ("Tjänsten gäller från tillträdet och längst till 31 december 2030.", None, date(2030, 12, 31)),
        ("Tillträde: 1 mars 2027, längst till och med 31 december 2030", date(2027, 3, 1), date(2030, 12, 31)),
        ("Tillträde: 1 mars 2027 - 31 december 2030", date(2027, 3, 1), date(2030, 12, 31)),
        ("Tillträde: snarast,\ndock tidigast 1 mars 2027", date(2027, 3, 1), None),
    ],
)
def test_what_stands_beside_the_first_day_is_not_taken_for_it(text, start, end):
    posting = read_posting(f"Politisk sekreterare\n\nArbetsuppgifter\n- skriva\n\n{text}", on=date(2026, 11, 23))
    assert (posting.earliest_start, posting.latest_end) == (start, end)
    assert "earliest_start" in posting.missing or start


def test_the_label_of_the_employment_is_read_before_a_day_that_was_moved():
    text = "Sista ansökningsdag: 10 januari 2027 (förlängd från 20 december 2026)"
    text += "\nAnställningstid: 1 februari 2027 till 31 december 2030"
    posting = read_posting(f"Politisk sekreterare\n\nArbetsuppgifter\n- skriva\n\n{text}", on=date(2026, 11, 23))
    days = (posting.deadline, posting.earliest_start, posting.latest_end)
    assert days == (date(2027, 1, 10), date(2027, 2, 1), date(2030, 12, 31))


def test_the_day_to_apply_by_is_the_one_that_speaks_of_applying():
    employed = "Anställningen gäller fr.o.m. 2027-02-01 t.o.m. 2030-12-31"
    period = read_period(read_page(f"Sekreterare\n\n{employed} och ansökan ska vara inne senast 2026-12-20."))
    assert period.deadline is not None
    assert period.deadline.day == date(2026, 12, 20)
