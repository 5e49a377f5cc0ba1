"""What was answered on paper is typed in, attachments have their kinds, and what is begun waits on the desk."""

from datetime import date
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from portal import scope
from portal.applications.models import Application
from portal.documents.queries import documents_of
from portal.review.queries.papers import papers_of, salary_of
from tests.documents import hostile
from tests.forms import submit
from tests.intake.registering import add_cv, begin, finish, intakes
from tests.privacy.candidates import Clock
from tests.world import Published, World, publish_ad


@pytest.fixture
def ad(world: World, set_clock: Clock) -> Published:
    """The region employs; the last day was 11 December, and to-day is the 14th."""
    made = publish_ad(world, deadline=date(2026, 12, 11))
    set_clock("2026-12-14T10:00")
    return made


def test_answers_pay_and_an_attachments_kind_reach_whoever_reads(world: World, ad: Published) -> None:
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-09", email="petra@example.com").location
    yes, words = questions(office, page, ad)
    typed = {words: "Tio år som handläggare.", yes: "ja", "salary": "41 500", "start": "1 mars"}
    assert submit(office, f"{page}/svar", typed, "Spara svaren").status_code == 303
    diploma = {"attachment": (hostile.plain(), "betyg.pdf")}
    assert submit(office, page, {"attachment_kind": "betyg"}, "Spara bilagan", diploma).status_code == 303
    shown = office.get(page).get_data(as_text=True)
    assert "Två av" in shown or "2 av" in shown
    add_cv(office, page)
    finish(office, page)
    ((_row, application),) = intakes(world, world.party)
    assert application is not None
    with world.acting(scope.party(world.party)) as session:
        made = session.get_one(Application, application.id)
        papers = papers_of(session, made)
        assert papers is not None and papers.start == "1 mars"
        assert {said.choice or said.text for said in papers.answers.values()} == {"ja", "Tio år som handläggare."}
        assert salary_of(session, made) == "41500"
        kinds = {one.slot: one.attachment_kind for one in documents_of(session, made.id)}
    assert kinds["attachment"] == "betyg" and not kinds["cv"]


def questions(office: FlaskClient, page: str, ad: Published) -> tuple[str, str]:
    """The names of one yes-or-no question's choice and of one answer in words."""
    shown = office.get(f"{page}/svar").get_data(as_text=True)
    asked = [row.hex for row in ad.criteria]
    choices = [hex for hex in asked if f'name="choice_{hex}"' in shown]
    return f"choice_{choices[0]}", f"answer_{next(hex for hex in asked if hex not in choices)}"


def test_what_cannot_be_a_sum_is_refused_and_the_rest_kept_in_the_form(world: World, ad: Published) -> None:
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-09").location
    answer = submit(office, f"{page}/svar", {"salary": "mycket", "start": "genast"}, "Spara svaren")
    assert answer.status_code == 422
    assert "mycket" in answer.get_data(as_text=True) and "genast" in answer.get_data(as_text=True)


def test_what_is_begun_waits_on_the_desk_until_it_is_finished_or_thrown_away(world: World, ad: Published) -> None:
    office = world.browser(world.kansli)
    pages = [begin(office, ad, "2026-12-09", phone=phone).location for phone in ("070-174 06 05", "070-174 06 06")]
    todo = office.get("/arbete").get_data(as_text=True)
    assert "Gör klart två påbörjade registreringar" in todo and "Postens Petra" not in todo
    add_cv(office, pages[0])
    finish(office, pages[0])
    assert "Gör klart en påbörjad registrering" in office.get("/arbete").get_data(as_text=True)
    assert "påbörjad" not in world.browser(world.rival_kansli).get("/arbete").get_data(as_text=True)
    assert submit(office, pages[1], {}, "Ta bort det påbörjade").status_code == 303
    assert "påbörjad" not in office.get("/arbete").get_data(as_text=True)


def test_a_foreign_or_finished_registration_has_no_answers_to_type(world: World, ad: Published) -> None:
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-09").location
    unused = office.get(page.rsplit("/", 1)[0] + f"/{UUID(int=1)}/svar")
    assert world.browser(world.rival_kansli).get(f"{page}/svar").data == unused.data
    add_cv(office, page)
    finish(office, page)
    assert office.get(f"{page}/svar").status_code == 404
