"""What has come and gone since the application was sent: letters of the letterbox, changes, and what stood there before."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext
from sqlalchemy.orm import Session

from portal.ads.models import PublishedAd
from portal.applications.changes import Part
from portal.applications.models import Application
from portal.applications.queries import CHANGE_PLACE, changes_of
from portal.applications.questions import Reply, questions_of
from portal.letterbox.queries import messages_of, place_of
from portal.letterbox.receipts import Sender
from portal.privacy.rights.copied import MEANINGS
from portal.vault.services import ApplicationKey

When = Callable[[datetime | None], str | None]


def letters_in(session: Session, application: Application, key: ApplicationKey, when: When) -> list[dict[str, Any]]:
    """Both sides' letters, the oldest first; of the office's without who held the pen."""
    return [
        {
            "from": gettext("Du") if one.sender == Sender.CANDIDATE else gettext("Kansliet"),
            "written": when(one.written_at),
            "text": key.open_text(place_of(one.id), one.text_sealed),
        }
        for one in messages_of(session, application.id)
    ]


def changes_in(session: Session, application: Application, when: When) -> list[dict[str, Any]]:
    """Each change: when it came in, and what it was about. Its number in the authority's series is the authority's alone."""
    return [
        {
            "arrived": when(row.arrived_at),
            "parts": ", ".join(gettext(Part(part).word) for part in row.parts),
        }
        for row in changes_of(session, application.id)
    ]


def former_in(
    session: Session, application: Application, ad: PublishedAd, key: ApplicationKey, when: When
) -> list[dict[str, Any]]:
    """The texts and answers that stood there before each change, where they are kept."""
    found = []
    for row in changes_of(session, application.id):
        if row.former_sealed is None:
            continue
        former = json.loads(key.open_text(CHANGE_PLACE, row.former_sealed))
        texts = [(_meaning(name), text) for name, text in former["texts"].items()]
        texts += [(_question(ad, UUID(id)), _reply(text)) for id, text in former["answers"].items()]
        found += [{"replaced": when(row.arrived_at), "what": what, "text": text} for what, text in texts if text]
    return found


def _meaning(name: str) -> str:
    meanings = MEANINGS["details"][1]
    return str(gettext(meanings[name]))


def _question(ad: PublishedAd, id: UUID) -> str:
    return next((one.text for one in questions_of(ad.content) if one.criterion_id == id), "")


def _reply(text: str) -> str:
    reply = Reply.from_json(text)
    return "\n".join(part for part in (reply.choice, reply.text) if part)
