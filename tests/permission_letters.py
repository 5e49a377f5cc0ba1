"""The table of permissions: the letterbox, and applications that the office registers for somebody."""

from tests.permission_lines import BOTH, NOBODY, OFFICE, Line, candidate, party, to

LETTERBOX = {"conflicted": OFFICE, "clear": OFFICE, "mixed": NOBODY, "masked": OFFICE}

LETTERS: dict[str, Line] = {
    "intake.act": party({}, {"registration": OFFICE, "clear": NOBODY}),
    "intake.begin": party({"draft": NOBODY, "closed": OFFICE}),
    "intake.begin_one": party({}, {"draft": NOBODY, "closed": OFFICE}),
    "intake.consent_letter": party({"registration": OFFICE, "clear": NOBODY}),
    "intake.discard": party({}, {"registration": OFFICE, "clear": NOBODY}),
    "intake.letter": party({"registration": NOBODY, "clear": NOBODY}),
    "intake.papers": party({"registration": OFFICE, "clear": NOBODY, "mixed": NOBODY}),
    "intake.signed_form": party({"registration": NOBODY, "clear": NOBODY}),
    "letterbox.answer": party({}, LETTERBOX),
    "letterbox.box": party(LETTERBOX),
    "letterbox.boxes": party({"draft": NOBODY, "closed": OFFICE}),
    "letterbox.open_own": candidate({}, {"link": to("candidate", "other_candidate", status=303)}),
    "letterbox.own": candidate({"link": BOTH}),
    "letterbox.settle": party({}, LETTERBOX),
    "letterbox.write": candidate({}, {"link": to("candidate", "other_candidate", status=422)}),
}
