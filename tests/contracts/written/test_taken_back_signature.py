"""A signature that was filed with the wrong day, name or copy is taken back, kept beside, and filed anew."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from portal import scope
from portal.audit.models import AuditLine
from portal.contracts.written.models import ContractSignature, SignatureTakenBack
from portal.contracts.written.states import State
from tests.contracts.acts.changing import BACK, EXTEND, change
from tests.contracts.written.contracting import (
    EMPLOYER_SIGNS,
    Recorded,
    accepted,
    named,
    recorded,
    sign,
    signed,
    stored,
    take_back,
    take_back_signed,
)
from tests.documents import hostile
from tests.forms import submit, submit_page
from tests.posts.test_races import refused
from tests.world import World

Clock = Callable[[str], datetime]
BUTTON, FILE = "Ta tillbaka underskriften", "Lägg in underskriften"
WRONG = {"why": "Dagen var <b>fel</b>", "sure": True}


@pytest.fixture
def one(world: World, set_clock: Clock) -> Recorded:
    """An employment whose contract all have signed, on 14 December 2026."""
    return signed(recorded(world, set_clock, rules="region-vasternorrland"))


@pytest.fixture
def office(world: World, one: Recorded) -> FlaskClient:
    """The office's browser."""
    return world.browser(world.kansli)


def words(answer: TestResponse) -> str:
    return answer.get_data(as_text=True).replace("\xa0", " ")


def count(one: Recorded, model: type) -> int:
    with one.world.acting(scope.party(one.party)) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_the_last_signature_filed_with_a_wrong_day_and_copy_is_taken_back_and_filed_anew(
    one: Recorded, set_clock: Clock
) -> None:
    set_clock("2026-12-16T09:00")
    office = one.world.browser(one.world.kansli)
    answer = submit(office, one.page, WRONG, BUTTON)
    assert answer.status_code == 303, words(answer)
    assert one.held().state is State.ACCEPTED
    page = words(office.get(one.page))
    assert f"2. Den politiska sekreteraren, {one.employee}, 14 december 2026: återtagen 16 december 2026" in page
    assert "Dagen var &lt;b&gt;fel&lt;/b&gt;" in page
    assert office.get(f"{one.page}/underskrift/2.pdf").status_code == 404
    assert office.get(f"{one.page}/atertagen/1.pdf").data == b"%PDF-1.7 kopia 2", "what was filed is kept"
    typed = {"name": one.employee, "signed_on": "2026-12-15"}
    assert submit(office, one.page, typed, FILE, {"file": (hostile.scan(), "rätt.pdf")}).status_code == 303
    assert one.held().state is State.SIGNED
    assert office.get(f"{one.page}/underskrift/2.pdf").data == hostile.scan()
    assert "15 december 2026" in words(office.get(one.page)) and stored(one) >= named(one)


def test_the_log_says_which_and_when_and_nothing_of_a_person(one: Recorded, office: FlaskClient) -> None:
    submit(office, one.page, WRONG, BUTTON)
    office.get(f"{one.page}/atertagen/1.pdf")
    with one.world.acting(scope.PLATFORM) as session:
        lines = session.scalars(select(AuditLine).where(AuditLine.verb.like("contract.%")).order_by(AuditLine.number))
        told = [(line.verb, line.reason) for line in lines]
    assert ("contract.signature_taken_back", "2 2026-12-14") in told
    assert told[-1] == ("contract.copy_read", "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"why": "", "sure": True}, "Skriv vad som var fel med underskriften"),
        ({"why": "Fel dag"}, "Kryssa för om underskriften ska tas tillbaka."),
    ],
)
def test_without_a_reason_or_the_box_nothing_is_taken_back_and_what_was_typed_stays(
    one: Recorded, office: FlaskClient, typed: dict[str, str | bool], said: str
) -> None:
    answer = submit(office, one.page, typed, BUTTON)
    page = words(answer)
    assert answer.status_code == 422 and page.count(said) == 2 and f"{typed['why']}</textarea>" in page
    assert '<details class="more" open><summary>Ta tillbaka underskrift 2' in page
    assert one.held().state is State.SIGNED


def test_only_the_last_is_offered_and_one_that_another_follows_on_is_refused(
    one: Recorded, office: FlaskClient
) -> None:
    take_back_signed(one)
    first = office.get(one.page)
    assert "Ta tillbaka underskrift 1" in words(first)
    sign(one, 2, one.employee)
    assert "Ta tillbaka underskrift 1" not in words(office.get(one.page))
    answer = submit_page(office, first, one.page, WRONG, BUTTON)
    assert answer.status_code == 409
    assert "Den politiska sekreteraren har skrivit under efter den här. Ta tillbaka den" in words(answer)
    assert count(one, ContractSignature) == 2


def test_twice_changes_nothing_and_what_was_filed_since_stands(one: Recorded, office: FlaskClient) -> None:
    page = office.get(one.page)
    assert [submit_page(office, page, one.page, WRONG, BUTTON).status_code for _ in range(2)] == [303, 303]
    sign(one, 2, one.employee)
    assert submit_page(office, page, one.page, WRONG, BUTTON).status_code == 303
    assert (count(one, ContractSignature), count(one, SignatureTakenBack)) == (2, 1)
    assert one.held().state is State.SIGNED


def test_two_who_take_it_back_at_once_take_one_back(one: Recorded) -> None:
    def press(browser: FlaskClient, page: TestResponse) -> Callable[[], int]:
        return lambda: submit_page(browser, page, one.page, WRONG, BUTTON).status_code

    browsers = [one.world.browser(one.world.kansli) for _ in range(2)]
    presses = [press(browser, browser.get(one.page)) for browser in browsers]
    assert refused(presses) == []
    assert (count(one, ContractSignature), count(one, SignatureTakenBack)) == (1, 1)


def test_one_of_a_contract_that_was_taken_back_meanwhile_is_refused(one: Recorded, office: FlaskClient) -> None:
    take_back_signed(one)
    page = office.get(one.page)
    take_back(one)
    answer = submit_page(office, page, one.page, WRONG, BUTTON)
    assert answer.status_code == 409 and "Öppna sidan på nytt" in words(answer)


def test_it_stands_where_the_end_has_been_moved_since_and_no_copy_could_be_filed(
    one: Recorded, set_clock: Clock
) -> None:
    set_clock("2030-09-14T09:00")
    office = one.world.browser(one.world.kansli)
    assert change(one.world, one.employment, EXTEND, decided="2030-09-14", ends="2034-12-31").status_code == 303
    answer = submit(office, one.page, WRONG, BUTTON)
    assert answer.status_code == 409
    assert "till och med 31 december 2030, och nu gäller till och med 31 december 2034" in words(answer)
    assert "Dagen var" in words(answer) and one.held().state is State.RUNNING
    assert change(one.world, one.employment, BACK).status_code == 303
    assert submit(office, one.page, WRONG, BUTTON).status_code == 303


def test_one_that_was_filed_late_is_put_right_after_the_last_day(one: Recorded, set_clock: Clock) -> None:
    set_clock("2031-01-02T08:00")
    office = one.world.browser(one.world.kansli)
    assert submit(office, one.page, WRONG, BUTTON).status_code == 303
    assert sign(one, 2, one.employee, on=date(2030, 12, 30)) is not None
    assert one.held().state is State.ENDED


def test_another_party_and_the_authority_take_none_back(one: Recorded, office: FlaskClient) -> None:
    page, world = office.get(one.page), one.world
    rival = submit_page(world.browser(world.rival_kansli), page, one.page, WRONG, BUTTON)
    region = world.browser(world.region)
    assert BUTTON not in words(region.get(one.page)) and rival.status_code == 409
    assert one.held().state is State.SIGNED


def test_a_signature_of_another_contract_is_not_found(world: World, set_clock: Clock) -> None:
    mine = accepted(recorded(world, set_clock, rules="region-vasternorrland"))
    sign(mine, 1, EMPLOYER_SIGNS.name)
    office = world.browser(world.kansli)
    for id in ("", "nonsens", "00000000-0000-0000-0000-000000000001"):
        assert submit(office, mine.page, {**WRONG, "signature": id}, BUTTON).status_code == 404
    assert mine.held().state is State.ACCEPTED
