"""A record goes out masked with every page approved, whoever wrote the row; one that goes out as it is needs no approval."""

from uuid import UUID

import pypdfium2
import pytest
from flask.testing import FlaskClient

from portal import scope
from portal.disclosure.looking import Looked
from portal.disclosure.models import CoveredRecord
from portal.disclosure.queries.covered import key_for, looked_of, looked_place
from portal.disclosure.requests import Answer, Outcome
from tests.disclosure.asking import approve, decide, mark, prepared, review
from tests.disclosure.test_set_otherwise import sent_as_text
from tests.privacy.candidates import Clock
from tests.world import World

DESK = "/arbete/utlamnande"


@pytest.fixture
def two_pages(world: World, set_clock: Clock) -> tuple[UUID, UUID]:
    """A request, and the record of two pages that it covers."""
    request, (record,) = prepared(world, sent_as_text(world, set_clock, 2), "cv")
    return request, record


@pytest.fixture
def registrar(world: World, two_pages: tuple[UUID, UUID]) -> FlaskClient:
    """Logged in once the ad has closed."""
    return world.browser(world.region)


def let_no_page_be_approved(world: World, record: UUID) -> None:
    """As no service writes it: what the record says is as it was reviewed, and nobody has approved a page."""
    with world.writing(scope.authority(world.authority)) as session:
        row = session.get_one(CoveredRecord, record)
        key, none = key_for(session, row), Looked(says=looked_of(session, row).says)
        assert key is not None
        row.looked_sealed = key.seal_text(looked_place(row.id), none.as_text())


@pytest.mark.parametrize("decided", [False, True])
def test_what_nobody_has_approved_a_page_of_is_not_handed_out_masked(
    world: World, registrar: FlaskClient, two_pages: tuple[UUID, UUID], decided: bool
) -> None:
    """As it says the same as when it was reviewed, only the pages tell: there is none from before pages were approved."""
    request, record = two_pages
    with world.writing(scope.authority(world.authority)) as session:
        mark(session, world, request, record)
        approve(session, world, request, record, page=2)
        review(session, world, request, record, Answer.MASKED, pages=2)
        if decided:
            decide(session, world, request, "Beslut.", Outcome.PARTLY)
    file = f"{DESK}/{request}/handlingar/{record}.pdf"
    assert registrar.get(file).status_code == 200
    let_no_page_be_approved(world, record)
    assert registrar.get(file).status_code == 409


def test_what_goes_out_as_it_is_may_have_had_one_of_its_pages_approved(
    world: World, registrar: FlaskClient, two_pages: tuple[UUID, UUID]
) -> None:
    request, record = two_pages
    with world.writing(scope.authority(world.authority)) as session:
        approve(session, world, request, record, page=1)
        review(session, world, request, record, Answer.OPEN, pages=2)
        decide(session, world, request, "Lämnas ut.", Outcome.WHOLE)
    answer = registrar.get(f"{DESK}/{request}/handlingar/{record}.pdf")
    assert (answer.status_code, len(pypdfium2.PdfDocument(answer.data))) == (200, 2)
