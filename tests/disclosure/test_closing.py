"""When the authority's matter closes: assessments become records, and notes that nobody handed in are destroyed."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Application
from portal.audit.models import AuditLine
from portal.decisions.queries.kept import kept_bytes, kept_of
from portal.interviews.models import InterviewCard, InterviewMark
from portal.jobs.tasks import work_off_due
from portal.privacy.services.destroying import destroy_private_notes
from portal.privacy.tasks import destroy_notes_when_ended
from portal.register.models import RegisterEntry
from portal.review.models import ConflictAnswer, PanelMember, ScoreNote
from portal.vault.services import open_application_key
from tests.applicants import Sent
from tests.at_once import second
from tests.decisions.recruiting import HIRED, NOT_FURTHER, closed_recruitment, decide, proofread, release
from tests.events import as_the_worker
from tests.world import Published, World

Clock = Callable[[str], datetime]
OWN, HANDED_IN, ON_CARD = "Bara för mig: tvekar.", "Nämner tre artiklar.", "Kom sent, fråga mer."


def ended(world: World, set_clock: Clock, employer: str) -> tuple[Published, list[Sent]]:
    """A recruitment with one assessor who handed in and one who left without, each with a note, and a card not handed in."""
    published, sent = closed_recruitment(world, set_clock, 2, employer=employer)
    with world.writing(scope.party(world.party)) as session:
        one = session.get_one(Application, sent[0].id)
        key = open_application_key(session, application_id=one.id, controller_id=one.controller_id)
        walls = {name: getattr(one, name) for name in ("party_id", "authority_id", "controller_id", "with_authority")}
        at = clock.now()
        for place, (person, text) in enumerate(((world.gunnel, HANDED_IN), (world.elof, OWN)), 1):
            member = PanelMember(
                **walls, ad_id=published.id, person_id=person, position=place, added_at=at,
                handed_in_at=at if text == HANDED_IN else None, removed_at=None if text == HANDED_IN else at,
            )  # fmt: skip
            session.add(member)
            session.flush()
            for applied in sent:
                session.add(
                    ConflictAnswer(
                        **walls,
                        panel_member_id=member.id,
                        application_id=applied.id,
                        has_conflict=False,
                        answered_at=at,
                    )
                )
            note = ScoreNote(
                **walls, panel_member_id=member.id, application_id=one.id, criterion_id=published.criteria[0],
                text_sealed=b"", saved_at=at,
            )  # fmt: skip
            session.add(note)
            session.flush()
            note.text_sealed = key.seal_text(f"score_note.{note.id}", text)
        card = InterviewCard(**walls, panel_member_id=member.id, application_id=one.id)
        session.add(card)
        session.flush()
        for criterion, judged in zip(published.criteria[:2], (False, True), strict=True):
            mark = InterviewMark(
                **walls, card_id=card.id, application_id=one.id, criterion_id=criterion, judged=judged, saved_at=at
            )
            session.add(mark)
            session.flush()
            mark.note_sealed = key.seal_text(f"interview_mark.{mark.id}", ON_CARD)
    decide(world, published, sent[:1], HIRED)
    decide(world, published, sent[1:], NOT_FURTHER)
    proofread(world, published)
    release(world, published)
    return published, sent


def test_what_was_handed_in_stays_and_what_was_not_is_destroyed_and_kept_nowhere(
    world: World, set_clock: Clock
) -> None:
    published, sent = ended(world, set_clock, "authority")
    work_off_due(world.app)
    with world.acting(scope.party(world.party)) as session:
        notes = session.scalars(select(ScoreNote)).all()
        key = open_application_key(session, application_id=sent[0].id, controller_id=notes[0].controller_id)
        assert [key.open_text(f"score_note.{row.id}", row.text_sealed) for row in notes] == [HANDED_IN]
        assert [(row.judged, row.note_sealed) for row in session.scalars(select(InterviewMark))] == [(True, None)]
        kept = kept_of(session, published.id)
        if kept is not None:
            text = kept_bytes(session, kept).decode()
            assert (OWN in text, ON_CARD in text) == (False, False)
        line = session.scalars(select(AuditLine).where(AuditLine.verb == "notes.destroyed")).one()
        assert (line.object_id, line.actor, line.reason) == (published.id, "system", "3")


def test_the_notes_of_another_matter_stay_and_what_a_card_that_was_handed_in_says(
    world: World, set_clock: Clock
) -> None:
    (closing, _), (another, _) = (ended(world, set_clock, "authority") for _ in range(2))
    with world.writing(scope.party(world.party)) as session:
        own = select(InterviewCard).join(PanelMember, PanelMember.id == InterviewCard.panel_member_id)
        session.scalars(own.where(PanelMember.ad_id == closing.id)).one().handed_in_at = clock.now()
    with world.writing(scope.party(world.party)) as session:
        assert destroy_private_notes(session, ad_id=closing.id, at=clock.now()) == 1
    with world.acting(scope.party(world.party)) as session:
        notes = select(PanelMember.ad_id).join(ScoreNote, ScoreNote.panel_member_id == PanelMember.id)
        assert sorted(session.scalars(notes)) == sorted([closing.id, another.id, another.id])
        assert all(row.note_sealed for row in session.scalars(select(InterviewMark)))


def test_each_assessment_has_its_number_once_the_matter_closes(world: World, set_clock: Clock) -> None:
    _published, sent = ended(world, set_clock, "authority")
    work_off_due(world.app)
    work_off_due(world.app)
    with world.acting(scope.authority(world.authority)) as session:
        made = select(RegisterEntry).where(RegisterEntry.kind == "assessment").order_by(RegisterEntry.register_number)
        rows = session.scalars(made).all()
        assert [(row.register_number, row.application_id) for row in rows] == [
            (7, sent[0].id),
            (8, sent[1].id),
        ]  # after two forms, two CVs and two words
    page = world.browser(world.region).get(f"/arbete/inkomna/{sent[0].id}").get_data(as_text=True)
    assert "Bedömning" in page and "Upprättad" in page


def test_a_partys_own_notes_are_left_as_they_are(world: World, set_clock: Clock) -> None:
    ended(world, set_clock, "party")
    work_off_due(world.app)
    with world.acting(scope.party(world.party)) as session:
        assert len(session.scalars(select(ScoreNote)).all()) == 2
        assert all(row.note_sealed for row in session.scalars(select(InterviewMark)))
        assert session.scalars(select(RegisterEntry)).all() == []


def test_the_notes_of_one_who_hands_in_as_the_matter_closes_stay(world: World, set_clock: Clock) -> None:
    published, _sent = ended(world, set_clock, "authority")
    with world.acting(scope.party(world.party)) as session:
        notes = len(session.scalars(select(ScoreNote)).all())
    about = {"kind": "recruitment.ended", "subject_id": published.id}
    with second() as the_worker:
        with world.writing(scope.party(world.party)) as session:
            for seat in session.scalars(select(PanelMember).with_for_update(key_share=True)):
                seat.handed_in_at = seat.handed_in_at or clock.now()
            session.flush()
            the_worker.begins(as_the_worker, world, destroy_notes_when_ended, **about)
        the_worker.ends()
    with world.acting(scope.party(world.party)) as session:
        assert len(session.scalars(select(ScoreNote)).all()) == notes
