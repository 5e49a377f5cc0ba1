"""A page that is drawn when it is looked at takes one child, whatever it is a page of: only a few run at a time."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from portal.documents.engines import keeper
from tests.applications.paper import applications_in, apply
from tests.disclosure.asking import prepared
from tests.disclosure.test_set_otherwise import sent_as_text
from tests.door import own_browser
from tests.privacy.candidates import Clock
from tests.protection.applying import candidate_of
from tests.world import World, publish_ad

Asked = list[tuple[str, int, int]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What children are asked for: the job, and its first and last page."""
    jobs: Asked = []
    ask: Callable[..., keeper.Answer] = keeper.ask

    def counted(data: bytes, job: str, kind: str, first: int, last: int, **how: float) -> keeper.Answer:
        jobs.append((job, first, last))
        return ask(data, job, kind, first, last, **how)

    monkeypatch.setattr(keeper, "ask", counted)
    return jobs


def drawn(browser: FlaskClient, request: UUID, record: UUID, number: int) -> int:
    return browser.get(f"/arbete/utlamnande/{request}/handlingar/{record}/{number}.png").status_code


@pytest.mark.parametrize("kind", ["application", "cv"])
def test_a_page_that_is_set_anew_is_drawn_by_one_child(world: World, set_clock: Clock, asked: Asked, kind: str) -> None:
    """A form that was typed, and a file of words; of a page that is not there the child says how many there are."""
    request, (record,) = prepared(world, sent_as_text(world, set_clock, 2), kind)
    browser = world.browser(world.region)
    asked.clear()
    assert drawn(browser, request, record, 1) == 200
    assert asked == [("burn", 1, 1)]
    assert drawn(browser, request, record, 9) == 404


def test_so_is_that_of_a_pdf(world: World, asked: Asked) -> None:
    ad = publish_ad(world)
    apply(own_browser(world), ad)
    (application,) = applications_in(world, ad)
    request, (record,) = prepared(world, candidate_of(application.id), "cv")
    browser = world.browser(world.region)
    asked.clear()
    assert drawn(browser, request, record, 1) == 200
    assert asked == [("burn", 1, 1)]
    assert drawn(browser, request, record, 9) == 404
