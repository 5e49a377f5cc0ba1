"""When an application is taken in: decided by the instant at which its sending arrived, and by who employs. PURE."""

from datetime import datetime, timedelta

from portal.applications.states import State
from portal.posts.employer_model import Employer, model_for
from portal.refusal import N_, Refusal

GRACE = timedelta(minutes=15)


class NotOpen(Refusal):
    """Nothing can be sent to this ad (any more). What was written stays in the draft."""


class ApplicationsClosed(NotOpen):
    """The last day has passed, and the employer is a party: it need not take in what comes late."""

    text = N_(
        "Ansökningstiden har gått ut, och partiet tar inte emot sena ansökningar. "
        "Undrar du något kan du fråga en kontaktperson i annonsen."
    )


class AdWithdrawn(NotOpen):
    """The ad was taken back."""

    text = N_("Annonsen är tillbakadragen, så det går inte att söka tjänsten.")


class RecruitmentEnded(NotOpen):
    """The outcome is recorded."""

    text = N_("Rekryteringen är avgjord, så det går inte längre att söka tjänsten.")


def arrives_as(
    *, at: datetime, opened_at: datetime, closes_at: datetime, withdrawn: bool, ended: bool, employer: str
) -> State:
    """`SENT` or `LATE` for what arrives at ``at``. Raises `NotOpen`.

    ``closes_at`` is the first instant after the last day. A form opened before it has fifteen minutes' grace. An
    authority registers what comes later still, as late, until the outcome is recorded (TF 2:9, OSL 5:1).
    """
    if withdrawn:
        raise AdWithdrawn
    if ended:
        raise RecruitmentEnded
    if at < closes_at or (opened_at < closes_at and at < closes_at + GRACE):
        return State.SENT
    if model_for(Employer(employer)).late_applications == "received_as_late":
        return State.LATE
    raise ApplicationsClosed
