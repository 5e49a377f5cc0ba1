"""The post offered before the others are told: yes, no, and who comes next, by people's choice alone."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.ads.models import Ad
from portal.applications.models import Application
from portal.audit.models import AuditLine
from portal.contracts.queries import employment_for
from portal.decisions.models import Outcome
from portal.decisions.outcomes import NEXT, Status, may_become, status_of
from portal.mail.models import OutgoingMail
from tests.applicants import Sent
from tests.contracts.hiring import RECORD, TERMS
from tests.decisions.offering import OFFER, say, statuses
from tests.decisions.recruiting import HIRED, NOT_FURTHER, address, closed_recruitment, decide, proofread, release
from tests.decisions.test_words import private_page
from tests.forms import fields_of, submit, submit_page
from tests.review.panel import Panel
from tests.world import Published, World

Clock = Callable[[str], datetime]
AT = datetime(2026, 12, 14, tzinfo=UTC)
END = "Avsluta rekryteringen"


def outcome_at(**times: datetime) -> SimpleNamespace:
    return SimpleNamespace(
        **{"released_at": None, "offered_at": None, "accepted_at": None, "declined_at": None, **times}
    )


def test_the_table_has_every_status_and_no_way_from_a_no_to_an_offer() -> None:
    assert set(NEXT) == set(Status)
    told, declined = outcome_at(released_at=AT), outcome_at(released_at=AT, offered_at=AT, declined_at=AT)
    assert (status_of(told), status_of(declined)) == (Status.TOLD, Status.DECLINED)
    for ended in (told, declined):
        assert not may_become(ended, Status.OFFERED)
    assert may_become(outcome_at(released_at=AT, offered_at=AT, accepted_at=AT), Status.DECLINED)
    assert not may_become(outcome_at(), Status.ACCEPTED)


def told(world: World) -> list[str]:
    with world.acting(scope.party(world.party)) as session:
        return [row.split(":")[1] for row in session.scalars(select(OutgoingMail.once)) if row.startswith("outcome:")]


def test_an_offer_is_read_by_the_one_it_is_made_to_and_by_nobody_else(
    world: World, offered: tuple[Published, list[Sent]]
) -> None:
    published, sent = offered
    assert "Du erbjuds tjänsten." in private_page(world, sent[0])
    assert "det är dig vi vill anställa" in private_page(world, sent[0])
    for one in sent[1:]:
        assert "Avgjord" not in private_page(world, one)
    assert told(world) == [str(sent[0].id)]
    assert statuses(world, published)[sent[0].id] is Status.OFFERED
    with world.acting(scope.party(world.party)) as session:
        assert session.get_one(Ad, published.id).state == "published"
        assert session.scalars(select(AuditLine.object_id).where(AuditLine.verb == "offer.made")).all() == [sent[0].id]


def test_an_offer_made_twice_is_one_offer(world: World, offered: tuple[Published, list[Sent]]) -> None:
    published, _sent = offered
    browser = world.browser(world.kansli)
    page = browser.get(address(published, "beslut/erbjud")).get_data(as_text=True)
    assert "Ingen väntar på ett erbjudande." in page
    token = fields_of(browser.get(address(published)))["csrf_token"][0]
    again = browser.post(address(published, "beslut/erbjud"), data={"csrf_token": token, "seen": "x"})
    assert again.status_code == 422
    assert len(told(world)) == 1


def test_nobody_else_is_told_while_the_offer_is_unanswered(world: World, offered: tuple[Published, list[Sent]]) -> None:
    published, _sent = offered
    page = world.browser(world.kansli).get(address(published, "beslut")).get_data(as_text=True)
    assert "En erbjuden har inte svarat." in page
    with pytest.raises(Exception, match="En erbjuden har inte svarat"):
        release(world, published)
    assert len(told(world)) == 1


def test_a_yes_lets_the_others_have_their_word_and_nobody_hears_twice(
    world: World, offered: tuple[Published, list[Sent]]
) -> None:
    published, sent = offered
    browser = world.browser(world.kansli)
    for _ in range(2):
        assert say(browser, published, sent[0], "tackat_ja").status_code == 303
    assert "Du anställs." in private_page(world, sent[0])
    assert submit(browser, address(published, "beslut/avsluta"), button=END).status_code == 303
    assert sorted(told(world)) == sorted(str(one.id) for one in sent)
    assert set(statuses(world, published).values()) == {Status.ACCEPTED, Status.TOLD}
    with world.acting(scope.party(world.party)) as session:
        assert session.get_one(Ad, published.id).state == "ended"


def test_an_old_page_notes_no_answer_over_the_one_that_came_since(
    world: World, offered: tuple[Published, list[Sent]]
) -> None:
    published, sent = offered
    browser, where = world.browser(world.kansli), address(published, f"utfall/{sent[0].id}/svar")
    old = browser.get(address(published))
    assert say(browser, published, sent[0], "tackat_ja").status_code == 303
    told = submit_page(
        browser, old, where, {f"{sent[0].id}-answer": "tackat_nej", f"{sent[0].id}-why": "Fick annat."}, "Spara svaret"
    )
    assert told.status_code == 409 and "har redan svarat" in told.get_data(as_text=True)
    assert 'value="Fick annat."' in told.get_data(as_text=True), "nothing typed is lost"
    assert statuses(world, published)[sent[0].id] is Status.ACCEPTED


def test_a_no_names_the_next_in_the_joint_order_and_chooses_nobody(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 3)
    panel = Panel(world, published, sent, set_clock)
    panel.name(world.gunnel)
    panel.declare(world.gunnel)
    panel.score_all(world.gunnel)
    panel.order(world.gunnel, ((sent[0].id,), (sent[2].id,), (sent[1].id,)))
    panel.hand_in(world.gunnel)
    decide(world, published, sent[:1], HIRED)
    decide(world, published, sent[1:])
    proofread(world, published)
    release(world, published, offer=True)
    browser = world.browser(world.kansli)
    for _ in range(2):
        assert say(browser, published, sent[0], "tackat_nej", "Fick en annan tjänst.").status_code == 303
    page = " ".join(browser.get(address(published)).get_data(as_text=True).split())
    assert f"{sent[0].name} har tackat nej" in page
    assert f'Nästa i bedömarnas gemensamma ordning är <a href="#s-{sent[2].id}">{sent[2].name}</a>.' in page
    assert "Fick en annan tjänst." in page
    assert [statuses(world, published)[one.id] for one in sent[1:]] == [Status.PARKED] * 2
    with world.acting(scope.party(world.party)) as session:
        row = session.scalars(select(Outcome).where(Outcome.application_id == sent[0].id)).one()
        assert b"annan" not in (row.answer_sealed or b"")
    assert "Du har tackat nej till tjänsten." in private_page(world, sent[0])


def test_after_a_no_the_next_is_offered_what_the_first_was(world: World, offered: tuple[Published, list[Sent]]) -> None:
    published, sent = offered
    browser = world.browser(world.kansli)
    say(browser, published, sent[0], "tackat_nej")
    page = " ".join(browser.get(address(published)).get_data(as_text=True).split())
    assert "Det finns ingen gemensam ordning att visa." in page
    decide(world, published, sent[1:2], HIRED)
    unread = browser.get(address(published, "beslut/erbjud")).get_data(as_text=True)
    assert "beskedet är inte korrekturläst" in unread
    proofread(world, published)
    assert submit(browser, address(published, "beslut/erbjud"), button=OFFER).status_code == 303
    assert "Du erbjuds tjänsten." in private_page(world, sent[1])
    say(browser, published, sent[1], "tackat_ja")
    assert release(world, published) == 1
    assert len(told(world)) == 3


def test_one_whose_employment_is_recorded_cannot_be_noted_as_declining(
    world: World, offered: tuple[Published, list[Sent]]
) -> None:
    published, sent = offered
    browser = world.browser(world.kansli)
    answer = submit(browser, address(published, f"anstall/{sent[0].id}"), TERMS, RECORD)
    assert answer.status_code == 303
    assert statuses(world, published)[sent[0].id] is Status.ACCEPTED, "who is employed has said yes"
    refused = say(browser, published, sent[0], "tackat_nej")
    assert refused.status_code == 409
    assert "Anställningen är redan registrerad" in refused.get_data(as_text=True)
    assert statuses(world, published)[sent[0].id] is Status.ACCEPTED


def test_one_who_has_declined_is_not_employed(world: World, offered: tuple[Published, list[Sent]]) -> None:
    published, sent = offered
    browser = world.browser(world.kansli)
    say(browser, published, sent[0], "tackat_nej")
    assert browser.get(address(published, f"anstall/{sent[0].id}")).status_code == 404
    with world.acting(scope.party(world.party)) as session:
        assert employment_for(session, sent[0].id) is None


def test_the_database_refuses_an_employment_of_one_who_declined(
    world: World, offered: tuple[Published, list[Sent]]
) -> None:
    published, sent = offered
    say(world.browser(world.kansli), published, sent[0], "tackat_nej")
    with pytest.raises(IntegrityError, match="no_employment_of_one_who_declined"):
        with world.writing(scope.party(world.party)) as session:
            row = session.scalars(select(Outcome).where(Outcome.application_id == sent[0].id)).one()
            row.settled_at = clock.now()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"offered_at": AT}, "only_a_hired_one_is_offered"),
        ({"accepted_at": AT}, "accepted_after_an_offer"),
        ({"declined_at": AT}, "no_employment_of_one_who_declined"),
        ({"answer_sealed": b"x"}, "a_reason_belongs_to_a_no"),
    ],
)
def test_the_database_refuses_what_the_table_has_not(
    world: World, set_clock: Clock, change: dict[str, object], constraint: str
) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    decide(world, published, sent, NOT_FURTHER)
    with pytest.raises(IntegrityError, match=constraint), world.writing(scope.party(world.party)) as session:
        row = session.scalars(select(Outcome)).one()
        for name, value in change.items():
            setattr(row, name, value)


@pytest.mark.parametrize("answer", ["tackat_ja", "tackat_nej"])
def test_one_who_was_not_asked_has_no_answer(world: World, offered: tuple[Published, list[Sent]], answer: str) -> None:
    published, sent = offered
    assert say(world.browser(world.kansli), published, sent[1], answer).status_code == 409
    assert statuses(world, published)[sent[1].id] is Status.PARKED


@pytest.mark.parametrize("answer", ["", "ja", "besked", "x" * 9000])
def test_an_answer_that_is_none_is_told_beside_its_field(
    world: World, offered: tuple[Published, list[Sent]], answer: str
) -> None:
    published, sent = offered
    refused = say(world.browser(world.kansli), published, sent[0], answer)
    assert refused.status_code == 422
    assert "Välj har tackat ja eller har tackat nej." in refused.get_data(as_text=True)
    assert statuses(world, published)[sent[0].id] is Status.OFFERED


def test_an_endless_reason_is_refused_and_a_hostile_one_is_text(
    world: World, offered: tuple[Published, list[Sent]]
) -> None:
    published, sent = offered
    browser = world.browser(world.kansli)
    assert say(browser, published, sent[0], "tackat_nej", "å" * 501).status_code == 422
    say(browser, published, sent[0], "tackat_nej", "<script>x()</script>")
    page = browser.get(address(published)).get_data(as_text=True)
    assert "&lt;script&gt;x()" in page
    assert "<script>x()" not in page


def test_answers_from_others_are_not_there(world: World, offered: tuple[Published, list[Sent]]) -> None:
    published, sent = offered
    for person in (world.rival_kansli, world.gunnel, world.region):
        browser = world.browser(person)
        token = fields_of(browser.get("/konto"))["csrf_token"][0]
        data = {"csrf_token": token, f"{sent[0].id}-answer": "tackat_nej"}
        assert browser.post(address(published, f"utfall/{sent[0].id}/svar"), data=data).status_code == 404
    assert statuses(world, published)[sent[0].id] is Status.OFFERED


def test_one_who_was_told_along_with_everybody_can_decline_but_nobody_is_left_to_ask(
    world: World, set_clock: Clock
) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    decide(world, published, sent[:1], HIRED)
    decide(world, published, sent[1:])
    proofread(world, published)
    release(world, published)
    browser = world.browser(world.kansli)
    assert say(browser, published, sent[0], "tackat_nej").status_code == 303
    page = " ".join(browser.get(address(published)).get_data(as_text=True).split())
    assert "så ingen kan erbjudas tjänsten i den här rekryteringen" in page
    assert release(world, published) == 0


def test_one_who_takes_the_application_back_while_offered_leaves_the_post_free(
    world: World, offered: tuple[Published, list[Sent]]
) -> None:
    published, sent = offered
    with world.writing(scope.party(world.party)) as session:
        gone = session.get_one(Application, sent[0].id)
        gone.state, gone.withdrawn_at = "withdrawn", clock.now()
    decide(world, published, sent[1:2], HIRED)
    proofread(world, published)
    assert release(world, published, offer=True) == 1
