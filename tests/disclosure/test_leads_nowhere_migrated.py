"""What was said of records of whoever is protected, on the way down to a program that knows no such word, and up again."""

from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from portal import scope
from portal.disclosure.models import CoveredRecord
from portal.disclosure.requests import Answer, Outcome
from portal.operations.schema import downgrade, upgrade
from tests.applicants import Sent
from tests.disclosure.asking import approve, decide, mark, prepared, review
from tests.disclosure.test_leads_nowhere import ad, hidden, say  # noqa: F401 fixtures
from tests.world import World

Said = tuple[str, bool, bool, bool]


def said_of(world: World, record: UUID) -> Said:
    with world.acting(scope.authority(world.authority)) as session:
        row = session.get_one(CoveredRecord, record)
        return row.handed_out, row.leads_nowhere, row.of_sealed_paper, row.reviewed_by is not None


def told(world: World, hidden: Sent) -> tuple[UUID, UUID]:  # noqa: F811
    request, (record,) = prepared(world, hidden, "application")
    with world.writing(scope.authority(world.authority)) as session:
        approve(session, world, request, record)
    say(world, request, record, told=True)
    return request, record


def test_what_waits_is_reviewed_anew_and_what_was_decided_is_handed_out_as_it_was(
    world: World,
    hidden: Sent,  # noqa: F811
    sent: Sent,
) -> None:
    (waiting, first), (decided, second) = told(world, hidden), told(world, hidden)
    with world.writing(scope.authority(world.authority)) as session:
        decide(session, world, decided, "Lämnas ut.", Outcome.WHOLE)
    (_one, (paper,)), (_other, (other,)) = (prepared(world, of, "cv") for of in (hidden, sent))
    masked, (third,) = prepared(world, hidden, "application")
    with world.writing(scope.authority(world.authority)) as session:
        mark(session, world, masked, third)
        review(session, world, masked, third, Answer.MASKED)
    before = [said_of(world, one) for one in (paper, other, third)]
    assert before == [("", False, True, False), ("", False, False, False), ("maskad", False, False, True)]
    with world.app.app_context():
        downgrade(revision="0051")
    whole = update(CoveredRecord).where(CoveredRecord.id == third).values(handed_out="oppen")
    with pytest.raises(IntegrityError, match="protected_is_never_handed_out_whole"):
        with world.writing(scope.authority(world.authority)) as session:
            session.execute(whole)
    with world.app.app_context():
        upgrade()
    assert [said_of(world, one) for one in (paper, other, third)] == before, "and what the CV is, is found again"
    assert said_of(world, first) == ("", False, False, False)
    assert said_of(world, second) == ("maskad", False, False, True)
    file = f"/arbete/utlamnande/{decided}/handlingar/{second}.pdf"
    assert world.browser(world.region).get(file).status_code == 200
    say(world, waiting, first, told=True)
    assert said_of(world, first) == ("oppen", True, False, True)
