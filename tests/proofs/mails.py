"""Every kind of mail that the product can send, each because somebody did what causes it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import template_rendered
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.ads.queries import current_version_of
from portal.applications.consent import VERSION
from portal.applications.emails import post_alone
from portal.applications.models import Application, CandidateRequest
from portal.applications.services.asking import ask_candidate
from portal.applications.services.drafting import key_of, read_written
from portal.applications.services.sending import Prepared
from portal.applications.states import State
from portal.audit.services import CANDIDATE
from portal.documents.queries import documents_of
from portal.interviews.services.arranging import remove_time
from portal.jobs.services import announce
from portal.jobs.tasks import run_rounds
from portal.links.models import Purpose
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, open_letter
from portal.organisations.models import Membership
from portal.paths import TEMPLATES
from portal.privacy.clocks import Wait
from portal.privacy.emails import post_notice, post_standing
from portal.privacy.queries import kept_case
from portal.privacy.rights.emails import post_colleague_needed
from portal.privacy.rights.services.correcting import correct_details
from tests.accounts.people import PASSWORD, give_account
from tests.applicants import Sent, send_applications
from tests.applications.paper import base, private_link
from tests.contracts.onboarding_lists import add, begin
from tests.contracts.written.contracting import recorded
from tests.decisions.recruiting import address, closed_recruitment, decide, proofread
from tests.door import own_browser, through
from tests.forms import fields_of, submit
from tests.interviews.meetings import meetings_of
from tests.letterbox.writing import answer
from tests.privacy.candidates import link_of
from tests.privacy.later import say_yes
from tests.proofs.tokens import Tokens, one_of_each
from tests.protection.applying import stage_protected
from tests.review.panel import Panel, panel_of
from tests.stage import add_person
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
TEMPLATES_OF_MAILS = {f"mail/{path.name}" for path in Path(TEMPLATES, "mail").glob("*.txt")}


class Rendered(set[str]):
    """The mail templates that were rendered while it listened."""

    def listen(self) -> AbstractContextManager[Any]:
        """``with rendered.listen(): …``"""
        return template_rendered.connected_to(self._note)

    def _note(self, _app: object, template: Any, **_values: object) -> None:
        if template.name.startswith("mail/") and template.name.endswith(".txt"):  # the HTML is made of it
            self.add(template.name)


def cause_every_mail(world: World, set_clock: Clock) -> tuple[Tokens, Published]:
    """Do all that is told by mail; the tokens of those who can still act, and the ad they are about. The clock is left in
    November, where every link is in force."""
    over, sent = closed_recruitment(world, set_clock, 2, employer="party")
    call_panel_and_end(world, over, sent, set_clock)
    for told in (meet_candidates, call_in_and_remind):
        set_clock("2026-11-23T10:00")
        told(world, set_clock)
    set_clock("2026-11-23T10:00")
    ad = publish_ad(world, employer="party", documents=[])
    tokens = one_of_each(world, ad)
    in_english_and_taken_back(world, world.browser(), ad)
    asked_about_the_second_alone(world, tokens, ad)
    asked_and_put_right(world, tokens, ad)
    something_waits(world, ad)
    found_unreadable(world, ad)
    remind_of_first_days(world, set_clock)
    new_telephones(world)
    run_rounds(world.app)
    return tokens, ad


def call_panel_and_end(world: World, ad: Published, sent: list[Sent], set_clock: Clock) -> None:
    """The panel is called to an ad that has closed; then everybody gets their word."""
    decider, _email = add_person(world, "vera", "ledamot", party=world.party)
    Panel(world, ad, sent, set_clock).name(world.elof, world.gunnel, decider=decider)
    decide(world, ad, sent)
    proofread(world, ad)
    told = submit(world.browser(world.kansli), address(ad, "beslut/avsluta"), button="Avsluta rekryteringen")
    assert told.status_code == 303
    say_yes(world, link_of(world, sent[1]))


def meet_candidates(world: World, set_clock: Clock) -> None:
    """Times to choose from, two that are booked, one of them taken away, and the other the day before; and a letter."""
    made = meetings_of(world, set_clock)
    answer(made.panel, made.panel.sent[0])
    times = made.make()
    made.work()
    for sent, time in zip(made.panel.sent, times[:2], strict=False):
        made.book(sent, time)
    made.work()
    with made.panel.as_person(world.kansli) as (session, case):
        actor = made.panel.actor(world.kansli)
        remove_time(session, case=case, actor=actor, slot_id=times[1], at=clock.now())
    set_clock("2026-12-16T08:00")
    made.work()


def call_in_and_remind(world: World, set_clock: Clock) -> None:
    """A deputy is called in where an assessor has jäv; one assessor is reminded; one who had fallen is judged again; one
    more applies, late, of whom whoever decides is told too."""
    panel = panel_of(world, set_clock)
    deputy, _email = add_person(world, "disa", "ledamot", party=world.party)
    decider, _email = add_person(world, "ebba", "ledamot", party=world.party)
    panel.name(world.elof, world.gunnel, deputies=(deputy,), decider=decider)
    panel.answer_to_decide(decider)
    panel.declare(world.gunnel, panel.sent[0])
    panel.declare(world.elof)
    panel.drop(world.elof, panel.sent[2])
    panel.score_all(world.elof)
    panel.hand_in(world.elof)
    set_clock("2026-12-14T11:00")
    panel.take_back(world.elof, panel.sent[2])
    panel.nudge(world.gunnel)
    panel.say_mended(world.elof, panel.sent[1])
    send_applications(world, panel.ad, 1, start=7, late=True)
    with world.writing(scope.party(panel.ad.party_id)) as session:
        late = session.scalars(
            select(Application.id).where(Application.ad_id == panel.ad.id, Application.state == "late")
        )
        announce(session, "application.sent", subject_id=late.one(), at=clock.now())
    for _ in range(2):
        run_rounds(world.app)


def in_english_and_taken_back(world: World, client: FlaskClient, ad: Published) -> None:
    """Somebody applies in English, and takes it back."""
    details = {"name": "Bo Ek", "email": "bo@example.se", "phone": "070-174 06 22", "consent": True, "wording": VERSION}
    papers = {"letter": "Dear all.", "salary": "41000", "start": "1 May"}
    assert submit(client, f"{base(ad)}?lang=en", details).status_code == 303
    assert submit(client, f"{base(ad)}/handlingar?lang=en", papers).status_code == 303
    assert submit(client, f"{base(ad)}/kontrollera?lang=en", {}, "Send the application").status_code == 303
    link = private_link(client.get(f"{base(ad)}/kvitto?lang=en"))
    place = through(world, client, link).partition("?")[0]
    assert submit(client, f"{place}/ta-tillbaka?lang=en", {}, "Withdraw the application").status_code == 303


def asked_about_the_second_alone(world: World, tokens: Tokens, ad: Published) -> None:
    """The first of two is taken back, and the second waits for its answer."""
    with world.writing(scope.party(ad.party_id)) as session:
        second = select(Application).where(Application.ad_id == ad.id, Application.state == State.PROPOSAL)
        post_alone(
            session, session.scalars(second).one(), to="nina@example.com", token=tokens[Purpose.PROPOSAL],
            taken_back=True, once="alone", at=clock.now(),
        )  # fmt: skip


def asked_and_put_right(world: World, tokens: Tokens, ad: Published) -> None:
    """Somebody changes their telephone, asks for a correction, and is answered."""
    path = f"/ansokan/{tokens[Purpose.APPLICATION]}/mina-uppgifter"
    _put_right(world, ad)
    form = {"kind": "correction", "text": "Fel årtal."}
    assert submit(own_browser(world), path, form, "Skicka begäran").status_code == 303
    with world.acting(scope.party(ad.party_id)) as session:
        asked = session.scalars(select(CandidateRequest.id).where(CandidateRequest.kind == "correction")).one()
    said = {"result": "done", "text": "Rättat."}
    answered = submit(world.browser(world.kansli), f"/arbete/begaran/{asked}", said, "Skicka svaret")
    assert answered.status_code == 303


def something_waits(world: World, ad: Published) -> None:
    """Somebody under a code name has asked for a mail, and there is something to read."""
    id = stage_protected(world, ad)
    with world.writing(scope.party(ad.party_id)) as session:
        row = session.get_one(Application, id)
        ask_candidate(session, application=row, kind="message", endpoint="letterbox.own", text="Läs", at=clock.now())


def found_unreadable(world: World, ad: Published) -> None:
    """A file that was taken in unread turns out not to be one that can be."""
    (one,) = send_applications(world, ad, 1, start=7)
    with world.writing(scope.party(ad.party_id)) as session:
        (document, *_) = documents_of(session, one.id)
        announce(session, "document.refused", subject_id=document.id, at=clock.now())


def _put_right(world: World, ad: Published) -> None:
    """After the last day a telephone number is put right, and the office is told what is soon to go."""
    with world.acting(scope.party(ad.party_id)) as session:
        one = session.scalars(
            select(Application.id).where(Application.ad_id == ad.id, Application.state == State.SENT)
        ).first()
    assert one is not None
    with world.writing(scope.candidate(one)) as session:
        application = session.get_one(Application, one)
        written = read_written(session, application, key_of(application))
        texts = {"name": written.name, "email": written.email, "phone": "070-174 06 55"}
        ad_now = current_version_of(session, ad.id)
        assert ad_now is not None
        same = Prepared(one, application.party_id, application.ad_id, application.address_print)
        assert correct_details(session, prepared=same, texts=texts, ad=ad_now, actor=CANDIDATE, at=clock.now())
    with world.writing(scope.party(ad.party_id)) as session:
        kept = kept_case(session, ad.id)
        assert kept is not None
        post_notice(session, to="samira@example.se", kept=kept, day=clock.today(), once="notice", at=clock.now())
        post_standing(
            session, to="samira@example.se", ad_id=ad.id, waits=Wait.OPEN, since=clock.today(), once="standing",
            at=clock.now(),
        )  # fmt: skip
        post_colleague_needed(session, to="samira@example.se", once="colleague", at=clock.now())


def remind_of_first_days(world: World, set_clock: Clock) -> None:
    """Somebody is employed, a step of their first days is left, and it is late. The clock is put back after that."""
    one = recorded(world, set_clock)
    begin(world, one.employment)
    add(world, one.employment)
    set_clock("2027-02-02T08:05")
    run_rounds(world.app)
    set_clock("2026-11-23T10:00")


def new_telephones(world: World) -> None:
    """A colleague needs another telephone, and so does one who is in another party too; the operator
    chooses another password."""
    give_account(world, world.elof)
    with world.writing(scope.PLATFORM) as session:
        at = clock.now()
        session.add(
            Membership(person_id=world.gunnel, role="ledamot", party_id=world.rival, created_at=at, accepted_at=at)
        )
    office = world.browser(world.kansli)
    token = fields_of(office.get("/arbete/byt"))["csrf_token"][0]
    for person in (world.elof, world.gunnel):
        place = f"/arbete/personer/{world.memberships[person]}/skicka"
        assert office.post(place, data={"csrf_token": token}).status_code == 303
    changed = {"password": PASSWORD, "new_password": f"{PASSWORD} till"}
    give_account(world, world.drift)
    assert submit(world.browser(world.drift), "/konto/losenord", changed).status_code == 303


def all_letters(world: World) -> list[Letter]:
    """Every mail in the outbox that still has its content."""
    with world.acting(scope.PLATFORM) as session:
        rows = session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at, OutgoingMail.id))
        return [open_letter(session, row) for row in rows if row.sealed is not None]


def paths_in(letters: list[Letter]) -> list[str]:
    """The path of every link in every letter."""
    return [path for letter in letters for path in re.findall(r"http://localhost(/\S+)", letter.body)]
