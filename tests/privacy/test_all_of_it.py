"""What goes with an application goes whole, and not before its time; what is kept stays open to its candidate."""

from collections.abc import Callable
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.accounts.models import Person
from portal.ads.queries import current_version_of
from portal.applications.models import Application, LaterConsent
from portal.applications.queries import later_consent_of
from portal.applications.services.drafting import key_of
from portal.applications.services.sending import make_private_link
from portal.db import db
from portal.intake.models import Intake
from portal.intake.queries import FORM, FORM_NAME
from portal.interviews.models import InterviewCard
from portal.jobs.tasks import run_rounds
from portal.letterbox.models import Message
from portal.links.models import Link
from portal.mail.models import OutgoingMail
from portal.mail.services import open_letter
from portal.privacy.later.services import leave_alone
from portal.privacy.services.disposing import Gone
from portal.privacy.services.holding import set_hold
from portal.review.meeting.models import MeetingPoint
from portal.vault.services import the_vault
from tests.applicants import send_applications
from tests.applications.paper import applications_in, apply, page_one, page_two, send
from tests.applications.test_private import question_link
from tests.applications.test_several_posts import PAPERS
from tests.contracts.hiring import fill, hired
from tests.decisions.recruiting import decide, proofread, release
from tests.door import own_browser, submit_inside
from tests.letterbox.writing import answer, ask
from tests.privacy.candidates import copy_at, link_of, values_in
from tests.privacy.test_disposing import DAY, TOLD, about, carried_out, ended, keyed
from tests.review.panel import CLOSED, Panel
from tests.stage import set_stage
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]


def mails_to(world: World, beginning: str, to: str) -> list[str]:
    with world.app.app_context():
        rows = db.session.scalars(select(OutgoingMail).where(OutgoingMail.once.startswith(beginning))).all()
        return [row.once for row in rows if row.sealed and open_letter(db.session, row).to == to]


def walls_of(row: Application) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("party_id", "authority_id", "controller_id")}


def registered_with_a_form(world: World, application_id: UUID) -> None:
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Application, application_id)
        key = key_of(row)
        signed = {
            "form_sealed": key.seal_bytes(FORM, b"%PDF-1.7"),
            "form_name_sealed": key.seal_text(FORM_NAME, "b.pdf"),
        }
        session.add(
            Intake(
                **walls_of(row), **signed, ad_id=row.ad_id, application_id=row.id, way="post", consent="form",
                arrived_on=date(2026, 12, 1), begun_by=world.kansli, begun_at=clock.now(), finished_by=world.kansli,
                consented_on=date(2026, 12, 1), finished_at=clock.now(),
            )
        )  # fmt: skip


def test_letters_and_the_signed_form_go_when_its_time_is_over(world: World, set_clock: Clock) -> None:
    ad, sent = hired(world, set_clock, 2, employer="party")
    panel = Panel(world, ad, sent, set_clock)
    ask(panel, sent[1])
    answer(panel, sent[1])
    registered_with_a_form(world, sent[1].id)
    assert fill(world.browser(world.kansli), ad, sent[0]).status_code == 303
    decide(world, ad, sent[1:])
    proofread(world, ad)
    release(world, ad)
    run_rounds(world.app)
    carried_out(world, set_clock, TOLD)
    with world.acting(scope.party(world.party)) as session:
        assert len(session.scalars(select(Message)).all()) == 2 and session.scalars(select(Intake)).all()
    assert carried_out(world, set_clock, DAY) == Gone(erased=1)
    run_rounds(world.app)
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(Message)).all() == [] and session.scalars(select(Intake)).all() == []


def test_an_assessor_who_has_applied_is_not_told_how_many_have(world: World, set_clock: Clock) -> None:
    ad = publish_ad(world, employer="party", deadline=date(2026, 12, 11))
    Panel(world, ad, [], set_clock).name(world.gunnel, world.elof)
    send_applications(world, ad, 2)
    send_applications(world, ad, 1, start=5, emails=("elof@example.se",))
    set_clock(CLOSED)
    for _ in range(2):
        run_rounds(world.app)
    assert mails_to(world, "panel:", "gunnel@example.se")
    assert mails_to(world, "panel:", "elof@example.se") == []


def test_one_of_the_office_who_has_applied_is_not_told_of_the_day(world: World, set_clock: Clock) -> None:
    with world.app.app_context():
        own = db.session.get_one(Person, world.kansli).email
    ad, sent = hired(world, set_clock, 1, employer="party")
    assert fill(world.browser(world.kansli), ad, sent[0]).status_code == 303
    proofread(world, ad)
    release(world, ad)
    send_applications(world, ad, 1, start=7, emails=(own,))
    assert carried_out(world, set_clock, TOLD) == Gone(told=1)
    assert mails_to(world, "retention:", own) == []


def test_a_hold_of_the_recruitment_keeps_a_second_sending_too(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world, employer="party")
    apply(client, ad)
    apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    second = next(row for row in applications_in(world, ad) if row.state == "proposal")
    with world.writing(scope.party(world.party)) as session:
        assert set_hold(session, application_id=None, reason="DO har hört av sig.", **about(world, ad))
    submit_inside(world, question_link(world), {}, "Behåll den första")
    with world.app.app_context():
        assert the_vault().key_store.has(second.id)


def test_without_a_hold_a_second_sending_goes(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world, employer="party")
    apply(client, ad)
    apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    second = next(row for row in applications_in(world, ad) if row.state == "proposal")
    submit_inside(world, question_link(world), {}, "Behåll den första")
    with world.app.app_context():
        assert not the_vault().key_store.has(second.id)


def test_the_copy_has_which_posts_were_sought(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world, posts=2, extent_percent=40, employer="party")
    page_one(client, ad)
    assert page_two(client, ad, {**PAPERS, "posts": ["2"]}).status_code == 303
    send(client, ad)
    (one,) = applications_in(world, ad)
    said = values_in(copy_at(world, link_of(world, SimpleNamespace(id=one.id)))["uppgifter.json"])  # type: ignore[arg-type]
    assert said["details"]["posts"] == "2"


def test_of_one_kept_for_later_no_figure_and_no_card_of_an_assessment_is_left(world: World, set_clock: Clock) -> None:
    own, _ = set_stage(world, set_clock, employer="party")
    kinds = (MeetingPoint, InterviewCard)
    with world.acting(own.scope) as session:
        there = [set(session.scalars(select(kind.application_id))) for kind in kinds]
    for kind, ids in zip(kinds, there, strict=True):
        assert ids, kind
        one = sorted(ids)[0]
        with world.writing(own.scope) as session:
            row = session.get_one(Application, one)
            if later_consent_of(session, one) is None:
                said = {"consented_at": clock.now(), "version": "1", "until": date(2028, 1, 1)}
                session.add(LaterConsent(id=uuid4(), **walls_of(row), application_id=one, **said))
        with world.writing(own.scope) as session:
            assert leave_alone(session, application_id=one, at=clock.now())
        with world.acting(own.scope) as session:
            assert session.scalars(select(kind).where(kind.application_id == one)).all() == []


def test_the_private_link_lives_as_long_as_what_is_kept(world: World, set_clock: Clock) -> None:
    ad, sent = ended(world, set_clock, "authority")  # laga kraft is never written down: it is kept for as long
    with world.writing(scope.party(world.party)) as session:
        for link in session.scalars(select(Link)):
            session.delete(link)
    with world.writing(scope.party(world.party)) as session:
        version = current_version_of(session, ad.id)
        assert version is not None
        make_private_link(session, session.get_one(Application, sent[1].id), version, clock.now())
    carried_out(world, set_clock, "2030-02-01T09:00")
    assert keyed(world, sent)[1]
    assert own_browser(world).get(link_of(world, sent[1])).status_code == 200
