"""An existing posting becomes a draft: as text, as a file, and with what could not be read asked at its field."""

import io
import zipfile
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from portal import scope
from portal.ads.models import Ad, AdContact, AdCriterion
from portal.ads.services.publishing import NotReady
from tests.ads.drafts import published, stored, whole_draft
from tests.forms import submit
from tests.world import World

POSTINGS = Path(__file__).parent / "reading" / "postings"
TEXT = (POSTINGS / "narvardspartiet.txt").read_text(encoding="utf-8")
PAGE = "/arbete/rekryteringar/las-in"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(text: str) -> bytes:
    """A small Word file with one paragraph a line."""
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", types)
        package.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{lines}</w:body></w:document>')
    return out.getvalue()


def test_pasted_text_fills_the_draft_and_asks_at_the_fields(world: World) -> None:
    office = world.browser(world.kansli)
    made = submit(office, PAGE, {"text": TEXT}, "Läs in")
    assert made.status_code == 303
    ad_id = UUID(made.headers["Location"].split("/")[3])
    title, tasks, unclear = stored(world, ad_id, "title", "tasks", "unclear")
    assert title
    assert tasks
    with world.acting(scope.party(world.party)) as session:
        assert session.scalar(select(func.count()).select_from(AdCriterion))
        assert session.scalar(select(func.count()).select_from(AdContact))
    slugs = {"deadline": "sista-dag", "earliest_start": "slutdatum", "latest_end": "slutdatum", "title": "rubrik"}
    shown = [entry for entry in unclear if entry["field"] in slugs]
    assert shown
    for entry in shown:
        part = office.get(f"/arbete/rekryteringar/{ad_id}/annons/{slugs[entry['field']]}").get_data(as_text=True)
        assert "Från den inlästa annonsen" in part
    assert "Rätta" in office.get(made.headers["Location"]).get_data(as_text=True)


@pytest.mark.parametrize("name", ["annons.txt", "annons.docx"])
def test_a_file_is_read_by_the_same_limited_door_as_strangers_files(world: World, name: str) -> None:
    data = TEXT.encode() if name.endswith("txt") else word_file(TEXT.replace("&", "och"))
    made = submit(world.browser(world.kansli), PAGE, {}, "Läs in", files={"file": (data, name)})
    assert made.status_code == 303
    ad_id = UUID(made.headers["Location"].split("/")[3])
    assert "sekreterare" in stored(world, ad_id, "title")[0].lower()


@pytest.mark.parametrize(
    ("data", "files", "sentence"),
    [
        ({}, None, "Klistra in annonsens text, eller välj en fil."),
        ({}, {"file": (b"", "tom.txt")}, "är tom"),
        ({}, {"file": (b"%PDF-1.7 skada", "annons.pdf")}, "annons.pdf"),
        ({}, {"file": (b"GIF89a....", "bild.gif")}, "bild.gif"),
        ({"text": "x" * 60_001}, None, "Korta den till högst 60000"),
    ],
)
def test_what_cannot_be_read_is_said_and_makes_no_draft(
    world: World, data: dict[str, str], files: dict[str, tuple[bytes, str]] | None, sentence: str
) -> None:
    answer = submit(world.browser(world.kansli), PAGE, data, "Läs in", files=files)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    with world.acting(scope.party(world.party)) as session:
        assert session.scalar(select(func.count()).select_from(Ad)) == 0


@pytest.mark.parametrize("text", ["hej", "Recept på pannkakor\n\n3 dl mjöl\n6 dl mjölk\n\nVispa ihop och stek i smör."])
def test_a_text_that_is_no_ad_makes_none_and_stays_in_its_box(world: World, text: str) -> None:
    answer = submit(world.browser(world.kansli), PAGE, {"text": text}, "Läs in")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "I texten hittades inget som en annons säger" in page
    assert text.splitlines()[0] in page
    with world.acting(scope.party(world.party)) as session:
        assert session.scalar(select(func.count()).select_from(Ad)) == 0


def test_a_file_that_is_no_ad_makes_none(world: World) -> None:
    answer = submit(world.browser(world.kansli), PAGE, {}, "Läs in", files={"file": (b"3 dl mjol", "recept.txt")})
    assert answer.status_code == 422
    assert "så ingen annons är gjord" in answer.get_data(as_text=True)


def test_where_only_an_intro_was_found_it_is_said(world: World) -> None:
    office = world.browser(world.kansli)
    text = "Det var en gång en flicka som bodde i skogen och hade en röd luva och en korg med mat. " * 2
    edit = submit(office, PAGE, {"text": text}, "Läs in").headers["Location"]
    page = office.get(edit).get_data(as_text=True)
    assert "Bara rubrik eller ingress hittades i texten." in page
    assert "Annonsen är inläst" not in page
    whole = submit(office, PAGE, {"text": TEXT}, "Läs in").headers["Location"]
    assert "Annonsen är inläst" in office.get(whole).get_data(as_text=True)


def test_dates_that_cannot_hold_are_asked_about_and_stop_publishing(world: World) -> None:
    office = world.browser(world.kansli)
    text = (
        "Politisk sekreterare\n\nArbetsuppgifter\n- skriva tal\n\nTidsbegränsad anställning tidigast 1 september 2026 och "
        "längst till och med 31 mars 2031. Sista ansökningsdag är 7 augusti 2026. Enligt kommunallagen har du rätt till "
        "tjänstledighet.\n"
    )
    made = submit(office, PAGE, {"text": text}, "Läs in")
    ad_id = UUID(made.headers["Location"].split("/")[3])
    assert stored(world, ad_id, "latest_end", "deadline") == (date(2031, 3, 31), date(2026, 8, 7))
    term = office.get(f"/arbete/rekryteringar/{ad_id}/annons/slutdatum").get_data(as_text=True)
    assert "31 mars 2031 är för sent" in term
    assert "Använd 31 december 2030" in term
    review = office.get(f"/arbete/rekryteringar/{ad_id}/annons/publicera").get_data(as_text=True)
    assert "31 mars 2031 går inte" in review
    assert "fredag 7 augusti 2026, har passerat" in review
    assert "Publicera annonsen</button>" not in review


def test_hostile_text_makes_a_draft_that_every_page_can_show(world: World) -> None:
    office = world.browser(world.kansli)
    made = submit(office, PAGE, {"text": "<script>alert(1)</script>\x00\n" + "Å" * 5000 + "\n- " * 200}, "Läs in")
    assert made.status_code == 303
    for part in ("", "/rubrik", "/krav", "/kontakt", "/publicera"):
        answer = office.get(made.headers["Location"] + part)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.get_data(as_text=True)


def test_another_partys_posting_is_not_published_before_its_heading_is_looked_at(world: World) -> None:
    ad_id = whole_draft(world)
    question = "Annonsen är från Dalpartiet, och du skriver för Närvårdspartiet. Stämmer det?"
    with world.writing(scope.party(world.party)) as session:
        ad = session.get_one(Ad, ad_id)
        ad.unclear = [{"field": "title", "text": "Dalpartiet", "question": question}]
    office, place = world.browser(world.kansli), f"/arbete/rekryteringar/{ad_id}/annons"
    asked = office.get(f"{place}/publicera").get_data(as_text=True)
    assert "Måste rättas" in asked
    assert question in asked
    assert "Publicera annonsen</button>" not in asked
    with pytest.raises(NotReady):
        published(world, ad_id)
    submit(office, f"{place}/rubrik", {"title": "Politisk sekreterare", "intro": "Text."}, "Spara och fortsätt")
    assert "Publicera annonsen</button>" in office.get(f"{place}/publicera").get_data(as_text=True)
