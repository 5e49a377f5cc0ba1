"""The terms, the sender and the way to apply, in the wordings that real postings use."""

from datetime import date

import pytest

from portal.ads.reading.posting import Posting, read_posting


def read(text: str) -> Posting:
    return read_posting(text, on=date(2026, 11, 22))


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("Tjänsten är på heltid.", 100),
        ("Tjänsten är på halvtid.", 50),
        ("Omfattning: 80 %", 80),
        ("Sysselsättningsgrad: 75 procent", 75),
        ("Vi söker två vikariat på 40 %.", 40),
        ("Partiet fick 24 % av rösterna i valet.", None),
        ("Löneanspråk räknat på heltid bifogas.", None),
        ("POLITISK SEKRETERARE (80 %)\n\nVillkor\nLönen är 36 000 kr i månaden vid heltid.", 80),
        ("Om tjänsten\nLön 40 000 kr (heltid). Tjänsten omfattar 75 %.", 75),
        ("Lönen för tjänsten är 36 000–40 000 kr vid heltid.", None),
        ("Villkor\n36 000 kr vid heltid.", None),
        ("Villkor\nHeltidslönen är 36 000 kr.", None),
        ("Tjänsten är på heltid med individuell lönesättning.", 100),
        ("Villkor\nHeltid, individuell lön.", 100),
        ("Tjänsten är på 75 % av heltid.", 75),
        ("Tjänsten är på 80 % och lönen vid heltid är 36 000 kr.", 80),
    ],
)
def test_the_extent_is_a_whole_number_of_per_cent(text, percent):
    assert read(text).extent_percent == percent


@pytest.mark.parametrize("words", ["40–80 %", "100 / 75 %", "deltid", "heltid, deltid"])
def test_an_extent_left_open_is_asked_for(words):
    posting = read(f"Tjänsten är på {words}.")
    assert posting.extent_percent is None
    assert [entry.text for entry in posting.unclear if entry.field == "extent_percent"] == [words]


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("Nu söker vi en till politisk sekreterare.", 1),
        ("Vi söker två politiska sekreterare.", 2),
        ("Vi utlyser tre tjänster.", 3),
        ("Antal tjänster: 4", 4),
        ("Vi söker en engagerad politisk sekreterare.", 1),
        ("Vi söker politisk sekreterare.", None),
        ("I regionen finns 24 politiska sekreterare.", None),
    ],
)
def test_the_number_of_posts_is_what_the_posting_says(text, posts):
    assert read(text).posts == posts


@pytest.mark.parametrize(
    ("text", "remote"),
    [
        ("Det finns möjlighet till distansarbete.", True),
        ("Du kan delvis arbeta hemifrån.", True),
        ("Distansarbete är inte möjligt.", False),
        ("Distansarbete är möjligt men inte mer än två dagar i veckan.", True),
        ("Distansarbete går bra, dock ej oftare än varannan dag.", True),
        ("Tjänsten kan inte utföras helt på distans.", None),
        ("Du behöver inte vara på plats varje dag, distansarbete går bra.", None),
        ("Det går bra att arbeta hemifrån, men inte på måndagar.", None),
        ("Du kan arbeta hemifrån men inte på måndagar.", None),
        ("Arbetet kan utföras på distans utan begränsning.", None),
        ("Du kan arbeta på distans upp till två dagar i veckan, dock inte under fullmäktige.", None),
        ("Vi erbjuder inte gym, frukt eller distansarbete.", None),
        ("Du behöver inte arbeta på distans.", None),
        ("Det finns ingen möjlighet till distansarbete.", False),
        ("Det går inte att arbeta hemifrån.", False),
        ("Möjlighet till distansarbete finns tyvärr inte.", False),
        ("Du arbetar på plats, inte på distans.", False),
        ("Du arbetar i Regionhuset.", None),
    ],
)
def test_remote_work_is_true_false_or_not_spoken_of(text, remote):
    assert read(text).remote is remote


@pytest.mark.parametrize(
    ("text", "leave"),
    [
        ("Enligt kommunallagen har du rätt till tjänstledighet.", True),
        ("Du har rätt till ledighet från din anställning.", True),
        ("Du har inte rätt till tjänstledighet.", False),
        ("Vi söker dig.", None),
    ],
)
def test_the_right_to_leave_is_true_false_or_not_spoken_of(text, leave):
    assert read(text).leave_right is leave


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Tjänsten utgår från Regionhuset i Kramviken.", "Regionhuset i Kramviken"),
        ("Du är placerad på partiets kansli i Kramviken med möjlighet att resa.", "partiets kansli i Kramviken"),
        ("Placeringsort är Kramviken.", "Kramviken"),
        ("Arbetsort: Kramviken", "Kramviken"),
    ],
)
def test_the_place_is_cut_out_of_its_sentence(text, place):
    assert read(text).place == place


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ('Märk ämnesraden med "Sekreterare".', "Sekreterare"),
        ("Märk din ansökan med ”Sekreterare”.", "Sekreterare"),
        ("Skriv 'Sekreterare' i ämnesraden.", "Sekreterare"),
        ("Märk mejlet med Sekreterare.", "Sekreterare"),
        ("Vi är ett märkligt parti.", None),
    ],
)
def test_the_subject_line_is_what_stands_in_quotes(text, subject):
    assert read(text).subject_line == subject


def test_all_that_is_to_be_sent_is_listed_once_and_what_is_not_wanted_is_left_out():
    text = (
        "Skicka CV, personligt brev och löneanspråk. Inga betyg behöver bifogas. Bifoga ditt CV."
        " Referenser lämnas på begäran."
    )
    assert read(text).documents == ("CV", "personligt brev", "löneanspråk")


def test_a_web_address_is_where_to_apply_when_no_mail_address_is_given():
    assert read("Ansök via https://example.se/jobb/12.").apply_to == "https://example.se/jobb/12"


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Alva Grenstam, gruppledare, tel. 070-174 06 20", ("Alva Grenstam", "gruppledare", None, "070-174 06 20")),
        ("Gruppledare Alva Grenstam, 0701740620", ("Alva Grenstam", "Gruppledare", None, "0701740620")),
        ("Alva Grenstam (S), oppositionsråd", ("Alva Grenstam", "oppositionsråd", None, None)),
        (
            "Alva Grenstam\nalva@example.se\n+46 70 174 06 20",
            ("Alva Grenstam", None, "alva@example.se", "+46 70 174 06 20"),
        ),
        (
            "Kontakta regionråd Alva Grenstam på 070/174 06 20 eller alva@example.se.",
            ("Alva Grenstam", "regionråd", "alva@example.se", "070/174 06 20"),
        ),
    ],
)
def test_a_contact_is_read_from_the_forms_postings_use(line, person):
    (contact,) = read(f"Politisk sekreterare\n\nKontakt\n\n{line}").contacts
    assert (contact.name, contact.title, contact.email, contact.phone) == person


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("phone", ["070-174 06 12\n", ""])
def test_a_title_above_a_name_belongs_to_the_name_below_it(between, phone):
    text = f"Gruppledare\nAnna Andersson\n{phone}Kanslichef\nBertil Bo\n".replace("\n", between)
    contacts = read(f"Politisk sekreterare\n\nArbetsuppgifter\n- skriva\n\nKontakt\n{text}").contacts
    assert [(person.name, person.title) for person in contacts] == [
        ("Anna Andersson", "Gruppledare"),
        ("Bertil Bo", "Kanslichef"),
    ]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_title_below_a_name_belongs_to_the_name_above_it(between):
    text = "Anna Andersson\nGruppledare\n070-174 06 12\nBertil Bo\nKanslichef\n".replace("\n", between)
    contacts = read(f"Politisk sekreterare\n\nArbetsuppgifter\n- skriva\n\nKontakt\n{text}").contacts
    assert [(person.name, person.title) for person in contacts] == [
        ("Anna Andersson", "Gruppledare"),
        ("Bertil Bo", "Kanslichef"),
    ]


def test_a_title_of_more_words_than_the_office_is_a_title_too():
    text = "Rekryterande chef\nAnna Andersson\n070-174 06 12\nFacklig representant\nBertil Bo\n070-174 06 13"
    contacts = read(f"Politisk sekreterare\n\nArbetsuppgifter\n- skriva\n\nKontakt\n{text}").contacts
    assert [(person.name, person.title) for person in contacts] == [
        ("Anna Andersson", "Rekryterande chef"),
        ("Bertil Bo", "Facklig representant"),
    ]


def test_a_sentence_above_a_name_is_no_title():
    text = "Frågor om tjänsten besvaras av gruppledare\nAnna Andersson\nKanslichef\n070-174 06 12\nBertil Bo\n"
    contacts = read(f"Politisk sekreterare\n\nArbetsuppgifter\n- skriva\n\nKontakt\n{text}").contacts
    assert [(person.name, person.title) for person in contacts] == [
        ("Anna Andersson", "Kanslichef"),
        ("Bertil Bo", None),
    ]


def test_where_one_has_the_title_above_and_another_below_each_keeps_their_own():
    text = "Gruppledare\nAnna Andersson\n\nBertil Bo\nKanslichef\n\nCecilia Ek\n070-174 06 12"
    contacts = read(f"Politisk sekreterare\n\nArbetsuppgifter\n- skriva\n\nKontakt\n{text}").contacts
    assert [(person.name, person.title) for person in contacts] == [
        ("Anna Andersson", "Gruppledare"),
        ("Bertil Bo", "Kanslichef"),
        ("Cecilia Ek", None),
    ]


def test_an_address_belongs_to_the_person_whose_name_it_is_built_of():
    text = "Kontakt\n\nAlva Grenstam\nMåns Björkholt\nalva.grenstam@example.se\nmans.bjorkholt@example.se"
    contacts = read(f"Politisk sekreterare\n\n{text}").contacts
    assert [(person.name, person.email) for person in contacts] == [
        ("Alva Grenstam", "alva.grenstam@example.se"),
        ("Måns Björkholt", "mans.bjorkholt@example.se"),
    ]


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("Vi verkar i Region Ådalens fullmäktige.", "Region Ådalen"),
        ("Vi verkar i Region Kalmar län.", "Region Kalmar län"),
        ("Vi verkar i Fjällmarks kommuns fullmäktige.", "Fjällmarks kommun"),
        ("Vi verkar i Västra Götalandsregionen.", "Västra Götalandsregionen"),
        ("Vi verkar i regionen.", None),
    ],
)
def test_the_authority_is_named_without_its_genitive(text, authority):
    assert read(text).authority == authority


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Politisk sekreterare för Närvårdspartiet", "Politisk sekreterare för Närvårdspartiet"),
        ("Närvårdspartiet söker politisk sekreterare, 80 %", "politisk sekreterare"),
        ("Titel: Politisk kommunikatör", "Politisk kommunikatör"),
        ("Vi söker nu en politisk sekreterare till vårt kansli.", "politisk sekreterare"),
    ],
)
def test_the_title_is_the_heading_or_what_is_sought(line, title):
    assert read(f"{line}\n\nVälkommen.").title == title
