"""Whole postings of different build, each invented, read into every field."""

import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from portal.ads.reading.posting import Posting, read_posting

POSTINGS = Path(__file__).with_name("postings")
AFTER_ELECTION = date(2026, 11, 22)
FIELDS = [
    "title", "party", "authority", "intro", "tasks", "requirements", "merits", "hours", "place", "remote",
    "employment_form", "posts", "extent_percent", "earliest_start", "latest_end", "leave_right", "documents",
    "subject_line", "apply_to", "deadline", "salary", "contacts", "unclear", "warnings",
]  # fmt: skip


def text_of(name: str) -> str:
    return POSTINGS.joinpath(f"{name}.txt").read_text(encoding="utf-8")


def read(name: str, on: date = AFTER_ELECTION) -> Posting:
    return read_posting(text_of(name), on=on)


def test_a_posting_under_headings_with_page_breaks_is_read_field_by_field():
    posting = read("narvardspartiet")
    assert posting.title == "Politisk sekreterare för Närvårdspartiet"
    assert posting.party == "Närvårdspartiet Ådalen"
    assert posting.authority == "Region Ådalen"
    assert posting.intro.startswith("Närvårdspartiet Ådalen är Region Ådalens tredje största parti.")
    assert posting.intro.endswith("vara med och bygga laget.")
    assert posting.hours == "Arbetstiden är oreglerad och kvällsarbete förekommer."
    assert posting.place == "Regionhuset i Kramviken"
    assert posting.remote is True
    assert posting.employment_form == "Tidsbegränsad anställning"
    assert posting.posts == 2
    assert posting.extent_percent == 100
    assert posting.latest_end == date(2030, 12, 31)
    assert posting.leave_right is True
    assert posting.documents == ("CV", "personligt brev", "löneanspråk")
    assert posting.subject_line == "Sekreterare Ådalen"
    assert posting.apply_to == "kansli@narvardspartiet.example.se"
    assert posting.salary == "Individuell lönesättning"
    assert posting.warnings == ()


def test_a_page_header_in_the_middle_of_a_sentence_is_dropped_and_the_sentence_made_whole():
    assert read("narvardspartiet").tasks == (
        "I rollen som politisk sekreterare stödjer du våra regionråd i vardagen."
        " Det innefattar att bereda ärenden och skriva yrkanden.",
        "Du ska också hålla kontakt med medier och väljare i hela regionen.",
    )


def test_each_quality_of_running_text_is_a_row_in_the_postings_own_words():
    posting = read("narvardspartiet")
    assert posting.requirements == (
        "ett samhällsengagemang",
        "en god samarbetsförmåga",
        "trivs med att möta nya människor",
        "en van skribent",
        "noggrann",
        "initiativrik",
        "tar ansvar",
        "lösningsinriktad",
        "uthållig eftersom dagarna kan bli långa och planer kan ändras med kort varsel",
        "B-körkort",
    )
    words = " ".join(text_of("narvardspartiet").split())
    assert all(row in words for row in (*posting.requirements, *posting.merits))


def test_a_driving_licence_is_demanded_and_a_car_a_merit_though_one_sentence_says_both():
    posting = read("narvardspartiet")
    assert "B-körkort" in posting.requirements
    assert posting.merits == (
        "utbildning inom exempelvis statsvetenskap, journalistik eller motsvarande",
        "tillgång till egen bil",
    )


def test_two_contacts_keep_their_title_address_and_number_as_written():
    contacts = read("narvardspartiet").as_json()["contacts"]
    assert contacts == [
        {
            "name": "Vendela Åkerbäck",
            "title": "Regionråd i opposition",
            "email": "vendela.akerback@narvardspartiet.example.se",
            "phone": "070-174 06 05",
        },
        {
            "name": "Ossian Tallmyr",
            "title": "Gruppledare",
            "email": "ossian.tallmyr@narvardspartiet.example.se",
            "phone": "0701740611",
        },
    ]


def test_a_day_without_a_year_is_asked_for_and_never_made_a_date():
    posting = read("narvardspartiet").as_json()
    assert (posting["earliest_start"], posting["deadline"]) == (None, None)
    assert [(entry["field"], entry["text"]) for entry in posting["unclear"]] == [
        ("earliest_start", "1 februari"),
        ("deadline", "15 januari"),
    ]
    assert all(entry["question"].endswith("?") for entry in posting["unclear"])


def test_a_posting_of_bullets_and_labels_is_read_field_by_field():
    posting = read("skogslistan").as_json()
    contacts = posting.pop("contacts")
    assert posting == {
        "title": "politisk sekreterare",
        "party": "Skogslistan",
        "authority": "Fjällmarks kommun",
        "intro": "Skogslistan är ett lokalt parti i Fjällmarks kommun. Vi har fyra mandat.",
        "tasks": ["Skriva motioner och interpellationer", "Omvärldsbevakning", "Sköta sociala medier"],
        "requirements": [
            "God förmåga att uttrycka dig i tal och skrift",
            "Erfarenhet av politiskt arbete",
            "B-körkort",
        ],
        "merits": ["Akademisk examen i statsvetenskap", "Tillgång till egen bil"],
        "hours": "Kontorstid med vissa kvällar",
        "place": "Fjällmark",
        "remote": None,
        "employment_form": "Visstidsanställning",
        "posts": None,
        "extent_percent": 80,
        "earliest_start": "2027-02-01",
        "latest_end": "2030-12-31",
        "leave_right": None,
        "documents": ["CV", "personligt brev", "referenser"],
        "subject_line": "Ref 12",
        "apply_to": "jobb@skogslistan.example.se",
        "deadline": "2026-12-10",
        "salary": "36 000–41 000 kr/månad",
        "unclear": [],
        "warnings": [],
    }
    assert [tuple(person.values()) for person in contacts] == [
        ("Alva Grenstam", "gruppledare", "alva.grenstam@skogslistan.example.se", "070-174 06 20"),
        ("Måns Björkholt", "kommunalråd", None, "070 174 06 21"),
    ]


def test_a_posting_in_one_line_is_divided_by_what_its_sentences_say():
    assert "\n" not in text_of("kustpartiet").strip()
    posting = read("kustpartiet")
    assert posting.intro == "Kustpartiet i Region Havsbygden söker vikarier."
    assert posting.tasks == ("Du kommer att stödja gruppledaren och skriva texter.",)
    assert posting.requirements == ("delar våra värderingar", "noggrann", "strukturerad")
    assert posting.merits == ("Erfarenhet av regionpolitik",)
    assert (posting.posts, posting.extent_percent) == (2, 40)
    assert posting.latest_end == date(2030, 12, 31)
    assert [(person.name, person.title) for person in posting.contacts] == [("Tyra Sundvik", "gruppledare")]


def test_a_posting_that_does_not_say_who_employs_is_asked_about_it():
    assert [entry.field for entry in read("kustpartiet").unclear] == ["employment_form", "earliest_start", "deadline"]


def test_what_follows_the_merits_without_a_heading_is_no_merit():
    posting = read("dalpartiet")
    assert posting.merits == ("Om du har arbetat med politik",)
    assert posting.requirements[-1] == "Har körkort"
    assert posting.remote is False
    assert posting.salary == "Lön enligt regionens reglemente för politiska sekreterare"
    assert [person.phone for person in posting.contacts] == ["070-174 06 40", "070-174 06 41"]


@pytest.mark.parametrize("name", ["narvardspartiet", "skogslistan", "kustpartiet", "dalpartiet"])
def test_line_ends_of_windows_and_decomposed_letters_change_nothing(name):
    text = text_of(name)
    windows = unicodedata.normalize("NFD", text).replace("\n", "\r\n")
    assert windows != text
    assert read_posting(windows, on=AFTER_ELECTION) == read_posting(text, on=AFTER_ELECTION)


def without_empty_lines(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line)


def every_other_line_empty(text: str) -> str:
    return "\n\n".join(line for line in text.split("\n") if line)


def with_form_feeds(text: str) -> str:
    return text.replace("\n\nNärvårdspartiet\n", "\n\n\fNärvårdspartiet\n")


@pytest.mark.parametrize("extracted", [without_empty_lines, every_other_line_empty, with_form_feeds])
def test_the_same_words_drawn_out_of_a_file_in_another_way_give_the_same_fields(extracted):
    text = text_of("narvardspartiet")
    read_again = read_posting(extracted(text), on=AFTER_ELECTION).as_json()
    expected = read_posting(text, on=AFTER_ELECTION).as_json()
    for posting in (read_again, expected):
        posting["intro"] = posting["intro"].replace("\n\n", " ")
    assert extracted(text) != text
    assert {name: value for name, value in read_again.items() if value != expected[name]} == {}


@pytest.mark.parametrize("text", ["", "  \r\n\t ", "\0\0", "!", "– 2 –", "---\n***", "Hej", "Krav\n\nAnsökan"])
def test_a_text_that_says_nothing_gives_one_question_and_no_field(text):
    posting = read_posting(text, on=AFTER_ELECTION)
    assert len(posting.unclear) == 1
    assert "Det gick inte att läsa" in posting.unclear[0].question
    filled = {name: value for name, value in posting.as_json().items() if value not in (None, [])}
    assert set(filled) == {"unclear"}


def test_the_json_has_exactly_the_promised_fields_and_is_json():
    posting = read("narvardspartiet").as_json()
    assert list(posting) == FIELDS
    assert json.loads(json.dumps(posting, ensure_ascii=False)) == posting
    assert posting["latest_end"] == "2030-12-31"


def test_the_fields_a_posting_says_nothing_of_are_named_but_not_those_it_leaves_unclear():
    missing = read("kustpartiet").missing
    assert {"hours", "place", "salary"} <= set(missing)
    assert not {"deadline", "earliest_start", "tasks"} & set(missing)
