"""The table of permissions: the letterbox, applications that the office registers, and protected identity."""

from tests.permission_lines import (
    ALL,
    BOTH,
    KANSLI,
    NOBODY,
    OFFICE,
    OFFICES,
    PERSONS,
    Line,
    candidate,
    office,
    party,
    to,
)

LETTERBOX = {"conflicted": KANSLI, "clear": OFFICE, "mixed": NOBODY, "masked": OFFICE}

LETTERS: dict[str, Line] = {
    "intake.answers": party({"registration": OFFICE, "clear": NOBODY, "mixed": NOBODY}),
    "intake.save_answers": party({}, {"registration": to("kansli", "office_conflicted", status=303), "clear": NOBODY}),
    "intake.act": party({}, {"registration": OFFICE, "clear": NOBODY}),
    "intake.begin": party({"draft": NOBODY, "closed": OFFICE}),
    "intake.begin_one": party({}, {"draft": NOBODY, "closed": OFFICE}),
    "intake.consent_letter": party({"registration": NOBODY, "clear": NOBODY}),  # of a party's alone
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
    "protection.act_on_mask": party({}, {"protected": KANSLI, "clear": NOBODY}),
    "protection.ad_reader": party({"draft": NOBODY, "open": OFFICE}),
    "protection.apply": candidate({"open": ALL}, {"open": to(*PERSONS, status=422)}),
    "protection.change_page": party({}, {"protected_page": KANSLI, "clear": NOBODY}),
    "protection.declare": party({}, {"protected": KANSLI, "clear": NOBODY}),
    "protection.identity": party({"protected": KANSLI, "clear": NOBODY}),
    "protection.kept": candidate({"link": NOBODY}),  # the token itself opens it, and no handle
    "protection.mask": party({"protected": KANSLI, "clear": NOBODY}),
    "protection.mask_page": party({"protected_page": KANSLI}),
    "protection.open_one": party({}, {"protected": KANSLI, "clear": NOBODY}),
    "protection.page_to_mask": party({"protected_page": KANSLI}),
    "protection.paper": party({"protected": KANSLI, "clear": NOBODY}),
    "protection.reader": office({"none": OFFICES}),
    "protection.save_ad_reader": party({}, {"draft": NOBODY, "open": OFFICE}),
    "protection.save_reader": office({}, {"none": OFFICES}),
}
