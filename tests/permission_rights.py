"""The table of permissions: what candidates may ask for about their own data, and who answers."""

from tests.permission_lines import (
    BOTH,
    KANSLI,
    NOBODY,
    OFFICES,
    REGION,
    Line,
    acting_on,
    answering,
    candidate,
    staff,
    to,
)

RIGHTS: dict[str, Line] = {
    **{f"privacy.{n}": answering({}, {"asked": KANSLI | REGION}) for n in ("answer", "extend")},
    **{f"privacy.{n}": acting_on({}, {"asked": KANSLI}) for n in ("leave_request", "merits", "office_copy")},
    "privacy.answer_letter": answering({"asked": NOBODY}),  # not answered yet
    "privacy.correct_request": acting_on({}, {"asked": NOBODY}),  # it asks for a copy
    "privacy.new_request": answering({"none": OFFICES | REGION}),
    "privacy.register": answering({}, {"none": NOBODY}),  # of no recruitment
    "privacy.ask": candidate({}, {"link": dict.fromkeys(BOTH, 422)}),
    "privacy.ask_for_merits": candidate({}, {"link": NOBODY}),
    "privacy.asked_for": answering({"asked": KANSLI | REGION}),  # the region employs
    "privacy.contact": candidate({"link": to(*BOTH, status=303)}, {"link": to(*BOTH, status=303)}),
    "privacy.copy": candidate({}, {"link": BOTH}),
    "privacy.erase": candidate({"link": BOTH}, {"link": dict.fromkeys(BOTH, 409)}),
    "privacy.kept_for_later": staff("privacy.access.may_read_retention", {"none": OFFICES}),
    "privacy.later": candidate(
        {"link": to(*BOTH, status=303)}, {"link": to(*BOTH, status=303)}
    ),  # there is no word yet
    "privacy.end_later": candidate({}, {"link": to(*BOTH, status=303)}),
    "privacy.merits_paper": candidate({"link": NOBODY}),
    "privacy.own": candidate({"link": BOTH}),
    # A handle of another purpose, or of nothing: the same page that says that it is closed here, and is not there.
    "privacy.proposal": candidate({"link": to(*BOTH, status=404)}, {"link": to(*BOTH, status=404)}),
    "privacy.withdraw": candidate({"link": BOTH}, {"link": to("candidate", "other_candidate", status=303)}),
    "privacy.requests": answering({"none": OFFICES | REGION}),
}
