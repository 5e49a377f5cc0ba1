"""Hired under a code name: through scores, decision, contract and register nobody reads who it is, but the reader."""

import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import BytesIO
from uuid import UUID

import pytest
from pdfminer.high_level import extract_text

from portal import clock, scope
from portal.contracts.models import Employment
from portal.contracts.queries import employments_of
from portal.contracts.services import record_employment
from portal.contracts.terms import Terms
from portal.jobs.tasks import run_rounds
from portal.posts.employer_model import Employer
from portal.review import services
from tests.applicants import send_applications
from tests.applications.paper import letters
from tests.contracts.written.contracting import Recorded, offer, save
from tests.crawl import Answer, crawl
from tests.decisions.recruiting import HIRED, NOT_FURTHER, decide, keep_decision_file, office, proofread, release
from tests.door import own_browser
from tests.forms import submit
from tests.letterbox.writing import answer
from tests.protection.applying import CONTACT, NAME, PAPER, apply, candidate_of, identities, name_as_reader, pass_to
from tests.review.panel import CLOSED, Panel
from tests.stage import add_person
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
NOTICE = "neutral.hemlig@example.org"
TELLING = ("Gralarka", "Hemligström", "hemligstrom", "06 77", "1740677", "neutral.hemlig")


def hire_under_a_code_name(world: World, set_clock: Clock, employer: str) -> tuple[Panel, UUID, str]:
    """From the sending to the offered contract, as everybody in the case would; with the candidate's page."""
    name_as_reader(world, world.kansli)
    ad = publish_ad(world, employer=employer)
    panel = Panel(world, ad, send_applications(world, ad, 1), set_clock)
    kept = apply(own_browser(world), ad, address=NOTICE, **({"consent": True} if employer == "party" else {}))
    (identity,) = identities(world)
    one = candidate_of(identity.application_id)
    set_clock(CLOSED)
    panel.name(world.gunnel, world.elof)
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
        panel.hand_in(person)
    with panel.as_person(world.kansli) as (session, case):
        about = {"case": case, "actor": panel.actor(world.kansli), "application_id": one.id}
        services.call_to_interview(session, **about, at=clock.now())
    answer(panel, one)
    panel.answer_to_decide(world.kansli)
    decide(world, ad, [one], HIRED)
    decide(world, ad, panel.sent, NOT_FURTHER)
    proofread(world, ad)
    release(world, ad)
    run_rounds(world.app)
    keep_decision_file(world, ad)
    _contract(world, ad.id, one.id, employer)
    return panel, one.id, kept.location.removesuffix("/spara")


def _contract(world: World, ad_id: UUID, application_id: UUID, employer: str) -> None:
    terms = Terms(Employer(employer), date(2026, 12, 14), date(2027, 2, 1), date(2030, 12, 31), 100)
    with world.writing(scope.party(world.party)) as session:
        made = record_employment(
            session, ad_id=ad_id, application_id=application_id, terms=terms, actor=office(world), at=clock.now(),
            on=clock.today(),
        )  # fmt: skip
        assert isinstance(made, Employment)
        one = Recorded(world, world.party, made.id, employments_of(session, made.id)[0].name)
    save(one)
    offer(one)


def words_in(answered: Answer) -> str:
    """What an answer says, in a PDF or an archive too."""
    head, _, body = answered.everything.partition(b"\n\n")
    said = head.decode(errors="replace")
    if body.startswith(b"%PDF") and b"/Root" in body:  # the signed paper of these tests is none
        return said + extract_text(BytesIO(body))
    if body.startswith(b"PK"):
        box = zipfile.ZipFile(BytesIO(body))
        return said + " ".join((name + box.read(name).decode(errors="replace")) for name in box.namelist())
    return said + body.decode(errors="replace")


def heard(world: World, person: UUID | None, starts: list[str]) -> Iterator[tuple[str, str]]:
    """Every page that this person can come to, and what it says."""
    for page in crawl(world.browser(person), starts, but=("/demo", "/static", "/loggaut")):
        if page.status < 500:
            yield page.path, words_in(page)


@pytest.mark.slow
def test_no_page_paper_or_export_tells_anybody_but_the_reader_who_was_hired_under_a_code_name(
    world: World, set_clock: Clock
) -> None:
    panel, id, own = hire_under_a_code_name(world, set_clock, "authority")
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    pass_to(world, colleague)
    page = f"{panel.url}/skyddad/{id}"
    opened = submit(world.browser(colleague), page, {"reason": "Avtalet"}, "Öppna").get_data(as_text=True)
    assert NAME in opened and CONTACT in opened, "there is something to tell"
    assert PAPER in world.browser(colleague).get(f"{page}/cv").headers["Content-Disposition"]
    of_case = (
        "",
        "/sokande",
        f"/sokande/{id}",
        f"/skyddad/{id}",
        f"/skyddad/{id}/cv",
        "/utfall",
        "/jav",
        f"/brev/{id}",
    )
    of_house = ("/arbete", "/arbete/rekryteringar", "/arbete/anstallningar", "/arbete/inkomna", "/arbete/begaran", own)
    starts = [*(panel.url + one for one in of_case), *of_house]
    told, seen = [], ""
    for person in (world.kansli, world.gunnel, world.region, world.rival_kansli, world.drift, None):
        for path, said in heard(world, person, starts):
            told += [(path, word) for word in TELLING if word in said]
            seen += path + "\n" if "kodnamn" in said else ""
    assert told == []
    for where in ("sokande", "utfall", "beslutsakt", "anstallningar", "avtal"):
        assert where in seen, f"the code name is read there: {where}\n{seen}"
    assert {one.to for one in letters(world)} >= {NOTICE}
    assert not any(word in one.subject + one.body for one in letters(world) for word in (NAME, "Hemlig", "Gralarka"))
