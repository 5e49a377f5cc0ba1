"""The office's pages: saved as one goes, everything typed kept, the end date never typed blind."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import scope
from portal.ads.models import Ad, AdContact, AdCriterion
from portal.posts.employer_model import Employer
from tests.ads.drafts import stored, whole_draft
from tests.forms import submit, submit_page
from tests.world import World, publish_ad

SAVE = "Spara och fortsätt"


def place(ad_id: UUID, part: str = "") -> str:
    return f"/arbete/rekryteringar/{ad_id}/annons{'/' if part else ''}{part}"


@pytest.fixture
def office(world: World) -> FlaskClient:
    return world.browser(world.kansli)


def typed(text: str, name: str) -> str | None:
    """The value that stands in an input."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', text)
    value = re.search(r'value="([^"]*)"', found[0]) if found else None
    return value[1] if value else None


def test_an_ad_is_written_from_blank_to_published_page_by_page(world: World, office: FlaskClient) -> None:
    made = submit(office, "/arbete/rekryteringar/ny", {}, "Börja skriva")
    assert made.status_code == 303
    ad_id = UUID(made.headers["Location"].split("/")[3])
    steps: list[tuple[str, dict[str, Any]]] = [
        ("arbetsgivare", {"employer": "authority", "retention_months": "24", "retention_rule": "§ 12"}),
        ("omfattning", {"extent_percent": "80 %", "posts": "1", "hours": "Oreglerad", "place": "Härnösand"}),
        ("slutdatum", {"expected_decision": "2026-12-21", "earliest_start": "2027-02-01"}),
        ("lon", {"salary_low": "38.000 kr", "salary_high": "46000:-", "collective_agreement": "AB"}),
        ("rubrik", {"title": "Politisk sekreterare, 80 %", "intro": "Du arbetar\r\nnära regionråden."}),
        ("arbetsuppgifter", {"tasks": "- skriva tal\n\n• läsa handlingar"}),
        ("krav", {"rows-0-text": "Du skriver väl", "rows-0-kind": "krav", "rows-0-judged": "skala"}),
        ("handlingar", {"documents": ["cv", "letter"]}),
        ("sista-dag", {"deadline": "2026-12-11", "rows-0-when": "11–15 jan", "rows-0-text": "Intervjuer"}),
        ("kontakt", {"rows-0-name": "Gunnel Sundvall", "rows-0-email": "gunnel@example.se"}),
    ]
    for number, (part, data) in enumerate(steps):
        answer = submit(office, place(ad_id, part), data, SAVE)
        assert answer.status_code == 303, (part, re.findall(r'error">.*?</p>', answer.get_data(as_text=True)))
        following = [*[slug for slug, _ in steps], "publicera"][number + 1]
        assert answer.headers["Location"].endswith(f"/annons/{following}")
    names = ("latest_end", "salary_low", "tasks", "documents", "timetable", "extent_percent")
    assert stored(world, ad_id, *names) == (
        date(2030, 12, 31), 38000, ["skriva tal", "läsa handlingar"], ["cv", "letter"], [["11–15 jan", "Intervjuer"]], 80,
    )  # fmt: skip
    assert submit(office, place(ad_id, "publicera"), {}, "Publicera annonsen").status_code == 303
    assert "Annonsen är publicerad" in office.get(place(ad_id, "publicera")).get_data(as_text=True)
    (reference,) = stored(world, ad_id, "reference")
    shown = world.browser().get(f"/annonser/{reference}").get_data(as_text=True)
    assert "Politisk sekreterare, 80 %" in shown
    assert "Intervjuer" in shown


@pytest.mark.parametrize(
    ("part", "data", "sentence"),
    [
        ("slutdatum", {"latest_end": "2031-03-31"}, "31 mars 2031 går inte. Längst till och med 31 december 2030."),
        ("slutdatum", {"earliest_start": "2031-01-01", "latest_end": ""}, "anställningen kan inte börja"),
        ("slutdatum", {"latest_end": "2027-01-31"}, "ligger före första dagen"),
        ("slutdatum", {"earliest_start": "2027-02-30"}, "2027-02-30 är inget datum"),
        ("slutdatum", {"earliest_start": "0001-01-01"}, "Välj en dag från 2020"),
        ("slutdatum", {"latest_end": "9999-12-31"}, "Välj en dag från 2020"),
        ("slutdatum", {"earliest_start": "2026-11-22"}, "Tillträdet 22 november 2026 har passerat"),
        ("slutdatum", {"earliest_start": ""}, "Ange tidigaste tillträde"),
        ("slutdatum", {"employment_form": "tillsvidare"}, "Tills vidare går inte"),
        ("sista-dag", {"deadline": "2026-02-29"}, "2026-02-29 är inget datum"),
        ("sista-dag", {"deadline": "7 augusti"}, "7 augusti är inget datum"),
        ("sista-dag", {"rows-0-text": "Intervjuer"}, "Skriv när det händer"),
        ("omfattning", {"extent_percent": "0"}, "Skriv ett tal från 1 till 100"),
        ("omfattning", {"extent_percent": "heltid"}, "Skriv ett helt tal med siffror"),
        ("omfattning", {"posts": ""}, "Ange hur många tjänster"),
        ("lon", {"salary_low": "46000", "salary_high": "38000"}, "Högsta lönen är lägre"),
        ("lon", {"salary_low": "-5"}, "Skriv ett helt tal"),
        ("rubrik", {"title": "Å" * 300}, "Texten har 300 tecken. Korta den till högst 120."),
        ("rubrik", {"title": " \x00 "}, "Skriv en rubrik"),
        ("arbetsuppgifter", {"tasks": "\n \n"}, "Skriv minst en arbetsuppgift"),
        ("arbetsgivare", {"retention_months": "0"}, "Skriv ett tal från 1 till 120"),
        ("kontakt", {"rows-0-email": "gunnel(a)example.se"}, "Adressen går inte att skicka till"),
        ("kontakt", {"rows-0-phone": "ring mig"}, "Skriv numret med siffror"),
        ("kontakt", {"rows-0-name": ""}, "Skriv vem det är"),
        ("krav", {"rows-0-text": ""}, "Skriv vad kravet är"),
        ("krav", {"rows-0-weight": "101"}, "Skriv ett tal från 0 till 100"),
    ],
)
def test_what_cannot_stand_is_said_at_its_field_and_nothing_typed_is_lost(
    world: World, office: FlaskClient, part: str, data: dict[str, str], sentence: str
) -> None:
    ad_id = whole_draft(world)
    if part == "krav":
        data = {"rows-0-explanation": "Varför", **data}
    before = stored(world, ad_id, "changed_at", "latest_end", "title")
    answer = submit(office, place(ad_id, part), data, SAVE)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert text.count(sentence) >= 2, "once in the summary, once at the field"
    assert 'class="field has-error' in text or "has-error" in text
    for name, value in data.items():
        if value.strip(" \x00\n") and name not in ("employment_form", "tasks"):
            assert typed(text, name) == value
    assert stored(world, ad_id, "changed_at", "latest_end", "title") == before


def test_the_end_page_shows_the_law_before_anything_is_typed(world: World, office: FlaskClient) -> None:
    text = office.get(place(whole_draft(world), "slutdatum")).get_data(as_text=True)
    assert "Därför 31 december 2030" in text
    assert "8 september 2030" in text
    assert "Kommunallagen 4 kap. 33 §" in text


def test_the_repair_button_puts_the_last_possible_day_in_place(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world)
    refused = submit(
        office, place(ad_id, "slutdatum"), {"latest_end": "2031-03-31", "earliest_start": "2027-03-01"}, SAVE
    )

    answer = submit_page(office, refused, place(ad_id, "slutdatum"), {}, "Använd 31 december 2030")
    assert answer.status_code == 303
    assert stored(world, ad_id, "latest_end", "earliest_start") == (date(2030, 12, 31), date(2027, 3, 1))


def test_reckoning_again_saves_nothing_and_shows_both_answers_near_an_election(
    world: World, office: FlaskClient
) -> None:
    ad_id = whole_draft(world)
    data = {"expected_decision": "2030-08-20", "earliest_start": "2030-09-20", "latest_end": ""}
    answer = submit(office, place(ad_id, "slutdatum"), data, "Räkna om utan att spara")
    text = answer.get_data(as_text=True).replace("\xa0", " ")
    assert answer.status_code == 200
    assert "räcker anställningen till 31 december 2030" in text
    assert "Fattas det efter valet räcker den till 31 december 2034" in text
    assert stored(world, ad_id, "earliest_start") == (date(2027, 2, 1),)


def test_a_party_is_shown_what_las_does_and_may_run_past_the_policy_day_with_a_reason(
    world: World, office: FlaskClient
) -> None:
    ad_id = whole_draft(world, employer=Employer.PARTY)
    text = office.get(place(ad_id, "slutdatum")).get_data(as_text=True).replace("\xa0", " ")
    assert "1 februari 2028 blir anställningen en tillsvidareanställning" in text
    assert "Utgångsläget är 31 december 2030" in text
    assert "sista möjliga dag" not in text.casefold(), "kommunallagen 4:33 binds no party"
    refused = submit(office, place(ad_id, "slutdatum"), {"latest_end": "2031-03-31"}, SAVE)
    assert refused.status_code == 422
    assert "Skriv varför, så går det" in refused.get_data(as_text=True)

    given = submit_page(office, refused, place(ad_id, "slutdatum"), {"end_reason": "Kongressen är i april."}, SAVE)
    assert given.status_code == 303
    assert stored(world, ad_id, "latest_end") == (date(2031, 3, 31),)


def test_without_an_employer_no_end_can_be_saved_and_the_page_says_what_to_do(
    world: World, office: FlaskClient
) -> None:
    made = submit(office, "/arbete/rekryteringar/ny", {}, "Börja skriva")
    ad_id = UUID(made.headers["Location"].split("/")[3])
    answer = submit(office, place(ad_id, "slutdatum"), {"earliest_start": "2027-02-01"}, SAVE)
    assert answer.status_code == 422
    assert "Ange först vem som anställer" in answer.get_data(as_text=True)


def test_what_follows_from_the_employer_is_compared_before_choosing(world: World, office: FlaskClient) -> None:
    text = office.get(place(whole_draft(world), "arbetsgivare")).get_data(as_text=True)
    for words in ("Regionstyrelsen i Region Ådalen", "Närvårdspartiet i Ådalen", "Allmänna handlingar", "Behövs inte",
                  "Gallras 24 månader", "Raderas 24 månader", "Längst 31 december 2030, enligt lag",
                  "Det blir tydligare vem som har", "Rollen i organisationen blir otydlig", "RS/265/2023",
                  "Arbetsledare", "Okänt: en person fyller i det i avtalet"):  # fmt: skip
        assert words in text, words


def texts_of(world: World) -> list[str]:
    with world.acting(scope.party(world.party)) as session:
        return [row.text for row in session.scalars(select(AdCriterion).order_by(AdCriterion.position))]


def test_rows_are_added_moved_and_removed_without_scripts_and_what_was_typed_is_saved(
    world: World, office: FlaskClient
) -> None:
    ad_id = whole_draft(world)
    krav = place(ad_id, "krav")
    for text in ("Du är självgående", "Du har B-körkort"):
        rows = len(texts_of(world))
        data = {f"rows-{rows}-text": text, f"rows-{rows}-judged": "finns", f"rows-{rows}-weight": "40"}
        answer = submit(office, krav, data, "Spara och lägg till en rad")
        assert answer.headers["Location"].endswith("/annons/krav#ny-rad")
    assert texts_of(world) == ["Du skriver väl", "Du är självgående", "Du har B-körkort"]
    form = office.get(krav)
    legends = re.findall(
        r'<fieldset class="part stack"([^>]*)>\s*<legend class="vh">([^<]+)</legend>', form.get_data(as_text=True)
    )
    assert legends[2:] == [("", "Krav 3: Du har B-körkort"), (' id="ny-rad" tabindex="-1"', "Krav 4, ny")]
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form.get_data(as_text=True).partition("novalidate")[2])
    assert token is not None

    def press(name: str, value: str) -> None:
        data: dict[str, str] = {"csrf_token": token[1], name: value}  # type: ignore[index]
        for number, row in enumerate(rows_now()):
            data |= {f"rows-{number}-{key}": str(of) for key, of in row.items()}
        assert office.post(krav, data=data).status_code == 303

    def rows_now() -> list[dict[str, Any]]:
        with world.acting(scope.party(world.party)) as session:
            found = session.scalars(select(AdCriterion).order_by(AdCriterion.position))
            return [
                {"id": r.id, "kind": r.kind, "judged": r.judged, "text": r.text + ".", "weight": r.weight}
                for r in found
            ]

    press("move", "2:up")
    assert texts_of(world) == ["Du skriver väl.", "Du har B-körkort.", "Du är självgående."]
    press("remove", "0")
    assert texts_of(world) == ["Du har B-körkort..", "Du är självgående.."]
    assert [row["weight"] for row in rows_now()] == [0, 0], "what is there or not has no weight"
    press("move", "junk")
    assert len(texts_of(world)) == 2


def test_another_ads_row_id_in_the_form_touches_nothing_there(world: World, office: FlaskClient) -> None:
    other = publish_ad(world, party=world.rival)
    ad_id = whole_draft(world)
    data = {"rows-0-id": str(other.criteria[0]), "rows-0-text": "Kapat"}
    submit(office, place(ad_id, "krav"), data, SAVE)
    with world.acting(scope.party(world.rival)) as session:
        assert session.get_one(AdCriterion, other.criteria[0]).text == "Du skriver väl, också när det är bråttom"


def test_markup_and_control_characters_become_plain_text(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world)
    hostile = '<script>alert("x")</script>\x00\x1b'
    assert submit(office, place(ad_id, "rubrik"), {"title": hostile, "intro": hostile}, SAVE).status_code == 303
    assert stored(world, ad_id, "title") == ('<script>alert("x")</script>',)
    for part in ("", "rubrik", "forhandsvisning", "publicera"):
        assert "<script>alert" not in office.get(place(ad_id, part)).get_data(as_text=True)


def test_contacts_of_two_ads_never_mix(world: World, office: FlaskClient) -> None:
    first, second = whole_draft(world), whole_draft(world)
    submit(office, place(first, "kontakt"), {"rows-0-name": "Elof Rehnström"}, SAVE)
    with world.acting(scope.party(world.party)) as session:
        names = dict(session.execute(select(AdContact.ad_id, AdContact.name)).all())  # type: ignore[arg-type]
        assert names == {first: "Elof Rehnström", second: "Gunnel Sundvall"}
        assert len(session.scalars(select(Ad)).all()) == 2
