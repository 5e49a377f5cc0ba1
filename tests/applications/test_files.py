"""What a stranger may send as a file: refused beside its field within ten seconds, with everything else still there."""

import re
import time
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from portal import scope
from portal.documents.engines import places
from portal.documents.queries import documents_of, pictures_of
from portal.jobs.tasks import run_rounds
from portal.vault.services import the_vault
from tests.applications.paper import CV, PAPERS, applications_in, base, page_one, page_two, send
from tests.documents import hostile
from tests.forms import fields_of, submit
from tests.world import Published, World, publish_ad

MB = 1024 * 1024


@pytest.fixture
def ad(world: World, client: FlaskClient) -> Published:
    """An ad with a begun draft."""
    made = publish_ad(world)
    page_one(client, made)
    return made


def papers(client: FlaskClient, ad: Published) -> str:
    """Page two as it stands."""
    return client.get(f"{base(ad)}/handlingar").get_data(as_text=True)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("stor.pdf", b"%PDF-1.5\n" + b"x" * (13 * MB), "större än 10 MB"),
        ("tom.pdf", b"", "är tom"),
        ("låst.pdf", hostile.locked("hemligt"), "låst med lösenord"),
        pytest.param("häng.pdf", hostile.own_pattern(), None, marks=pytest.mark.slow),
        pytest.param("loop.pdf", hostile.reference_loop(), None, marks=pytest.mark.slow),
        ("bomb.docx", hostile.zip_bomb(200), "skadad"),
        ("bild.exe", b"MZ", "av en sort som inte går att ta emot"),
        ("fel.pdf", b"PK\x03\x04" + b"0" * 50, "något annat än vad namnet säger"),
    ],
)
def test_a_file_that_is_refused_gets_its_sentence_within_ten_seconds_and_the_rest_is_kept(
    client: FlaskClient, ad: Published, name: str, data: bytes, said: str | None
) -> None:
    files = {**CV, "Personligt brev som fil": (data, name)}
    begun = time.monotonic()
    answer = page_two(client, ad, PAPERS, files)
    assert time.monotonic() - begun < 15  # ten seconds, on a machine with much else to do
    page = answer.get_data(as_text=True)
    if answer.status_code == 422:
        assert said is None or said in page
        assert f"Filen {name}" in page
        assert re.search(r'id="letter_file-error"', page)
    else:
        assert said is None
    again = papers(client, ad)
    assert "alma-cv.pdf" in again
    assert "Jag skriver väl." in again


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../x.pdf", "x.pdf"),
        ("cv\u202efdp.exe.pdf", "cvfdp.exe.pdf"),
        ("Åsa Öberg.pdf", "Åsa Öberg.pdf"),
        ("A\u030asa.pdf", "Åsa.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_files_name_is_shown_clean_and_leads_nowhere(
    client: FlaskClient, ad: Published, sent: str, shown: str
) -> None:
    assert page_two(client, ad, {}, {"CV": (hostile.plain(), sent)}, "Spara CV").status_code == 303
    assert f"<b>{shown}</b>" in papers(client, ad)


def test_each_file_has_its_own_save_button_and_page_one_is_shown_back(client: FlaskClient, ad: Published) -> None:
    saved = page_two(client, ad, {"När kan du börja?": "genast"}, CV, "Spara CV")
    assert saved.headers["Location"].endswith("/handlingar#sparat")
    page = papers(client, ad)
    assert 'value="genast"' in page
    assert "PDF · 1 sida" in page
    picture = re.search(r'<img src="([^"]+/sida/[^"]+)"', page)
    assert picture is not None
    answer = client.get(picture[1])
    assert answer.data.startswith(b"\x89PNG")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_new_cv_takes_the_former_ones_place_and_its_bytes_are_gone(
    world: World, client: FlaskClient, ad: Published
) -> None:
    page_two(client, ad, {}, CV, "Spara CV")
    before = blobs(world)
    page_two(client, ad, {}, {"CV": (hostile.turned(), "ny.pdf")}, "Spara CV")
    assert "ny.pdf" in papers(client, ad)
    assert "alma-cv.pdf" not in papers(client, ad)
    assert not before & blobs(world)


def test_a_file_can_be_removed_without_losing_what_was_typed(client: FlaskClient, ad: Published) -> None:
    page_two(client, ad, {}, CV, "Spara CV")
    submit(client, f"{base(ad)}/handlingar", {"start": "genast"}, "Ta bort alma-cv.pdf")
    page = papers(client, ad)
    assert "alma-cv.pdf" not in page
    assert 'value="genast"' in page


@pytest.mark.slow
def test_the_sixth_attachment_is_refused_and_files_too_big_together_are_said_to_be_so(
    client: FlaskClient, ad: Published
) -> None:
    for number in range(5):
        page_two(client, ad, {}, {"Bilaga": (hostile.plain(), f"intyg{number}.pdf")}, "Spara bilagan")
    sixth = page_two(client, ad, {}, {"Bilaga": (hostile.plain(), "intyg6.pdf")}, "Spara bilagan")
    assert "redan fem bilagor" in sixth.get_data(as_text=True)
    big = hostile.plain() + b"\n%" + b"x" * (7 * MB)
    both = page_two(client, ad, {}, {"CV": (big, "cv.pdf"), "Personligt brev som fil": (big, "brev.pdf")})
    assert "för stora tillsammans" in both.get_data(as_text=True)


def test_over_forty_megabytes_the_page_leads_back_to_the_saved_draft(client: FlaskClient, ad: Published) -> None:
    page_two(client, ad, {}, CV, "Spara CV")
    answer = page_two(client, ad, {}, {"CV": (b"x" * (41 * MB), "cv.pdf")}, "Spara CV")
    assert answer.status_code == 413
    assert f'href="{base(ad)}/handlingar"' in answer.get_data(as_text=True)
    assert "alma-cv.pdf" in papers(client, ad)


@pytest.fixture
def no_child_free(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Both children are busy with other files."""
    monkeypatch.setattr(places, "WAIT_FOR_CHILD", 0.1)
    places.READING.here.acquire()
    places.READING.here.acquire()
    yield
    places.READING.here.release()
    places.READING.here.release()


def test_a_file_that_nobody_has_time_to_read_is_stored_and_said_to_wait(
    client: FlaskClient, ad: Published, no_child_free: None
) -> None:
    assert page_two(client, ad, PAPERS, CV).status_code == 303
    assert "Filen läses, du kan fortsätta" in client.get(f"{base(ad)}/kontrollera").get_data(as_text=True)


def test_a_file_that_waited_is_read_by_the_worker_and_its_verdict_stands_on_the_check_page(
    world: World, client: FlaskClient, ad: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "WAIT_FOR_CHILD", 0)
    page_two(client, ad, PAPERS, {"CV": (hostile.locked("x"), "låst.pdf")})
    page_two(client, ad, {}, {"Bilaga": (hostile.plain(), "intyg.pdf")}, "Spara bilagan")
    monkeypatch.undo()
    monkeypatch.setenv("PORTAL_NOW", "2026-11-23T10:05")
    run_rounds(world.app)
    page = client.get(f"{base(ad)}/kontrollera").get_data(as_text=True)
    assert "låst med lösenord" in page
    assert "intyg.pdf" in page
    assert "Filen läses" not in page
    assert "Lägg till ditt CV." in page
    assert send(client, ad).status_code == 422


def test_a_stored_file_that_does_not_open_is_asked_for_anew_at_sending(
    world: World, client: FlaskClient, ad: Published
) -> None:
    page_two(client, ad)
    with world.app.app_context():
        for name, _written in list(the_vault().blobs.names()):
            the_vault().blobs.delete(name)
    answer = send(client, ad)
    assert answer.status_code == 422
    assert "Filen till CV går inte att öppna" in answer.get_data(as_text=True)
    assert applications_in(world, ad) == []


def test_after_the_sending_the_worker_draws_every_page_and_the_typed_letter(
    world: World, client: FlaskClient, ad: Published
) -> None:
    page_two(client, ad, PAPERS, {"CV": (hostile.many_pages(3), "tre.pdf")})
    assert send(client, ad).status_code == 303
    run_rounds(world.app)
    run_rounds(world.app)
    (application,) = applications_in(world, ad)
    with world.acting(scope.authority(world.authority)) as session:
        documents = documents_of(session, application.id)
        drawn = {d.slot: [p.number for p in pictures_of(session, [d.id])] for d in documents}
        assert drawn == {"cv": [1, 2, 3], "letter": [1]}
        assert {d.state for d in documents} == {"ready"}


def blobs(world: World) -> set[str]:
    """What lies in the store."""
    with world.app.app_context():
        return {name for name, _written in the_vault().blobs.names()}


def test_a_save_button_with_no_file_chosen_says_so_and_keeps_the_rest(client: FlaskClient, ad: Published) -> None:
    answer = page_two(client, ad, {"När kan du börja?": "genast"}, {}, "Spara CV")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Ingen fil är vald" in page
    assert 'value="genast"' in page


@pytest.mark.parametrize(
    ("told", "sentences"),
    [
        ("cv wrong_kind foto.jpg", ["Filen foto.jpg är av en sort som inte går att ta emot."]),
        ("attachment too_big ../film <b>.pdf", ["Filen film _b_.pdf är större än 10 MB."]),
        ("cv stuck x.pdf", []),
        ("letter_file too_big x.pdf", []),
        ("cv", []),
    ],
)
def test_a_file_that_the_page_let_go_by_itself_is_told_of_with_all_else_that_is_missing(
    client: FlaskClient, ad: Published, told: str, sentences: list[str]
) -> None:
    token = fields_of(client.get(f"{base(ad)}/handlingar"))["csrf_token"]
    answer = client.post(f"{base(ad)}/handlingar", data={"csrf_token": token, "salary": "mycket", "let_go": told})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Skriv löneanspråket" in page
    assert re.findall(r"Filen [^<]+?\.(?:jpg|pdf) är [^.]+\.", page)[: len(sentences)] == sentences
    assert ("Två saker att rätta" in page) is bool(sentences)
