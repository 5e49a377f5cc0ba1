"""The applications of one ad: sealed under keys of their own, numbered and logged as if they had been sent."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.applications.consent import VERSION
from portal.applications.models import Answer, Application
from portal.applications.questions import YES, Reply
from portal.applications.states import State
from portal.audit.services import CANDIDATE, Entry, record_all
from portal.demo.crowd import ANSWERS, candidate_email, phone
from portal.demo.services.sowing.ads import SownAd
from portal.demo.services.sowing.rows import AT_ONCE, Sowing, Values
from portal.mail.models import OutgoingMail
from portal.register.kinds import Kind
from portal.register.models import RegisterEntry
from portal.vault.services import ApplicationKey, controller_fingerprint, create_application_keys

Made = tuple[Values, ApplicationKey]


def arrivals(ad: SownAd, sowing: Sowing) -> list[datetime]:
    """When each application to the ad is sent, in order, in whole seconds."""
    seconds = int((min(sowing.at, ad.closes) - ad.opens).total_seconds())
    return sorted(
        ad.opens + timedelta(seconds=sowing.dice.random.randrange(seconds)) for _ in range(ad.plan.applications)
    )


def sow_applications(
    session: Session,
    ad: SownAd,
    sent: Sequence[datetime],
    numbers: Mapping[int, int],
    sowing: Sowing,
) -> Iterator[list[Made]]:
    """Write them some hundred at a time, and hand out what is written. ``numbers`` are arrival numbers by place."""
    for start in range(0, len(sent), AT_ONCE):
        places = range(start, min(len(sent), start + AT_ONCE))
        ids = [sowing.dice.id() for _ in places]
        keys = create_application_keys(session, application_ids=ids, controller_id=ad.walls.controller_id, at=sowing.at)
        rows = [
            _application(session, ad, key, sowing.counts["application"] + n, sent[place], numbers.get(place), sowing)
            for n, (place, key) in enumerate(zip(places, keys, strict=True))
        ]
        sowing.pour(session, Application, rows)
        sowing.pour(session, RegisterEntry, (_entry(ad, row, sowing) for row in rows if row["arrival_number"]))
        if ad.plan.complete:
            sowing.pour(session, Answer, (answer for key in keys for answer in _answers(ad, key, sowing)))
        lines = [Entry(row["changed_at"], CANDIDATE, "application.sent", row["id"]) for row in rows]
        record_all(session, chain=ad.walls.party_id, entries=lines)
        sowing.counts["audit_line"] += len(lines)
        sowing.pour(session, OutgoingMail, (_receipt(ad, row, sowing) for row in rows))
        yield list(zip(rows, keys, strict=True))


def _application(
    session: Session, ad: SownAd, key: ApplicationKey, number: int, sent: datetime, arrival: int | None, sowing: Sowing
) -> Values:
    email, consented = candidate_email(number), not ad.walls.with_authority
    sealed = {"name": sowing.dice.name(), "email": email, "letter": sowing.dice.letter(number)}
    if ad.plan.complete:
        sealed |= {
            "phone": phone(number),
            "salary": str(36_000 + 100 * (number % 120)),
            "start": "Efter överenskommelse",
        }
    return dict(
        id=key.application_id, **ad.walls.shown(), ad_id=ad.id, published_ad_id=ad.version, state=State.SENT,
        opened_at=sent - timedelta(minutes=14), changed_at=sent, submitted_at=sent, arrival_number=arrival,
        consented_at=sent if consented else None, consent_version=VERSION if consented else "",
        address_print=controller_fingerprint(session, ad.walls.controller_id, email, purpose="address"),
        **{f"{name}_sealed": key.seal_text(f"application.{name}", text) for name, text in sealed.items()},
    )  # fmt: skip


def _entry(ad: SownAd, row: Values, sowing: Sowing) -> Values:
    return {
        "id": sowing.dice.id(),
        **ad.walls.shown(),
        "application_id": row["id"],
        "kind": Kind.APPLICATION,
        "register_number": row["arrival_number"],
        "entered_at": row["submitted_at"],
    }


def _receipt(ad: SownAd, row: Values, sowing: Sowing) -> Values:
    """Sent long ago: what it said has been let go."""
    id, at = sowing.dice.id(), row["submitted_at"]
    return {
        "id": id,
        "once": f"receipt:{row['id']}",
        "message_id": f"<{id.hex}@portal.example>",
        "controller_id": ad.walls.controller_id,
        "created_at": at,
        "due_at": at,
        "sent_at": at,
        "tries": 1,
    }


def _answers(ad: SownAd, key: ApplicationKey, sowing: Sowing) -> Iterator[Values]:
    for row in ad.criteria:
        reply = Reply(YES, "") if row.judged == "finns" else Reply("", sowing.dice.random.choice(ANSWERS))
        yield dict(
            id=sowing.dice.id(),
            **ad.walls.shown(),
            application_id=key.application_id,
            criterion_id=row.id,
            text_sealed=key.seal_text(f"answer.{row.id}", reply.as_json()),
        )


def numbered(arrived: Sequence[tuple[datetime, int, int]]) -> dict[int, dict[int, int]]:
    """Arrival numbers in order of arrival, by ad and place; from (when, ad, place)."""
    numbers: dict[int, dict[int, int]] = {}
    for number, (_when, ad, place) in enumerate(sorted(arrived), 1):
        numbers.setdefault(ad, {})[place] = number
    return numbers
