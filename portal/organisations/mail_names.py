"""What the letters to those who are invited are called in the outbox. PURE."""

from datetime import UTC, datetime
from uuid import UUID


def mail_name(kind: str, membership_id: UUID, at: datetime) -> str:
    """The letter's name (`OutgoingMail.once`): one for each time it is sent, which is when its link is made."""
    return f"{kind}:{membership_id}:{at.astimezone(UTC).isoformat()}"
