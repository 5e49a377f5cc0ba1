"""The page of outcomes: each candidate gets one with a reason tied to a criterion, and nobody is left when it ends."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.audit.models import AuditLine
from portal.decisions.models import Outcome
from portal.decisions.queries import outcome_word
from portal.review.models import ConflictAnswer, PanelMember, ReviewCase
from portal.review.phases import Phase
from tests.applicants import Sent
from tests.counting import statements
from tests.decisions.recruiting import HIRED, NOT_FURTHER, address, closed_recruitment, decide, knows_nobody
from tests.forms import fields_of, submit_page
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]


def token_on(client: FlaskClient, url: str) -> str:
    return fields_of(client.get(url))["csrf_token"][0]


def save(client: FlaskClient, published: Published, application: UUID, **changes: str) -> TestResponse:
    typed = {
        "result": NOT_FURTHER.value,
        "criterion": str(published.criteria[0]),
        "reason": "Andra skriver snabbare.",
        **changes,
    }
    data = {f"{application}-{name}": text for name, text in typed.items()}
    data["csrf_token"] = token_on(client, address(published))
    return client.post(address(published, f"utfall/{application}"), data=data)


def recorded(world: World) -> list[Outcome]:
    with world.acting(scope.party(world.party)) as session:
        return list(session.scalars(select(Outcome)))


def test_an_outcome_is_saved_for_one_candidate_and_shown_again(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    browser = world.browser(world.kansli)
    assert save(browser, published, sent[0].id).status_code == 303
    page = browser.get(address(published)).get_data(as_text=True)
    assert "Andra skriver snabbare." in page
    assert "En av två sökande saknar utfall" in page
    row = recorded(world)[0]
    assert (row.application_id, row.result, row.criterion_id) == (sent[0].id, "gar_inte_vidare", published.criteria[0])
    assert row.released_at is None


def test_the_reason_is_sealed_and_an_audit_line_tells_who_recorded(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    save(world.browser(world.kansli), published, sent[0].id)
    assert b"skriver" not in recorded(world)[0].reason_sealed
    with world.acting(scope.party(world.party)) as session:
        line = session.scalars(select(AuditLine).where(AuditLine.verb == "outcome.gar_inte_vidare")).one()
        assert (line.object_id, line.actor) == (sent[0].id, f"person:{world.kansli}")


def test_saving_twice_keeps_one_outcome_with_the_last_words(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    browser = world.browser(world.kansli)
    for reason in ("Först så.", "Sedan så.", "Sedan så."):
        assert save(browser, published, sent[0].id, reason=reason).status_code == 303
    assert len(recorded(world)) == 1
    assert "Sedan så." in browser.get(address(published)).get_data(as_text=True)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("result", "", "Välj anställs eller går inte vidare."),
        ("result", "avslag", "Välj anställs eller går inte vidare."),
        ("criterion", "", "Välj ett av annonsens krav eller meriter."),
        ("criterion", "00000000-0000-4000-8000-000000000001", "Välj ett av annonsens krav eller meriter."),
        ("reason", "   ", "Skriv skälet i en rad eller två."),
    ],
)
def test_a_gap_is_told_beside_its_field_and_the_rest_is_kept(
    world: World, set_clock: Clock, field: str, value: str, sentence: str
) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    answer = save(world.browser(world.kansli), published, sent[0].id, **{field: value})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert page.count(sentence) >= 2, "in the summary and at the field"
    assert field == "reason" or "Andra skriver snabbare." in page
    assert recorded(world) == []


def test_a_reason_with_markup_is_shown_as_it_was_typed(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    browser = world.browser(world.kansli)
    save(browser, published, sent[0].id, reason='<b onclick="x()">nej</b>')
    page = browser.get(address(published)).get_data(as_text=True)
    assert "&lt;b onclick=" in page
    assert '<b onclick="x()">' not in page


def test_only_as_many_are_hired_as_there_are_posts(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 3, posts=2)
    browser = world.browser(world.kansli)
    for one in sent[:2]:
        assert save(browser, published, one.id, result=HIRED.value).status_code == 303
    refused = save(browser, published, sent[2].id, result=HIRED.value)
    assert refused.status_code == 422
    assert "Annonsen gäller två tjänster" in refused.get_data(as_text=True)
    assert save(browser, published, sent[0].id, result=HIRED.value).status_code == 303, "the same one once more"
    assert sum(row.result == "anstalls" for row in recorded(world)) == 2


def test_a_criterion_of_another_ad_is_refused(world: World, set_clock: Clock) -> None:
    other = publish_ad(world)
    published, sent = closed_recruitment(world, set_clock, 1)
    answer = save(world.browser(world.kansli), published, sent[0].id, criterion=str(other.criteria[0]))
    assert answer.status_code == 422
    assert recorded(world) == []


def test_somebody_elses_candidate_is_not_found(world: World, set_clock: Clock) -> None:
    published, _sent = closed_recruitment(world, set_clock, 1)
    _second, others = closed_recruitment(world, set_clock, 1)
    rival, foreign = closed_recruitment(world, set_clock, 1, party=world.rival)
    browser = world.browser(world.kansli)
    for id in (others[0].id, foreign[0].id, uuid4()):
        assert save(browser, published, id).status_code == 404
    assert browser.get(address(rival)).status_code == 404
    assert recorded(world) == []


@pytest.mark.parametrize("role", ["gunnel", "region", "rival_kansli", "drift"])
def test_nobody_but_the_partys_office_reaches_the_outcomes(world: World, set_clock: Clock, role: str) -> None:
    published, _sent = closed_recruitment(world, set_clock, 1)
    browser = world.browser(getattr(world, role))
    unused = browser.get(f"/arbete/rekryteringar/{uuid4()}/utfall")
    answer = browser.get(address(published))
    assert (answer.status_code, answer.data) == (404, unused.data)
    assert browser.post(address(published, "utfall/avsluta")).status_code in (400, 404)


def test_an_office_person_with_jav_neither_sees_nor_decides(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2, answered=False)
    declare(world, published, conflicted=sent[0], clear=sent[1])
    browser = world.browser(world.kansli)
    page = browser.get(address(published)).get_data(as_text=True)
    assert sent[0].name not in page
    assert sent[1].name in page
    assert "En sökande som du har anmält jäv för" in page
    assert save(browser, published, sent[0].id).status_code == 404


def declare(world: World, published: Published, *, conflicted: Sent, clear: Sent) -> None:
    wall = {"party_id": world.party, "authority_id": world.authority, "controller_id": world.authority}
    with world.writing(scope.party(world.party)) as session:
        member = PanelMember(
            **wall, id=uuid4(), ad_id=published.id, person_id=world.kansli, position=1, added_at=clock.now()
        )
        session.add(member)
        session.add(ReviewCase(**wall, id=uuid4(), ad_id=published.id, phase=Phase.OPEN, created_at=clock.now()))
        session.flush()
        for one, has in ((conflicted, True), (clear, False)):
            session.add(
                ConflictAnswer(
                    **wall, panel_member_id=member.id, application_id=one.id, has_conflict=has, answered_at=clock.now()
                )
            )


def test_the_word_is_the_candidates_only_when_released(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    decide(world, published, sent)
    with world.acting(scope.party(world.party)) as session:
        assert outcome_word(session, sent[0].id) is None
    with world.writing(scope.party(world.party)) as session:
        session.scalars(select(Outcome)).one().released_at = clock.now()
    with world.acting(scope.party(world.party)) as session:
        assert outcome_word(session, sent[0].id) == "gar_inte_vidare"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"result": "avslag"}, "known_result"),
        ({"settled_at": datetime(2026, 12, 1, tzinfo=clock.STOCKHOLM)}, "settled"),
    ],
)
def test_the_database_refuses_an_outcome_that_cannot_be(
    world: World, set_clock: Clock, change: dict[str, object], constraint: str
) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    decide(world, published, sent)
    with pytest.raises(IntegrityError, match=constraint), world.writing(scope.party(world.party)) as session:
        row = session.scalars(select(Outcome)).one()
        for name, value in change.items():
            setattr(row, name, value)


def test_a_second_outcome_of_the_same_candidate_is_impossible(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    decide(world, published, sent)
    with pytest.raises(IntegrityError), world.writing(scope.party(world.party)) as session:
        first = session.scalars(select(Outcome)).one()
        columns = {c.key: getattr(first, c.key) for c in Outcome.__mapper__.column_attrs if c.key != "id"}
        session.add(Outcome(**columns))
    with world.acting(scope.party(world.party)) as session:
        assert session.scalar(select(func.count()).select_from(Outcome)) == 1


@pytest.mark.counts
def test_the_list_asks_as_much_for_thirty_as_for_one(world: World, set_clock: Clock) -> None:
    one, _ = closed_recruitment(world, set_clock, 1)
    set_clock("2026-11-23T10:00")
    thirty, sent = closed_recruitment(world, set_clock, 30)
    decide(world, thirty, sent)
    browser = world.browser(world.kansli)
    counts = []
    for published in (one, thirty):
        browser.get(address(published))
        with statements(world.app) as asked:
            assert browser.get(address(published)).status_code == 200
        counts.append(asked.count)
    assert counts == [9, 9]


def test_an_old_page_does_not_write_over_the_outcome_of_a_colleague(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    knows_nobody(world, published)
    mine, theirs, where = world.browser(world.kansli), world.browser(world.kansli), f"utfall/{sent[0].id}"
    old = mine.get(address(published))
    typed = {"result": NOT_FURTHER.value, "criterion": str(published.criteria[1]), "reason": "Andra är vanare."}
    wish = {f"{sent[0].id}-{name}": text for name, text in typed.items()}
    assert save(theirs, published, sent[0].id, result="anstalls", reason="Skriver bäst av alla.").status_code == 303
    told = submit_page(mine, old, address(published, where), wish, "Spara utfallet")
    said = told.get_data(as_text=True)
    assert told.status_code == 422 and "Skriver bäst av alla." in said and 'value="Andra är vanare."' in said
    assert [row.result for row in recorded(world)] == ["anstalls"]
    assert submit_page(mine, told, address(published, where), {}, "Spara utfallet").status_code == 303
    assert [row.result for row in recorded(world)] == [NOT_FURTHER.value]
