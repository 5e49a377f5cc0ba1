"""Krav, merits and weights of a published ad are locked: the page says so, the service refuses, and the database holds."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.ads.models import AdCriterion
from portal.ads.parts import BY_KEY
from portal.ads.queries import criteria_of
from portal.ads.services.parts import PartLocked, save_rows
from portal.ads.services.publishing import end_ad
from tests.ads.drafts import published, whole_draft
from tests.forms import fields_of
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
AFTER_CLOSING = "2026-12-14T10:00"
LOCKED = "ad_criterion_locked"


@pytest.fixture
def closed(world: World, set_clock: Clock) -> Published:
    ad = publish_ad(world)
    set_clock(AFTER_CLOSING)
    return ad


def rows_of(session: Session, ad: Published) -> list[dict[str, Any]]:
    names = ("kind", "judged", "text", "explanation", "weight")
    return [{"id": str(row.id), **{name: getattr(row, name) for name in names}} for row in criteria_of(session, ad.id)]


def test_weights_changed_after_closing_are_refused_in_words(world: World, closed: Published) -> None:
    with world.writing(scope.party(world.party)) as session:
        rows = rows_of(session, closed)
        rows[0]["weight"] = 99
        with pytest.raises(PartLocked) as no:
            save_rows(
                session, part=BY_KEY["criteria"], ad_id=closed.id, rows=rows, person_id=world.kansli, at=clock.now()
            )
    assert (
        no.value.status == 409
        and "Krav och meriterande" in no.value.sentence
        and "går inte att ändra" in no.value.sentence
    )
    with world.acting(scope.party(world.party)) as session:
        assert criteria_of(session, closed.id)[0].weight == 30


def test_the_page_of_krav_says_so_and_a_form_sent_all_the_same_changes_nothing(world: World, closed: Published) -> None:
    office, url = world.browser(world.kansli), f"/arbete/rekryteringar/{closed.id}/annons/krav"
    page = office.get(url)
    assert "går inte att ändra" in page.get_data(as_text=True)
    token = fields_of(page)["csrf_token"][0]
    row = {"text": "Ljuger gärna", "kind": "krav", "judged": "skala", "weight": "99"}
    form = {"csrf_token": token, **{f"rows-0-{name}": value for name, value in row.items()}}
    assert office.post(url, data=form).status_code in (409, 422)
    with world.acting(scope.party(world.party)) as session:
        assert [row["weight"] for row in rows_of(session, closed)] == [30, 25, 0, 10, 0]


@pytest.mark.parametrize(
    "values",
    [
        {"weight": 31}, {"text": "Annat"}, {"kind": "merit"}, {"judged": "finns"}, {"position": 9},
        {"explanation": "Ny"}, {"locked_at": None},
    ],
    ids=lambda values: next(iter(values)),
)  # fmt: skip
def test_the_database_changes_nothing_of_what_is_locked(
    world: World, closed: Published, values: dict[str, Any]
) -> None:
    with pytest.raises(DBAPIError, match=LOCKED), world.writing(scope.party(world.party)) as session:
        session.execute(update(AdCriterion).where(AdCriterion.id == closed.criteria[0]).values(**values))


def test_nor_does_it_add_or_take_away_one(world: World, closed: Published) -> None:
    with world.acting(scope.party(world.party)) as session:
        one = session.get_one(AdCriterion, closed.criteria[0])
        walls = {name: getattr(one, name) for name in ("party_id", "authority_id", "controller_id", "ad_id")}
    with pytest.raises(DBAPIError, match=LOCKED), world.writing(scope.party(world.party)) as session:
        session.add(AdCriterion(id=uuid4(), **walls, position=6, kind="krav", judged="skala", text="Nytt", weight=50))
        session.flush()
    with pytest.raises(DBAPIError, match=LOCKED), world.writing(scope.party(world.party)) as session:
        session.execute(delete(AdCriterion).where(AdCriterion.id == closed.criteria[0]))


def test_what_the_lock_is_not_about_may_change(world: World, closed: Published) -> None:
    with world.writing(scope.party(world.party)) as session:
        changed = update(AdCriterion).where(AdCriterion.id == closed.criteria[0]).values(with_authority=False)
        session.execute(changed)
    with world.acting(scope.party(world.party)) as session:
        assert session.get_one(AdCriterion, closed.criteria[0]).with_authority is False


def test_what_is_over_can_be_disposed_of(world: World, closed: Published) -> None:
    with world.writing(scope.party(world.party)) as session:
        end_ad(session, ad_id=closed.id, person_id=world.kansli, at=clock.now())
        session.execute(delete(AdCriterion).where(AdCriterion.id == closed.criteria[0]))
    with world.acting(scope.party(world.party)) as session:
        assert session.get(AdCriterion, closed.criteria[0]) is None


def test_a_draft_is_open_until_it_is_published(world: World) -> None:
    draft = whole_draft(world)
    with world.acting(scope.party(world.party)) as session:
        assert {row.locked_at for row in criteria_of(session, draft)} == {None}
    published(world, draft)
    with world.acting(scope.party(world.party)) as session:
        locked = session.scalars(select(AdCriterion.locked_at).where(AdCriterion.ad_id == draft)).all()
    assert locked and all(locked)
