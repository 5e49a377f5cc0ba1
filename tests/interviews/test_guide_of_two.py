"""The guide is written by two at once: neither is written over unseen, and nobody meets a fault."""

from uuid import UUID

from portal import clock
from portal.ads.models import Ad
from portal.ads.states import AdState
from portal.interviews import services
from tests.at_once import second
from tests.forms import fields_of, submit_page
from tests.interviews.meetings import Meetings

SAVE = "Spara guiden"


def place(criterion: UUID) -> str:
    """The name of a criterion's field."""
    return f"questions-{criterion}"


def test_what_a_colleague_has_saved_stands_until_one_has_seen_it(meetings: Meetings) -> None:
    one, other, *_ = meetings.panel.ad.criteria
    office, where = meetings.world.browser(meetings.world.kansli), f"{meetings.url}/guide"
    old = office.get(where)
    assert submit_page(office, old, where, {place(one): "Samiras fråga?"}, SAVE).status_code == 303
    asked = submit_page(office, old, where, {place(one): "Dagnys <b>fråga</b>?", place(other): "En till?"}, SAVE)
    page = asked.get_data(as_text=True)
    assert asked.status_code == 409 and "Samiras fråga?" in page and "Dagnys &lt;b&gt;fråga" in page
    saved = fields_of(office.get(where))
    assert (saved[place(one)], saved[place(other)]) == (["Samiras fråga?"], ["En till?"])
    assert submit_page(office, asked, where, {}, SAVE).status_code == 303
    assert fields_of(office.get(where))[place(one)] == ["Dagnys <b>fråga</b>?"]


def test_what_one_has_not_touched_is_left_as_a_colleague_has_it_also_after_a_fault(meetings: Meetings) -> None:
    one, other, *_ = meetings.panel.ad.criteria
    office, where = meetings.world.browser(meetings.world.kansli), f"{meetings.url}/guide"
    old = office.get(where)
    submit_page(office, old, where, {place(one): "Samiras fråga?"}, SAVE)
    wrong = submit_page(office, old, where, {place(other): "a\nb\nc\nd"}, SAVE)
    assert wrong.status_code == 422
    assert submit_page(office, wrong, where, {place(other): "En till?"}, SAVE).status_code == 303
    saved = fields_of(office.get(where))
    assert (saved[place(one)], saved[place(other)]) == (["Samiras fråga?"], ["En till?"])


def test_of_two_who_write_the_first_question_at_the_same_instant_the_later_is_asked(meetings: Meetings) -> None:
    one, panel, where = meetings.panel.ad.criteria[0], meetings.panel, f"{meetings.url}/guide"
    office = meetings.world.browser(meetings.world.kansli)
    old = office.get(where)
    with second() as the_later:
        with panel.as_person(meetings.world.kansli) as (session, case):
            services.write_questions(
                session, case=case, actor=panel.actor(meetings.world.kansli), texts={one: "Den första?"}, at=clock.now()
            )
            the_later.begins(submit_page, office, old, where, {place(one): "Den andra?"}, SAVE)
        answer = the_later.ends()
    assert answer.status_code == 409 and "Den första?" in answer.get_data(as_text=True)
    assert fields_of(office.get(where))[place(one)] == ["Den första?"]


def test_nothing_is_written_into_a_recruitment_that_is_ended_while_one_waits(meetings: Meetings) -> None:
    one, panel, where = meetings.panel.ad.criteria[0], meetings.panel, f"{meetings.url}/guide"
    office = meetings.world.browser(meetings.world.kansli)
    old = office.get(where)
    with second() as the_writer:
        with panel.as_person(meetings.world.kansli) as (session, _case):
            session.get_one(Ad, panel.ad.id, with_for_update=True).state = AdState.ENDED
            session.flush()
            the_writer.begins(submit_page, office, old, where, {place(one): "För sent?"}, SAVE)
        answer = the_writer.ends()
    assert answer.status_code == 422 and "För sent?" not in office.get(where).get_data(as_text=True)
