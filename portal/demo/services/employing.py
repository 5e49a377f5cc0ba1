"""Two employed from one ad of the demo: the one decided, signed and at work, the other with a contract in draft."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask

from portal import clock, scope
from portal.ads.queries import criteria_of
from portal.contracts.decision.announcing import Announcement
from portal.contracts.decision.deciders import Decider, Seat
from portal.contracts.decision.rules import Decision
from portal.contracts.decision.services.writing import write_announcement, write_decision
from portal.contracts.services import record_employment
from portal.contracts.terms import Terms, answer_for
from portal.contracts.written.engines import pdf_of
from portal.contracts.written.filling import Filled, Signatory
from portal.contracts.written.queries import Held, contract_of
from portal.contracts.written.services import note_accepted, offer_contract, record_signature, save_contract
from portal.contracts.written.sheet import data_of
from portal.db import db, unit_of_work
from portal.decisions.outcomes import Result
from portal.decisions.queries.release import release_of
from portal.decisions.queries.words import words_of
from portal.decisions.services import ReadText, end_recruitment, proofread_all, record_outcome
from portal.demo.services.meeting import confer
from portal.demo.services.people import House, writing
from portal.demo.services.reviewing import case_as, judge_all, name_the_panel, office_actor
from portal.documents.services import Filed, keep_filed
from portal.organisations.access import Actor
from portal.posts.employer_model import Employer
from portal.review.queries.case import load_case
from portal.review.services import answer_to_decide

LEADER = "Gunnel Sundvall"
HEAD = Signatory("Enhetschefen", "Disa Sjölund")
SECRETARY = "Den politiska sekreteraren"
DECIDED = timedelta(days=-20)  # from the present day
STARTS = (timedelta(days=-2), timedelta(days=21))  # the first and the second who is employed
REASONS = {
    Result.HIRED: "Skriver klart och snabbt, och kan hälso- och sjukvården.",
    Result.NOT_FURTHER: "De andra två har arbetat närmare sjukvården.",
}


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody of the demo who has been employed."""

    application: UUID
    name: str
    employment: UUID


def hire_two(
    app: Flask, house: House, ad_id: UUID, people: list[tuple[UUID, str]], at: datetime
) -> tuple[Employee, Employee]:
    """The first two of three are employed, as their meeting came to, and the third is not; everybody has had their word."""
    named, decided = at - timedelta(days=70), at + DECIDED
    name_the_panel(app, house, ad_id, named)
    judge_all(app, house, ad_id, named + timedelta(days=3))
    confer(app, house, ad_id, [application for application, _name in people], decided - timedelta(days=4))
    office = office_actor(house)
    with case_as(app, house, ad_id, office) as (session, case):
        listed = {row.id for row in case.applications}
        answer_to_decide(session, case=case, listed=listed, conflicts={}, at=decided)
    for place, (application, _name) in enumerate(people):
        result = Result.HIRED if place < 2 else Result.NOT_FURTHER
        with writing(app, scope.party(house.party)) as session:
            record_outcome(
                session, ad_id=ad_id, application_id=application, result=result, reason=REASONS[result],
                criterion_id=criteria_of(session, ad_id)[0].id, actor=office, at=decided,
            )  # fmt: skip
    made = [
        Employee(id, name, _employ(app, house, ad_id, id, office, at, starts))
        for (id, name), starts in zip(people, STARTS, strict=False)
    ]
    _tell_everybody(app, house, ad_id, office, decided + timedelta(hours=2))
    return made[0], made[1]


def _employ(
    app: Flask, house: House, ad_id: UUID, application_id: UUID, office: Actor, at: datetime, starts_in: timedelta
) -> UUID:
    on, starts = day(at + DECIDED), day(at + starts_in)
    terms = Terms(Employer.AUTHORITY, on, starts, None, 100)
    latest = answer_for(terms, on=on).limit.latest_end
    with writing(app, scope.party(house.party)) as session:
        made = record_employment(
            session, ad_id=ad_id, application_id=application_id, actor=office, at=at + DECIDED, on=on,
            terms=Terms(Employer.AUTHORITY, on, starts, latest, 100),
        )  # fmt: skip
        assert made is not None
        return made.id


def _tell_everybody(app: Flask, house: House, ad_id: UUID, office: Actor, at: datetime) -> None:
    with case_as(app, house, ad_id, office) as (session, case):
        texts = {word.application_id: ReadText(word.text, word.version) for word in words_of(session, case)}
        proofread_all(session, ad_id=ad_id, texts=texts, actor=office, at=at)
    with app.test_request_context(base_url=app.config["SETTINGS"].base_url):  # the mails' links are those of a page
        scope.act_for(db.session, scope.party(house.party))
        with unit_of_work() as session:
            found = load_case(session, ad_id, office)
            assert found is not None
            seen = release_of(session, found, at=at).seen
            end_recruitment(session, ad_id=ad_id, seen=seen, actor=office, at=at)


def decide(app: Flask, house: House, who: Employee, at: datetime) -> None:
    """The group leader's decision, reported three days later and announced the week after: it can be appealed still."""
    decided = day(at + DECIDED)
    said = Decision(
        Decider.GROUP_LEADER, LEADER, decided, Seat.MEMBER, "Delegationsordningen 4.2", f"D 31/{decided.year}"
    )
    became = Announcement(decided + timedelta(days=3), decided + timedelta(days=7))
    about: dict[str, Any] = {"employment_id": who.employment, "actor": office_actor(house)}
    with writing(app, scope.party(house.party)) as session:
        write_decision(session, decision=said, at=at + DECIDED, on=decided, **about)
    with writing(app, scope.party(house.party)) as session:
        write_announcement(session, said=became, at=at - timedelta(days=12), on=day(at), **about)


def draft(app: Flask, house: House, who: Employee, at: datetime, **changes: str) -> None:
    """What the rules leave open, filled in by the office."""
    signing = (HEAD, Signatory(SECRETARY, who.name))
    said = Filled(work_leader=LEADER, decided_by=LEADER, pay="42500", notice_months=3, signatories=signing)
    filled = replace(said, **changes)  # type: ignore[arg-type]
    with writing(app, scope.party(house.party)) as session:
        save_contract(
            session, employment_id=who.employment, filled=filled, actor=office_actor(house), at=at, on=day(at)
        )  # fmt: skip


def sign(app: Flask, house: House, who: Employee, at: datetime) -> None:
    """The contract filled in, offered, accepted and signed by both, between two weeks and ten days ago."""
    offered = at - timedelta(days=14)
    draft(app, house, who, offered)
    held, paper = _set(app, house, who, offered, "")
    about: dict[str, Any] = {"employment_id": who.employment, "actor": office_actor(house)}
    own = scope.party(house.party)
    with writing(app, own) as session:
        offer_contract(
            session, seen=held.sheet(on=day(offered)).print, paper=paper, at=offered, on=day(offered), **about
        )
    accepted = at - timedelta(days=13)
    with writing(app, own) as session:
        note_accepted(session, accepted_on=day(accepted), at=accepted, on=day(accepted), **about)
    for position, (name, ago) in enumerate(((HEAD.name, 12), (who.name, 10)), start=1):
        signed = at - timedelta(days=ago)
        _held, copy = _set(app, house, who, offered, f"Underskrivet exemplar {position} i demon")
        with writing(app, own) as session:
            record_signature(
                session, position=position, name=name, signed_on=day(signed), copy=copy, at=signed, on=day(signed),
                **about,
            )  # fmt: skip


def _set(app: Flask, house: House, who: Employee, at: datetime, mark: str) -> tuple[Held, Filed]:
    """The contract as it stands, set and stored."""
    with app.app_context():
        scope.act_for(db.session, scope.party(house.party))
        held = contract_of(db.session, who.employment, on=day(at))
        assert held is not None
        pdf = pdf_of(data_of(held.sheet(on=day(at)), mark=mark))
        name = f"{mark or 'Anställningsavtal'}.pdf"
        return held, keep_filed(db.session, held.employment.controller_id, pdf, name=name, page_count=2)


def day(at: datetime) -> date:
    """The day in Sweden."""
    return at.astimezone(clock.STOCKHOLM).date()
