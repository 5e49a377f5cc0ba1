"""The page on what each part gives away says what the code does: the stores are opened, and tell that and no more."""

import base64
import html
import tarfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import JSON, LargeBinary, String, Table, select

import portal.features  # noqa: F401  # every table
from portal import clock, scope
from portal.accounts.address import canonical
from portal.applications.models import Application
from portal.applications.services.drafting import key_of
from portal.backups.services.taking import take_backup
from portal.config import Settings
from portal.db import Base
from portal.links.models import Purpose
from portal.links.services import make_link, token_of
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, open_letter, post
from portal.pages import lost
from portal.vault import keystore
from portal.vault.keystore import KeyGone, KeyStore
from portal.vault.services import controller_fingerprint, the_vault
from tests.applicants import ADDRESS_PURPOSE, Sent, send_applications
from tests.database import Databases
from tests.traces import files, spellings, tables
from tests.world import World, publish_ad

# Under which fact of the page each table's clear columns are told; a column that is not here has no fact yet.
TOLD: dict[str, dict[str, str]] = {
    "organisations": {
        "authority": "name kind controller_name contact_email data_officer profile_key board_source",
        "party": "name key controller_name data_officer group_leader_policy elected_policy",
        "quota": "model basis coalition_name decision_body decision_paragraph decision_number",
        "claim": "kind",
        "retention_rule": "basis",
    },
    "ads": {
        "ad": "reference state employer title intro tasks hours place remote_text employment_form end_reason limit_rule "
        "documents subject_line salary_form salary_reason collective_agreement retention_rule timetable unclear",
        "published_ad": "reference employer content",
        "ad_contact": "name title email phone",
        "ad_criterion": "kind judged text explanation",
        "interview_question": "text",
        "interview_slot": "place",
        "meeting": "state basis",
        "meeting_event": "step",
        "phase_change": "former phase",
        "phase_plan": "phase",
        "review_case": "phase",
    },
    "staff": {
        "person": "email name password_hash",
        "membership": "role invited_name title",
        "login_session": "token_hash device",
        "password_request": "language",
    },
    "work": {
        "case_diary": "diary_number",
        "case_record": "kind",
        "disclosure_request": "came_by state outcome diary_number",
        "request_record": "kind",
        "audit_line": "actor verb reason previous_hash hash",
        "audit_head": "last_hash seal",
    },
    "numbers": {
        "application": "state language consent_version decided_as address_print",
        "application_change": "parts",
        "candidate_request": "kind result came_by",
        "candidate_task": "kind endpoint text",
        "later_consent": "version",
        "conflict_answer": "ground",
        "deciding_answer": "ground",
        "covered_record": "handed_out",
        "covered_minutes": "handed_out",
        "document": "slot attachment_kind state verdict note kind blob cipher_sha256 text_blob",
        "event": "kind scope_kind handlers_done",
        "intake": "way consent",
        "interview_mark": "present",
        "link": "token_hash purpose scope_kind",
        "link_visit": "cookie_hash code_hash",
        "masked_page": "boxes doubts trouble blob text_blob",
        "masked_text": "place",
        "masking": "code_name",
        "meeting_ballot": "choice",
        "message": "sender",
        "outcome": "result",
        "page_picture": "blob",
        "protected_identity": "code_name",
        "register_entry": "kind",
        "requirement_decision": "result",
        "score": "present",
        "score_change": "former_present",
    },
    "employments": {
        "employment": "title employer limit_rule limit_article policy_lifted_reason",
        "employment_act": "kind employer limit_rule limit_article policy_lifted_reason notice_by",
        "employment_decision": "decider who seat delegation number case_number",
        "employment_act_decision": "decider who seat delegation number case_number",
        "contract": "employer employer_name profile_key profile_print",
        "contract_signature": "role",
        "signature_taken_back": "role",
        "filed_document": "kind blob cipher_sha256",
        "onboarding": "profile_key profile_print source",
    },
    "mails": {"outgoing_mail": "once message_id last_fault"},
}
SEALED = {("controller_key", "wrapped"), ("outgoing_mail", "sealed")}


def test_every_column_in_clear_is_told_on_the_page() -> None:
    told = {(table, name) for fact in TOLD.values() for table, names in fact.items() for name in names.split()}
    assert told == {(table.name, column) for table in Base.metadata.sorted_tables for column in _clear(table)}
    assert TOLD.keys() == lost.part("database").tells.keys()


def _clear(table: Table) -> list[str]:
    """Columns with words or bytes in them that are not sealed; ids, days and numbers are told as such."""
    of_words = [c.name for c in table.columns if isinstance(c.type, String | JSON | LargeBinary)]
    return [name for name in of_words if not name.endswith("_sealed") and (table.name, name) not in SEALED]


@pytest.fixture
def sent(world: World) -> list[Sent]:
    """Two apply to the party, each gets a receipt, and has a private link."""
    found = send_applications(world, publish_ad(world, employer="party"), 2)
    with world.writing(scope.party(world.party)) as session:
        for one in found:
            letter = Letter(one.email, "Kvitto", f"Hej {one.name}.\n")
            post(session, letter, once=f"receipt:{one.id}", at=clock.now(), controller_id=world.party)
            make_link(
                session, purpose=Purpose.APPLICATION, subject_id=one.id, scope=scope.candidate(one.id),
                at=clock.now(), expires_at=clock.now(),
            )  # fmt: skip
    return found


def test_neither_database_folder_backup_nor_key_store_tells_who_applied(
    world: World, settings: Settings, databases: Databases, sent: list[Sent], tmp_path: Path
) -> None:
    with world.app.app_context():
        take_backup(tmp_path / "portal.backup", at=clock.now())
    with tarfile.open(tmp_path / "portal.backup") as tar:
        names = tar.getnames()
        unpacked = [(name, file.read()) for name in names if (file := tar.extractfile(name))]
    stored = {
        "database": b"".join(data for _table, data in tables(settings, databases)),
        "files": b"".join(data for _name, data in files(settings.instance_path)),
        "backup": b"".join(data for _name, data in unpacked),
    }
    words = [
        word for one in sent for word in (one.name, one.email, one.letter[:30], *one.answers.values()) if word != "ja"
    ]
    found = [(where, word) for where, data in stored.items() for word in words for s in _ways(word) if s in data]
    assert found == []
    clear = ("Samira Hedvall", "gunnel@example.se", "Politisk sekreterare på heltid")
    for where in ("database", "backup"):  # what the page says is there to be found
        assert [word for word in clear if not any(s in stored[where] for s in _ways(word))] == []
    sealed = [name for name, _ in files(settings.instance_path) if name.startswith("documents/")]
    assert len([name for name in sealed if len(Path(name).name) >= 40]) == len(sent) * 4
    assert not any("application_key" in name or "login_session" in name for name in names)


def _ways(word: str) -> list[bytes]:
    ways = spellings(word)
    return [ways["utf-8"], ways["utf-16-le"], ways["json"], ways["latin-1"]]


def test_the_key_store_tells_how_many_and_the_key_file_nothing(
    world: World, settings: Settings, sent: list[Sent]
) -> None:
    with world.app.app_context():
        kept = list(the_vault().key_store.rows())
    columns = [column.name for column in keystore.application_key.columns]
    assert columns == ["application_id", "controller_id", "generation", "wrapped", "created_at"]
    assert [column.name for column in keystore.destroyed_key.columns] == ["application_id"]
    assert lost.part("key_store").tells.keys() == {"count", "erased"}
    assert Counter(row[1] for row in kept) == {world.party: len(sent)}
    for line in settings.keys_file.read_text().splitlines():
        _name, key = line.split()
        assert len(base64.b64decode(key)) == 32


def test_database_and_key_file_without_the_key_store_tell_what_the_page_says(
    world: World, sent: list[Sent], tmp_path: Path
) -> None:
    empty = KeyStore(f"sqlite:///{tmp_path}/nothing.db")
    empty.create_tables()
    with world.acting(scope.party(world.party)) as session:
        world.app.extensions["vault"] = replace(the_vault(), key_store=empty)
        mails = session.scalars(select(OutgoingMail))
        assert {open_letter(session, row).to for row in mails} == {one.email for one in sent}, "mails"
        asked = controller_fingerprint(session, world.party, canonical(sent[0].email), purpose=ADDRESS_PURPOSE)
        guessed = session.scalars(select(Application.id).where(Application.address_print == asked))
        assert guessed.all() == [sent[0].id], "guesses"
        assert token_of(session, purpose=Purpose.APPLICATION, subject_id=sent[0].id), "links"
        with pytest.raises(KeyGone):
            key_of(session.get_one(Application, sent[0].id))
    empty.engine.dispose()
    told = lost.part("database_and_key_file").tells
    assert told.keys() == {"mails", "guesses", "links", "codes", "employed"}


def test_every_part_is_on_the_page_with_what_it_tells_and_what_not(world: World) -> None:
    page = html.unescape(world.browser().get("/sakerhet").get_data(as_text=True))
    for group in lost.GROUPS:
        for part in group.parts:
            assert all(sentence in page for sentence in (part.name, part.keeps, *part.tells.values())), part.key
    assert "skyddar portalen inte mot" in page


def test_whoever_reads_the_mails_is_said_to_know_where_an_interview_is() -> None:
    """The page of what is lost opens stores; what mails carry is read off their texts."""
    mails = (Path(__file__).parents[1] / "templates" / "mail").glob("interview_*.txt")
    carried = {one.stem for one in mails if "place }}" in one.read_text()}
    assert carried == {"interview_booked", "interview_off", "interview_panel", "interview_reminder"}
    for key in ("mailbox", "staff_mailbox", "mail_server"):
        assert "videomöte" in lost.part(key).tells["interview"]
