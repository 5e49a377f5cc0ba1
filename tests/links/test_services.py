"""A link is for one purpose, one subject and one time; only its hash is kept."""

import base64
import hashlib
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.links.models import Link, Purpose
from portal.links.services import end_link, follow_link, make_link, renew_link, scope_of_link, token_of
from portal.links.tokens import is_token
from portal.vault.sealing import fingerprint
from portal.vault.services import the_vault
from tests.world import World


def made(session: Session, application: UUID, at: datetime) -> str:
    """The token of a candidate's own link, which lives for a day."""
    return make_link(
        session, purpose=Purpose.APPLICATION, subject_id=application, scope=scope.candidate(application), at=at,
        expires_at=at + timedelta(days=1),
    )  # fmt: skip


def test_a_link_leads_to_its_scope_until_it_expires_or_ends(world: World) -> None:
    at, application = clock.now(), uuid4()
    with world.writing(scope.PLATFORM) as session:
        token = made(session, application, at)
    with world.writing(scope.PLATFORM) as session:
        link = follow_link(session, token, purpose=Purpose.APPLICATION, at=at)
        assert link is not None and scope_of_link(link) == scope.candidate(application)
        assert token_of(session, purpose=Purpose.APPLICATION, subject_id=application) == token
        assert token.encode() not in session.scalars(select(Link.token_hash)).one()
        assert follow_link(session, token, purpose=Purpose.APPLICATION, at=at + timedelta(days=1)) is None
        for other in Purpose:
            assert other is Purpose.APPLICATION or follow_link(session, token, purpose=other, at=at) is None
        end_link(session, purpose=Purpose.APPLICATION, subject_id=application, at=at)
        assert follow_link(session, token, purpose=Purpose.APPLICATION, at=at) is None


def test_a_new_generation_ends_the_former(world: World) -> None:
    at, person = clock.now(), uuid4()
    with world.writing(scope.PLATFORM) as session:
        tokens = [
            make_link(
                session, purpose=Purpose.PASSWORD, subject_id=person, scope=scope.PLATFORM, at=at,
                expires_at=at + timedelta(minutes=30),
            )
            for _ in range(2)
        ]  # fmt: skip
        assert follow_link(session, tokens[0], purpose=Purpose.PASSWORD, at=at) is None
        assert follow_link(session, tokens[1], purpose=Purpose.PASSWORD, at=at) is not None


def test_a_token_is_copied_by_hand_with_nothing_to_mistake_and_opens_however_it_is_grouped(world: World) -> None:
    at, application = clock.now(), uuid4()
    with world.writing(scope.PLATFORM) as session:
        token = made(session, application, at)
        assert len(token) == 30 and not set(token) & set("il1o0IO-_ABC")
        groups = [token[place : place + 5] for place in range(0, 30, 5)]
        for typed in (token, token.upper(), " ".join(groups), "-".join(groups).title()):
            assert is_token(typed)
            assert follow_link(session, typed, purpose=Purpose.APPLICATION, at=at) is not None
        assert follow_link(session, token[:-1], purpose=Purpose.APPLICATION, at=at) is None


def test_a_token_of_before_opens_as_it_was_and_is_shown_as_it_was(world: World) -> None:
    at, application = clock.now(), uuid4()
    with world.writing(scope.PLATFORM) as session:
        make_link(
            session, purpose=Purpose.APPLICATION, subject_id=application, scope=scope.candidate(application), at=at,
            expires_at=at + timedelta(days=1),
        )  # fmt: skip
        digest = fingerprint(the_vault().keyring.derive("links"), f"{application}\0001", purpose=Purpose.APPLICATION)
        old = base64.urlsafe_b64encode(digest[:18]).decode()
        session.scalars(select(Link)).one().token_hash = hashlib.sha256(old.encode()).digest()
    with world.writing(scope.PLATFORM) as session:
        assert is_token(old) and follow_link(session, old, purpose=Purpose.APPLICATION, at=at) is not None
        assert token_of(session, purpose=Purpose.APPLICATION, subject_id=application) == old
        assert follow_link(session, old.swapcase(), purpose=Purpose.APPLICATION, at=at) is None
        renewed = renew_link(session, purpose=Purpose.APPLICATION, subject_id=application, since=at, at=at)
        assert renewed is not None and len(renewed) == 30
