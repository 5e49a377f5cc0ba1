"""Two rival parties, each with the same recruitments in the same states, and everybody who might knock at a door.

What the tests of permissions and walls play on: a draft, an open ad, a closed one under review, one with its outcome
and employment, one under a blind review. Everything of the one party has its like with the other.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.ads.models import PublishedAd
from portal.applications.models import Application
from portal.applications.services.drafting import begin_draft, write_details
from portal.contracts.models import Employment
from portal.contracts.services import record_employment
from portal.contracts.terms import Terms
from portal.decisions.outcomes import Result
from portal.decisions.services import decline
from portal.documents.models import Document, PagePicture
from portal.links.models import Purpose
from portal.links.services import make_link
from portal.posts.employer_model import Employer
from portal.review.requirements import Ruling
from portal.review.services import call_to_interview, declare_conflicts, save_step
from portal.vault.services import ApplicationKey, create_application_key
from tests.ads.drafts import whole_draft
from tests.applicants import Sent, page_picture, send_applications
from tests.applications.changed import begin_another_day
from tests.contracts.acts.changing import end_a_month_before
from tests.contracts.deciding import decide_and_announce
from tests.contracts.onboarding_lists import one_of_each
from tests.contracts.written.contracting import EMPLOYER_SIGNS, Recorded, accepted, take_back_signed
from tests.contracts.written.contracting import sign as sign_contract
from tests.decisions.recruiting import decide, keep_decision_file, office, proofread, release
from tests.disclosure.asking import AskedFor, ask_for_records
from tests.intake.registering import stage_post
from tests.interviews.staged import Staged, stage_interviews
from tests.membership import add_person
from tests.posts.ledgers import give
from tests.privacy.asking import ask_and_extend
from tests.privacy.holding import kept_longer
from tests.review.blind import approve_pages, approve_texts, burn_all, make_blind, note_machine
from tests.review.meetings import hold_whole_meeting, write_note
from tests.review.panel import AFTER_LAST_MINUTE, CLOSED, Panel
from tests.steps import kept
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
OPEN_TO, CLOSED_AT = date(2027, 1, 8), date(2026, 12, 11)
UNTIL = timedelta(days=700)


@dataclass
class Side:
    """One party's: its world (where ``party`` is itself), ad ids, applications, tokens, and the rows pages are about."""

    world: World
    draft: UUID
    open: Published
    sent_open: list[Sent]
    closed: Panel
    done: Published
    sent_done: list[Sent]
    blind: Panel
    people: dict[str, UUID] = field(default_factory=dict)
    memberships: dict[str, UUID] = field(default_factory=dict)
    tokens: dict[UUID, str] = field(default_factory=dict)  # of the open ad's applications, by id
    invitation_token: str = ""
    draft_token: str = ""
    draft_picture: UUID | None = None
    employment: UUID | None = None
    onboarding_step: UUID | None = None  # one that is left
    hold: UUID | None = None
    decision: UUID | None = None
    post: tuple[UUID, UUID] | None = None  # a registration that is not finished; one under a code name, to the open ad
    interviews: Staged | None = None
    asked: AskedFor | None = None  # of the authority's records, where it employs
    own_request: UUID | None = None  # the request of the first candidate of the closed ad

    @property
    def scope(self) -> scope.Scope:
        """The party's own."""
        return scope.party(self.world.party)


@kept
def set_stage(world: World, set_clock: Clock, *, employer: str = "party", rivals: str = "party") -> tuple[Side, Side]:
    """The own party's side and its rival's, on 14 December. ``employer`` and ``rivals`` say who employs with each."""
    own, theirs = (_side(one, set_clock, who) for one, who in ((world, employer), (_mirrored(world), rivals)))
    return own, theirs


def _mirrored(world: World) -> World:
    """The world as the rival sees it, with two assessors of its own."""
    people = {}
    for handle in ("signe", "tore"):
        people[handle], _ = add_person(world, handle, "ledamot", party=world.rival)
    return replace(
        world, party=world.rival, rival=world.party, kansli=world.rival_kansli, rival_kansli=world.kansli,
        gunnel=people["signe"], elof=people["tore"],
    )  # fmt: skip


def _side(world: World, set_clock: Clock, employer: str) -> Side:
    set_clock("2026-11-23T10:00")
    draft = whole_draft(world, employer=Employer(employer), deadline=OPEN_TO)
    open_ad = publish_ad(world, employer=employer, deadline=OPEN_TO)
    closed, done, blind = (publish_ad(world, employer=employer, deadline=CLOSED_AT) for _ in range(3))
    side = Side(
        world, draft, open_ad, send_applications(world, open_ad, 2),
        Panel(world, closed, send_applications(world, closed, 3), set_clock),
        done, send_applications(world, done, 3),
        Panel(world, blind, send_applications(world, blind, 2), set_clock),
    )  # fmt: skip
    give(world, (world.party, "20"), starts=date(2026, 1, 1))
    side.decision = give(world, (world.party, "5"), coalition=f"Samling {world.party.hex[:6]}")
    _people(side)
    _links(side)
    begin_another_day(side.world, side.open.id, side.sent_open[0].id)
    _unfinished(side)
    set_clock(CLOSED)
    _review(side.closed, side.people["office_conflicted"], side.people["deputy"])
    side.closed.is_decided_by(side.people["decider"], side.closed.sent[0])
    side.interviews = stage_interviews(side.closed)
    side.post = stage_post(side.closed, side.open)
    side.own_request = ask_and_extend(side.world, side.closed.ad, side.closed.sent[0])
    _outcome(side)
    _blind_review(side.blind)
    if employer == "authority":
        side.asked = ask_for_records(world, open_ad, side.sent_open[0], side.closed.ad)
    side.hold = kept_longer(world, (done.id, side.sent_done[1].id), (closed.id, side.closed.sent[2].id))
    return side


def _people(side: Side) -> None:
    mark = side.world.party.hex[:6]
    for handle, role, options in (
        ("outsider", "ledamot", {}),
        ("deputy", "ledamot", {}),
        ("decider", "ledamot", {}),
        ("office_conflicted", "kansli", {}),
        ("invited", "kansli", {"accepted": False}),
        ("removed", "kansli", {"ended": True}),
    ):
        made = add_person(side.world, f"{handle}-{mark}", role, party=side.world.party, **options)
        side.people[handle], side.memberships[handle] = made
    with side.world.writing(scope.PLATFORM) as session:
        side.invitation_token = make_link(
            session, purpose=Purpose.INVITATION, subject_id=side.memberships["invited"], scope=scope.PLATFORM,
            at=clock.now(), expires_at=clock.now() + UNTIL,
        )  # fmt: skip


def _links(side: Side) -> None:
    with side.world.writing(side.scope) as session:
        for one in side.sent_open:
            side.tokens[one.id] = _link(session, Purpose.APPLICATION, one.id)


def _link(session: Session, purpose: Purpose, application: UUID) -> str:
    return make_link(
        session, purpose=purpose, subject_id=application, scope=scope.candidate(application), at=clock.now(),
        expires_at=clock.now() + UNTIL,
    )  # fmt: skip


def _unfinished(side: Side) -> None:
    """A draft of an application to the open ad, with the token that its cookie holds."""
    id, at = uuid4(), clock.now()
    with side.world.writing(scope.candidate(id)) as session:
        ad = session.scalars(select(PublishedAd).where(PublishedAd.ad_id == side.open.id)).one()
        controller = ad.authority_id if ad.employer == "authority" else ad.party_id
        key = create_application_key(session, application_id=id, controller_id=controller, at=at)
        made, side.draft_token = begin_draft(session, ad=ad, key=key, language="sv", at=at)
        side.draft_picture = _paper(session, made, key, at)
        texts = {"name": "Utkast Utkastsson", "email": "utkast@example.com"}
        write_details(session, application=made, key=key, texts=texts, ad=ad, language="sv", at=at)


def _paper(session: Session, draft: Application, key: ApplicationKey, at: datetime) -> UUID:
    wall = {
        "party_id": draft.party_id, "authority_id": draft.authority_id, "controller_id": draft.controller_id,
        "application_id": draft.id,
    }  # fmt: skip
    document = Document(
        **wall, id=uuid4(), slot="cv", state="ready", kind="pdf", size=9, page_count=1, cipher_sha256="0" * 64,
        name_sealed=key.seal_text("document.name", "utkast.pdf"), created_at=at,
        checksum_sealed=key.seal_text("document.checksum", "0" * 64), blob=key.keep_document("document", b"%PDF-1.7 ").name,
    )  # fmt: skip
    session.add(document)
    session.flush()
    page = PagePicture(
        **wall, id=uuid4(), document_id=document.id, number=1, blob=key.keep_document("page", page_picture(1)).name
    )
    session.add(page)
    session.flush()
    return page.id


def _review(panel: Panel, of_office: UUID, deputy: UUID) -> None:
    """Two assessors: one clear of all, scored and handed in; one with jäv for the first candidate, for whom the deputy is
    called in. And one of the office, who answered the same and has left the panel since."""
    leader, other = panel.world.gunnel, panel.world.elof
    panel.name(leader, other, of_office)
    panel.declare(leader)
    for person in (other, of_office):
        with panel.as_person(person) as (session, case):
            declare_conflicts(
                session, case=case, listed={row.id for row in case.applications},
                conflicts={panel.sent[0].id: "narstaende"}, at=clock.now(),
            )  # fmt: skip
    panel.name(leader, other, deputies=(deputy,))
    write_note(panel, leader, panel.sent[1], 0, "Nämner tre debattartiklar.")
    panel.score_all(leader)
    panel.order(leader, ((panel.sent[1].id,), (panel.sent[0].id, panel.sent[2].id)))
    panel.hand_in(leader)
    panel.step(leader, panel.sent[1], 0, 3, "Läste om.")
    with panel.as_person(other) as (session, case):
        save_step(
            session, case=case, application_id=panel.sent[1].id, criterion_id=panel.ad.criteria[0], step=1, reason="",
            at=clock.now(),
        )  # fmt: skip
    panel.drop(panel.world.kansli, panel.sent[1], Ruling.GOES_ON, "Har körkort, se sidan två.")
    panel.drop(panel.world.kansli, panel.sent[2], Ruling.FALLS, "Svarar nej om körkort.")
    panel.take_back(panel.world.kansli, panel.sent[2], "Visade körkortet på mötet.")
    panel.set_clock(AFTER_LAST_MINUTE)
    hold_whole_meeting(panel)
    panel.set_clock(CLOSED)
    with panel.as_person(panel.world.kansli) as (session, case):
        actor = panel.actor(panel.world.kansli)
        call_to_interview(session, case=case, actor=actor, application_id=panel.sent[1].id, at=clock.now())


def _blind_review(panel: Panel) -> None:
    """A blind review with both assessors clear of all: the first application is masked and approved, the second waits."""
    leader, other = panel.world.gunnel, panel.world.elof
    first, second = panel.sent
    make_blind(panel)
    for one in (first, second):
        note_machine(panel, one)
    approve_pages(panel, first)
    burn_all(panel, first)
    approve_texts(panel, first)
    panel.name(leader, other)
    for person in (leader, other):
        panel.declare(person)


def _outcome(side: Side) -> None:
    hired, other, declined = side.sent_done
    _declines(side, declined)
    decide(side.world, side.done, [hired], Result.HIRED)
    decide(side.world, side.done, [other])
    with side.world.writing(side.scope) as session:
        published = session.scalars(select(PublishedAd).where(PublishedAd.ad_id == side.done.id)).one()
        made = record_employment(
            session, ad_id=side.done.id, application_id=hired.id, actor=office(side.world), at=clock.now(),
            terms=Terms(Employer(published.employer), date(2026, 12, 14), date(2027, 2, 1), date(2030, 12, 31), 100),
            on=clock.today(),
        )  # fmt: skip
        assert isinstance(made, Employment)
        side.employment, by_authority = made.id, made.with_authority
    end_a_month_before(side.world, side.employment)
    for act in (0, 1):
        decide_and_announce(side.world, side.employment, by_authority=by_authority, act=act)
    side.onboarding_step = one_of_each(side.world, side.employment)
    contract = accepted(Recorded(side.world, side.world.party, side.employment, hired.name))
    for wrong in (True, False):  # the first was filed wrong
        sign_contract(contract, 1, EMPLOYER_SIGNS.name)
        if wrong:
            take_back_signed(contract)
    proofread(side.world, side.done)
    assert release(side.world, side.done, offer=True) == 1
    keep_decision_file(side.world, side.done)


def _declines(side: Side, candidate: Sent) -> None:
    """One who was offered the post, and said no."""
    decide(side.world, side.done, [candidate], Result.HIRED)
    proofread(side.world, side.done)
    assert release(side.world, side.done, offer=True) == 1
    with side.world.writing(side.scope) as session:
        assert decline(
            session, ad_id=side.done.id, application_id=candidate.id, reason="Fick ett annat arbete.",
            actor=office(side.world, side.world.party), at=clock.now(),
        )  # fmt: skip


def picture_of(side: Side, sent: Sent) -> UUID:
    """The id of the first page of an application's document."""
    with side.world.acting(side.scope) as session:
        return session.scalars(select(PagePicture.id).where(PagePicture.document_id == sent.document)).all()[0]
