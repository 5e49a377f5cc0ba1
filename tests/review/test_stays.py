"""Who leaves the meeting and comes back was there twice, and away in between."""

from uuid import UUID

from sqlalchemy import select

from portal import scope
from portal.disclosure.queries.minutes import minutes_lines
from portal.operations.schema import downgrade, upgrade
from portal.review.meeting.models import MeetingPresence
from portal.review.meeting.states import Step
from tests.review.meetings import all_handed_in, disagreeing, page_of, start, step, there
from tests.review.panel import Panel
from tests.review.test_minutes import read


def left_and_came_back(panel: Panel) -> None:
    """Elof is away for twenty minutes; the office's person looks in twice, the second time by a tick too many."""
    gunnel, elof, kansli = panel.world.gunnel, panel.world.elof, panel.world.kansli
    all_handed_in(panel, disagreeing(panel))
    panel.set_clock("2026-12-15T14:00")
    start(panel)
    there(panel, gunnel, elof)
    panel.set_clock("2026-12-15T14:20")
    there(panel, gunnel, kansli)
    panel.set_clock("2026-12-15T14:40")
    there(panel, gunnel, elof)
    panel.set_clock("2026-12-15T14:40:30")
    there(panel, gunnel, elof, kansli)
    panel.set_clock("2026-12-15T15:00")


def stays(panel: Panel, person: UUID) -> list[tuple[str, str]]:
    """From when to when a person was there, as it is kept."""
    with panel.world.acting(
        scope.party(panel.world.party)
    ) as session:  # an older database has not all that a case asks for
        rows = session.scalars(select(MeetingPresence).where(MeetingPresence.person_id == person))
        return sorted((f"{row.came_at:%H.%M}", f"{row.left_at:%H.%M}" if row.left_at else "") for row in rows)


def test_the_minutes_say_from_when_to_when_each_time(panel: Panel) -> None:
    left_and_came_back(panel)
    step(panel, Step.END)
    minutes = read(panel, panel.world.gunnel)
    assert "Elof Rehnström 14.00–14.20, 14.40–15.00" in minutes
    assert "Gunnel Sundvall 14.00–15.00" in minutes
    with panel.as_person(panel.world.kansli) as (session, case):
        record = " ".join(words for _, words in minutes_lines(session, case.ad)).replace("\xa0", " ")
    day = "från 15 december 2026 kl."
    assert f"Elof Rehnström, {day} 14.00 till 14.20 och {day} 14.40 till 15.00" in record


def test_a_tick_that_is_put_right_within_the_minute_is_no_absence(panel: Panel) -> None:
    left_and_came_back(panel)
    assert stays(panel, panel.world.kansli) == [("13.20", "")]


def test_each_is_named_once_among_those_who_were_there(panel: Panel) -> None:
    left_and_came_back(panel)
    step(panel, Step.END)
    told = page_of(panel, panel.world.gunnel).partition('id="narvaro"')[2].partition("</section>")[0]
    assert told.count("Elof Rehnström") == 1


def test_the_program_from_before_is_given_one_stay_of_each(panel: Panel) -> None:
    left_and_came_back(panel)
    assert stays(panel, panel.world.elof) == [("13.00", "13.20"), ("13.40", "")]
    with panel.world.app.app_context():
        downgrade(revision="0039")
        before = stays(panel, panel.world.elof)
        upgrade()
    assert before == stays(panel, panel.world.elof) == [("13.00", "")]
    assert stays(panel, panel.world.gunnel) == [("13.00", "")]
