"""The table of permissions: the candidate's pages."""

from tests.permission_lines import ALL, BOTH, CANDIDATE, NOBODY, PERSONS, Line, candidate, everybody, to

BEGUN = {"open": to(*PERSONS, status=303) | CANDIDATE}  # without a draft: to the first page
LACKING = {"open": to(*PERSONS, status=303) | to("candidate", status=422)}
ONWARD = {"open": to(*PERSONS, status=303)}

CANDIDATES: dict[str, Line] = {
    **{f"applications.{n}": everybody() for n in ("answered", "discarded", "forgotten", "withdrawn")},
    "applications.apply": candidate({"open": ALL}, {"open": to(*PERSONS, status=422) | to("candidate", status=303)}),
    "applications.apply_check": candidate(BEGUN, LACKING),
    "applications.apply_documents": candidate(BEGUN, ONWARD),
    "applications.change_details": candidate({"link": BOTH}, {"link": to(*BOTH, status=303)}),
    "applications.change_documents": candidate({"link": BOTH}, {"link": to(*BOTH, status=303)}),
    "applications.discard": candidate(BEGUN, ONWARD),
    "applications.draft_picture": candidate({"draft_picture": CANDIDATE, "open_picture": NOBODY}),
    "applications.enter": candidate({}, {"link": to("candidate", "other_candidate", status=303)}),
    "applications.forget_here": candidate({}, ONWARD),
    "applications.forgotten": everybody(),
    "applications.left": everybody(),
    "applications.mend": candidate({"open": to(*PERSONS, status=303)}, ONWARD),
    "applications.private": candidate({"link": BOTH}),
    "applications.private_paper": candidate({"link": BOTH}),
    "applications.private_picture": candidate({"link_picture": CANDIDATE}),
    "applications.readdressed": everybody(),
    "applications.receipt": candidate({"open": to(*PERSONS, status=303)}),
    "applications.receipt_paper": candidate({"open": to(*PERSONS, status=303)}),
    "applications.withdrawn": everybody(),
}
