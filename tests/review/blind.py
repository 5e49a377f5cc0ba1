"""A blind review in motion: chosen, looked at, covered and approved, with the machine's part as a test says it."""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.applications.models import Application
from portal.documents.engines.masker import Burnt, BurntPage, PageSuggestion, Suggested
from portal.documents.masking import Known
from portal.documents.masks import Box, Doubt
from portal.documents.models import MaskedPage
from portal.documents.queries import MASKED_PAGE, MASKED_PAGE_TEXT, documents_of, masked_pages_of
from portal.documents.reading import Verdict
from portal.jobs.tasks import work_off_due
from portal.review import services
from portal.review.blind.mask_boxes import boxes_of, print_of
from portal.review.blind.models import Masking
from portal.review.queries.case import Case
from portal.review.queries.masked import LETTER
from portal.review.queries.masking import typed_texts_of
from portal.review.services import burning
from portal.review.services import masking as masks
from portal.review.services.blinding import Suggested as Suggestions
from portal.review.services.blinding import machine_drawn, note_suggestions, print_of_what_came
from portal.vault.services import open_application_key
from tests.applicants import Sent
from tests.review.panel import Panel
from tests.steps import kept

SUGGESTED = Box(0.1, 0.05, 0.6, 0.12)
WIDE, HIGH = 124, 175  # of the burnt pictures


def machine_says(
    patch: pytest.MonkeyPatch, *, doubts: Mapping[int, Sequence[Doubt]] | None = None, pages: int = 2,
    suggested: Verdict = Verdict.ok, burnt: Verdict = Verdict.ok,
) -> None:  # fmt: skip
    """In the limited child's place: a box on each page, and pictures with black where the boxes are."""

    def suggest(data: bytes, kind: str, known: Known, **_: object) -> Suggested:
        found = [PageSuggestion(n, (SUGGESTED,), tuple((doubts or {}).get(n, ()))) for n in range(1, pages + 1)]
        return Suggested(suggested, pages, tuple(found) if suggested is Verdict.ok else ())

    def burn(data: bytes, kind: str, boxes: Mapping[int, Sequence[Box]], **_: object) -> Burnt:
        made = [BurntPage(n, picture_with(boxes[n]), f"Sida {n} utan det som täcks") for n in sorted(boxes)]
        return Burnt(burnt, pages, tuple(made) if burnt is Verdict.ok else ())

    patch.setattr("portal.review.services.suggesting.suggest_masks", suggest)
    patch.setattr("portal.review.services.burning.burn_masks", burn)


def picture_with(boxes: Sequence[Box]) -> bytes:
    """A white page with black boxes."""
    image, out = Image.new("L", (WIDE, HIGH), 255), BytesIO()
    for box in boxes:
        edges = (box.left * WIDE, box.top * HIGH, box.right * WIDE, box.bottom * HIGH)
        ImageDraw.Draw(image).rectangle(edges, fill=0)
    image.save(out, "PNG")
    return out.getvalue()


@kept
def make_blind(panel: Panel, *, blind: bool = True) -> None:
    """The office chooses."""
    with panel.as_person(panel.world.kansli) as (session, case):
        actor = panel.actor(panel.world.kansli)
        services.choose_blind(session, case=case, actor=actor, blind=blind, at=clock.now())


def work(panel: Panel) -> None:
    """The worker does what is due."""
    work_off_due(panel.world.app)


@kept
def note_machine(panel: Panel, sent: Sent) -> None:
    """What the machine suggests of one application is written down, without a worker."""
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        application = session.get_one(Application, sent.id)
        key = open_application_key(session, application_id=sent.id, controller_id=application.controller_id)
        pages = {
            (sent.document, n): (machine_drawn([SUGGESTED]), [Doubt.PICTURE_TEXT]) for n in range(1, sent.pages + 1)
        }
        texts = {LETTER: "Maskerat brev", **{str(id): text for id, text in sent.answers.items() if text != "ja"}}
        suggested = Suggestions(sent.name, print_of_what_came(session, sent.id), pages, texts)
        note_suggestions(session, application_id=sent.id, key=key, suggested=suggested, at=clock.now())


@kept
def burn_all(panel: Panel, sent: Sent) -> None:
    """What is approved of one application's file is burnt, without a worker."""
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        burn_within(session, sent)


def burn_within(session: Session, sent: Sent) -> None:
    """The same in a unit of work that goes on."""
    application = session.get_one(Application, sent.id)
    key = open_application_key(session, application_id=sent.id, controller_id=application.controller_id)
    burnt = {
        number: burning.Burnt(
            boxes,
            key.keep_document(MASKED_PAGE, picture_with(boxes_of(boxes))).name,
            key.keep_document(MASKED_PAGE_TEXT, b"Det som inte rutan ligger over").name,
        )
        for number, boxes in burning.to_burn(session, sent.document).items()
    }
    burning.note_burnt(session, document_id=sent.document, burnt=burnt, at=clock.now())


@kept
def approve_all(panel: Panel, *sent: Sent) -> None:
    """The office approves every page and text of these (of all, where none is named), and the worker burns them."""
    for one in sent or panel.sent:
        approve_pages(panel, one)
        approve_texts(panel, one)
    work(panel)


@kept
def approve_pages(panel: Panel, sent: Sent) -> None:
    """Every file of one application, each doubt looked at."""
    with panel.as_person(panel.world.kansli) as (session, case):
        actor = panel.actor(panel.world.kansli)
        for document in documents_of(session, sent.id):
            pages = masked_pages_of(session, [document.id])
            masks.approve_document(
                session, case=case, actor=actor, application_id=sent.id, document_id=document.id,
                shown=masks.document_print(pages), at=clock.now(),
                seen=[f"{page.number}:{doubt}" for page in pages for doubt in page.doubts],
            )  # fmt: skip


@kept
def approve_texts(panel: Panel, sent: Sent, **texts: str) -> None:
    """The typed letter and answers, as suggested or as ``texts`` say by place."""
    with panel.as_person(panel.world.kansli) as (session, case):
        approve_texts_within(session, case, panel, sent, **texts)


def approve_texts_within(session: Session, case: Case, panel: Panel, sent: Sent, **texts: str) -> None:
    """The same in a unit of work that goes on."""
    application = case.application(sent.id)
    assert application is not None
    typed = typed_texts_of(session, application)
    assert typed is not None
    masks.approve_texts(
        session, case=case, actor=panel.actor(panel.world.kansli), application_id=sent.id, texts=texts,
        shown=print_of(typed.by_place), at=clock.now(),
    )  # fmt: skip


def take_back(panel: Panel, sent: Sent) -> None:
    """The office takes its approval back."""
    with panel.as_person(panel.world.kansli) as (session, case):
        masks.take_back(
            session, case=case, actor=panel.actor(panel.world.kansli), application_id=sent.id, at=clock.now()
        )


def code_name(panel: Panel, sent: Sent) -> str:
    """What the panel calls this candidate."""
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        found = session.scalar(select(Masking.code_name).where(Masking.application_id == sent.id))
        assert found is not None
        return found


def pages_of(panel: Panel, sent: Sent) -> list[MaskedPage]:
    """The rows of one application's pages."""
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        return list(
            session.scalars(select(MaskedPage).where(MaskedPage.application_id == sent.id).order_by(MaskedPage.number))
        )


def blind_panel(panel: Panel, patch: pytest.MonkeyPatch) -> Panel:
    """Everything masked and approved, and both assessors clear of all."""
    machine_says(patch)
    make_blind(panel)
    work(panel)
    approve_all(panel)
    for person in panel.people:
        panel.declare(person)
    return panel


def page_url(panel: Panel, sent: Sent, number: int = 1) -> str:
    """The page on which the office masks one page of a file."""
    return f"{panel.url}/maskera/{sent.id}/{sent.document}/{number}"


def post(browser: FlaskClient, url: str, **fields: object) -> tuple[int, str]:
    """Send the form of this page with its token and print."""
    page = browser.get(url).get_data(as_text=True)
    hidden = {
        name: found[1]
        for name in ("csrf_token", "shown")
        if (found := re.search(rf'name="{name}"[^>]*value="([^"]*)"', page))
    }
    answer = browser.post(url, data={**hidden, **fields})
    return answer.status_code, answer.get_data(as_text=True)


def listed(panel: Panel) -> set[object]:
    """Which applications are in the blind queue of the first assessor."""
    with panel.as_person(panel.people[0]) as (_session, case):
        return {row.id for row in case.listed}
