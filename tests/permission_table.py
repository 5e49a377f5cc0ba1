"""The table of permissions: every route's guard, and who gets which page of the stage in which state.

Who is not named gets the static 404 from a staff's page, or (nobody logged in) the way to the log-in page.
"""

from tests.disclosure.permissions import DISCLOSURE
from tests.permission_candidates import CANDIDATES
from tests.permission_letters import LETTERS
from tests.permission_lines import (
    ALL,
    ANYBODY_LOGGED_IN,
    CANDIDATE,
    CASE,
    DECIDER,
    DECIDES,
    DRIFT,
    KANSLI,
    LEADER,
    LOGGED_IN,
    NOBODY,
    NOT_YET,
    OFFICE,
    OFFICES,
    PANEL,
    PARTY,
    REGION,
    Line,
    candidate,
    drift,
    everybody,
    everybody_posts,
    office,
    party,
    staff,
    to,
)
from tests.permission_rights import RIGHTS

EDITED = {"draft": OFFICE, "open": OFFICE}
PAPERS = {"conflicted": KANSLI | LEADER, "clear": CASE | DECIDER, "mixed": NOBODY}
TO_THE_MEETING = to("conflicted", status=303)  # who has not handed in is told so there
LISTED = PAPERS | {"hired": OFFICE, "masked": CASE, "unmasked": OFFICE}
MASKING = {"masked": OFFICE, "unmasked": OFFICE, "clear": NOBODY}  # of a blind review alone
MET = {"conflicted": NOBODY, "clear": CASE, "mixed": NOBODY}  # the second candidate alone is called
CARDS = MET | {"clear": PANEL}
DROPPING = {"conflicted": KANSLI | LEADER, "clear": OFFICE | LEADER, "mixed": NOBODY}
ONBOARDING = {"begin": "employment", "add": "employment"} | dict.fromkeys(
    ("leave_out", "move", "remove", "tick", "undo"), "onboarding_step"
)

TABLE: dict[str, Line] = {
    "accounts.answer_invitation": everybody_posts("invitation"),
    "accounts.ask_password": everybody(),
    "accounts.confirm": staff("accounts.routes.account.is_logged_in", {"none": ANYBODY_LOGGED_IN}),
    "accounts.confirm_by_code": staff("accounts.routes.account.is_logged_in", {}, {"none": ANYBODY_LOGGED_IN}),
    "accounts.confirm_code": everybody_posts("invitation", 303),
    "accounts.end_log_in": staff("accounts.routes.account.is_logged_in", {}, {"log_in": KANSLI}),
    "accounts.invitation": everybody("invitation"),
    "accounts.invitation_code": everybody("invitation", 303),
    "accounts.invitation_picture": everybody("invitation", 404),
    "accounts.log_in": Line("public", None, {"none": ALL | to(*LOGGED_IN, status=303)}),
    "accounts.log_in_by_code": everybody_posts(status=303),
    "accounts.log_in_code": everybody(status=303),
    "accounts.log_out": everybody_posts(status=303),
    "accounts.new_password": everybody("no_token", 404),
    "accounts.own_password": staff("accounts.routes.account.is_logged_in", {"none": ANYBODY_LOGGED_IN}),
    "accounts.password_asked": everybody(),
    "accounts.save_own_password": staff("accounts.routes.account.is_logged_in", {}, {"none": ANYBODY_LOGGED_IN}),
    "accounts.send_password_link": everybody_posts(),
    "accounts.set_new_password": everybody_posts("no_token", 404),
    "accounts.try_password": everybody_posts(),
    "ads.code": office({"open": OFFICE}),
    "ads.edit": office(EDITED | {"closed": OFFICE, "done": OFFICE}),
    **{
        f"ads.{name}": office(EDITED, EDITED)
        for name in (
            "edit_contacts",
            "edit_criteria",
            "edit_deadline",
            "edit_documents",
            "edit_employer",
            "edit_extent",
            "edit_salary",
            "edit_tasks",
            "edit_term",
            "edit_title",
            "extend",
            "publish",
            "withdraw",
        )
    },
    "ads.feed": everybody(),
    "ads.new": office({"none": OFFICES}, {"none": OFFICES}),
    "ads.open_ads": everybody(),
    "ads.personal_data": Line("public", None, {"open": ALL, "closed": ALL}),
    "ads.preview": office(EDITED),
    "ads.read_posting": office({"none": OFFICES}, {"none": OFFICES}),
    "ads.recruitments": party({"none": PARTY}),
    "ads.robots": everybody(),
    "ads.show": Line("public", None, {"open": ALL, "closed": ALL}),
    "ads.sitemap": everybody(),
    **CANDIDATES,
    "assets.serve": everybody("no_asset", 404),
    "contracts.accept": staff("contracts.access.may_write_contracts", {}, {"employment": OFFICE}),
    **{
        f"contracts.{name}": staff("contracts.access.may_read_employments", {"employment": OFFICE | REGION})
        for name in ("changes", "contract", "copy", "copy_taken_back", "decision", "employment", "onboarding", "paper")
    },
    "contracts.draft_paper": staff(
        "contracts.access.may_read_employments",
        {"employment": to("kansli", "office_conflicted", "region", status=303)},  # it is offered: to the paper itself
    ),
    **{
        f"contracts.{name}_post": staff("contracts.access.may_write_decisions", {}, {"employment": OFFICE})
        for name in ("announcement", "appeal", "court_done", "decision", "drop_appeal", "none_came", "set_aside")
    },
    "contracts.ruling_taken_back_post": staff("contracts.access.may_write_decisions", {}, {"employment": OFFICE}),
    "contracts.take_back_act": staff("contracts.access.may_change_employments", {}, {"employment": OFFICE}),
    **{
        f"contracts.{name}_post": staff("contracts.access.may_change_employments", {}, {"employment": OFFICE})
        for name in ("call_off", "end_early", "extend", "extent", "first_day", "notice", "stand_in")
    },
    "contracts.employ": office({"draft": NOBODY, "done": OFFICE}),
    "contracts.employ_candidate": office(
        {"hired": to("kansli", "office_conflicted", status=303), "not_hired": NOBODY}
    ),  # recorded
    "contracts.employ_candidate_post": office({}, {"hired": OFFICE, "not_hired": NOBODY}),
    "contracts.employ_without_ad": staff("contracts.access.may_record_employments", {"employer": OFFICES}),
    "contracts.employ_without_ad_post": staff("contracts.access.may_record_employments", {}, {"employer": OFFICES}),
    **{
        f"contracts.{name}": staff("contracts.access.may_read_employments", {"none": OFFICES | REGION})
        for name in ("employments", "employments_as_csv", "employments_as_xlsx")
    },
    **{
        f"contracts.{name}": staff("contracts.access.may_record_employments", {"none": OFFICES})
        for name in ("new_employment", "renew_many", "take_over", "take_over_template")
    },
    **{
        f"contracts.{name}": staff("contracts.access.may_record_employments", {}, {"none": OFFICES})
        for name in ("renew_many_post", "take_over_confirm", "take_over_preview")
    },
    "contracts.mandate_change": staff("contracts.access.may_read_mandate_change", {"none": OFFICES | REGION}),
    "contracts.offer": staff("contracts.access.may_write_contracts", {}, {"employment": OFFICE}),
    **{
        f"contracts.onboarding_{verb}": staff("contracts.access.may_write_onboarding", {}, {place: OFFICE})
        for verb, place in ONBOARDING.items()
    },
    "contracts.renew_one": staff("contracts.access.may_record_employments", {"employment": OFFICE}),
    "contracts.renew_one_post": staff("contracts.access.may_record_employments", {}, {"employment": OFFICE}),
    **{
        f"contracts.{name}": staff("contracts.access.may_write_contracts", {}, {"employment": OFFICE})
        for name in ("delete_draft_post", "save", "sign", "take_back", "take_back_signed")
    },
    "decisions.answer": party({}, {"conflicted": KANSLI, "clear": DECIDES, "hired": OFFICE, "mixed": NOBODY}),
    "decisions.take_back_answer": party({}, {"conflicted": KANSLI, "clear": DECIDES, "hired": OFFICE, "mixed": NOBODY}),
    "decisions.answer_own_offer": candidate({}, {"link": to("candidate", "other_candidate", status=303)}),
    "decisions.checklist": party({"closed": DECIDES, "done": OFFICE}),
    "decisions.end": party({"closed": DECIDES, "done": OFFICE}, {"closed": DECIDES, "done": OFFICE}),
    "decisions.file_as_data": party({"open": OFFICE, "done": OFFICE, "closed": NOT_YET}),
    "decisions.file_on_paper": party({"open": OFFICE, "done": OFFICE, "closed": NOT_YET}),
    "decisions.kept_as_data": party({"done": OFFICE, "closed": NOBODY}),
    "decisions.kept_on_paper": party({"done": OFFICE, "closed": NOBODY}),
    "decisions.offer": party({"closed": DECIDES, "done": OFFICE}, {"closed": DECIDES, "done": OFFICE}),
    "decisions.own_offer": candidate({"link": to("candidate", "other_candidate", status=303)}),
    "decisions.outcome": party({"closed": DECIDES, "done": OFFICE, "blind": OFFICE | LEADER}),
    "decisions.proofread": party({}, {"clear": NOBODY, "hired": OFFICE, "mixed": NOBODY}),
    "decisions.record": party({}, {"conflicted": KANSLI, "clear": DECIDES, "mixed": NOBODY}),
    "decisions.words": party({"closed": DECIDES, "done": OFFICE}, {"closed": DECIDES, "done": OFFICE}),
    "demo.mailbox": everybody(),
    "desk.case": party({"draft": OFFICE, "open": OFFICE, "closed": CASE | DECIDER, "done": OFFICE}),
    "desk.start": staff("may_enter", {"none": ANYBODY_LOGGED_IN}),
    **DISCLOSURE,
    "interface.ads": everybody(),
    "interface.ad": everybody("open"),
    "interface.openapi": everybody(),
    "interviews.act": candidate({}, {"called_link": to("candidate", status=303), "link": NOBODY}),
    "interviews.calendar": party(MET),
    "interviews.card": party(MET),
    "interviews.guide": party({"draft": NOBODY, "closed": CASE}),
    "interviews.hand_in": party({}, CARDS),
    "interviews.make_times": party({}, {"draft": NOBODY, "closed": OFFICE | LEADER}),
    "interviews.meeting": candidate({"called_link": CANDIDATE, "link": NOBODY}),
    "interviews.own_calendar": candidate({"called_link": CANDIDATE, "link": NOBODY}),
    "interviews.references": party(MET),
    "interviews.remove_time": party({}, {"booked_slot": OFFICE | LEADER}),
    "interviews.save_mark": party({}, CARDS),
    "interviews.slots": party({"draft": NOBODY, "closed": CASE}),
    "interviews.write_down_words": party({}, {"given_reference": OFFICE | LEADER}),
    "interviews.write_guide": party({}, {"draft": NOBODY, "closed": OFFICE | LEADER}),
    **LETTERS,
    "operations.metrics": Line("operations", None, {"none": ALL}),
    "health.healthz": Line("operations", None, {"none": ALL}),
    "health.readyz": Line("operations", None, {"none": ALL}),
    "organisations.account": staff("may_enter", {"none": ANYBODY_LOGGED_IN}),
    "organisations.authority": staff("may_change_authority", {"none": REGION}),
    "organisations.authority_by_drift": drift("authority", posts=True),
    "organisations.choose": staff("may_enter", {"none": ANYBODY_LOGGED_IN}),
    "organisations.data_protection": staff("may_read_data_papers", {"none": OFFICES | REGION | DRIFT}),
    "organisations.data_protection_paper": staff("may_read_data_papers", {"paper": OFFICES | REGION | DRIFT}),
    "organisations.end": staff("may_look_after_people", {}, {"membership": OFFICE | DRIFT}),
    "organisations.installation": drift(),
    "organisations.invitation_by_drift": drift(),
    "organisations.invite_colleague": staff("may_invite_colleagues", {}, {"none": OFFICES | REGION}),
    "organisations.new_authority": drift(),
    "organisations.new_party": drift(),
    "organisations.operators": drift(),
    "organisations.party": staff("may_change_party", {"none": OFFICES}),
    "organisations.party_by_drift": drift("party", posts=True),
    "organisations.people": staff("may_invite_colleagues", {"none": OFFICES | REGION}),
    "organisations.people_elsewhere": drift("home"),
    "organisations.people_looked_over": staff("may_invite_colleagues", {}, {"none": OFFICES | REGION}),
    "organisations.rules": staff("may_read_rules", {"none": OFFICES | REGION}),
    "organisations.save_account": staff("may_enter", {}, {"none": ANYBODY_LOGGED_IN}),
    "organisations.save_authority": staff("may_change_authority", {}, {"none": REGION}),
    "organisations.save_new_authority": drift(posts=True, only_posts=True),
    "organisations.save_new_party": drift(posts=True, only_posts=True),
    "organisations.save_party": staff("may_change_party", {}, {"none": OFFICES}),
    "organisations.send_again": staff("may_look_after_people", {}, {"membership": OFFICE | DRIFT}),
    "organisations.send_invitation_by_drift": drift(posts=True, only_posts=True),
    "organisations.take_up": staff("may_enter", {}, {"none": ANYBODY_LOGGED_IN}),
    **{
        f"pages.{name}": everybody()
        for name in ("accessibility", "contact", "how", "privacy", "public_records", "security", "security_txt")
    },
    "posts.decide": staff("posts.access.may_keep_ledger", {"none": REGION}),
    "posts.decide_post": staff("posts.access.may_keep_ledger", {}, {"none": REGION}),
    "posts.lines": staff("posts.access.may_keep_ledger", {"none": REGION}),
    "posts.own": staff("posts.access.may_read_own_posts", {"none": PARTY}),
    "posts.take_over": staff("posts.access.may_keep_ledger", {"none": REGION}),
    "posts.take_over_confirm": staff("posts.access.may_keep_ledger", {}, {"none": REGION}),
    "posts.take_over_preview": staff("posts.access.may_keep_ledger", {}, {"none": REGION}),
    "posts.take_over_template": staff("posts.access.may_keep_ledger", {"none": REGION}),
    "posts.take_back_decision": staff("posts.access.may_keep_ledger", {}, {"decision": REGION}),
    **RIGHTS,
    "privacy.case": party({"draft": NOBODY, "closed": OFFICE, "done": OFFICE}),
    "privacy.hold": party({}, {"closed": OFFICE}),
    "privacy.kept": staff("privacy.access.may_read_retention", {"none": OFFICES}),
    "privacy.lift": party({}, {"held": OFFICE}),
    "privacy.postpone_case": party({}, {"closed": OFFICE}),
    "privacy.start_case": party({}, {"closed": OFFICE}),
    "review.assess": party({"closed": to("leader", "conflicted", status=303), "open": NOBODY}),
    "review.call": party(
        {}, {"conflicted": KANSLI | LEADER, "clear": OFFICE | LEADER, "mixed": NOBODY, "unmasked": OFFICE}
    ),
    "review.candidate": party(LISTED),
    "review.candidates": party({"draft": NOBODY, "open": OFFICE, "closed": OFFICE}),
    "review.conflict_found": party(
        {"conflicted": LEADER, "clear": PANEL, "mixed": NOBODY},
        {"conflicted": LEADER | to("conflicted", status=303), "clear": PANEL, "mixed": NOBODY},
    ),  # pressed twice
    "review.conflicts": party({"closed": CASE | DECIDER, "open": OFFICE}, {"closed": CASE | DECIDER, "open": OFFICE}),
    "review.hand_in": party({"closed": PANEL, "open": NOBODY}, {"closed": PANEL, "open": NOBODY}),
    "review.figures": party({"closed": CASE | DECIDER, "done": OFFICE}),
    "review.joint": party({"closed": CASE | DECIDER, "done": OFFICE}),
    "review.reasons": party({"closed": CASE | DECIDER, "done": OFFICE}),
    "review.mask_application": party(MASKING, MASKING),
    "review.mask_document": party(MASKING, MASKING),
    "review.mask_page": party(MASKING, MASKING),
    "review.mask_texts": party(MASKING, MASKING),
    "review.masking": party({"blind": OFFICE, "closed": NOBODY}),
    "review.move_on": party({}, {"closed": OFFICE | LEADER, "open": OFFICE, "draft": NOBODY}),
    "review.nudge": party({}, {"assessor": to("kansli", "office_conflicted", status=303)}),
    "review.meeting": party({"closed": CASE, "done": OFFICE, "open": OFFICE}),
    "review.meeting_candidate": party(
        {"conflicted": KANSLI | LEADER, "clear": OFFICE | LEADER | TO_THE_MEETING, "mixed": NOBODY}
    ),
    "review.meeting_order": party({"closed": LEADER | TO_THE_MEETING, "done": to(*OFFICE, status=303)}),
    "review.meeting_presence": party(
        {}, {"closed": LEADER, "done": OFFICE}
    ),  # nobody leads there: the office is told so
    "review.meeting_vote": party({"closed": LEADER | TO_THE_MEETING, "done": to(*OFFICE, status=303)}),
    "review.minutes": party({"closed": to(*OFFICE, *LEADER, status=303) | TO_THE_MEETING}),  # it is open again
    "review.order": party({"closed": PANEL, "open": NOBODY}, {"closed": PANEL, "open": NOBODY}),
    "review.original": party(PAPERS | {"masked": NOBODY, "unmasked": NOBODY}),
    "review.pause": party({"closed": PANEL, "open": NOBODY}),
    "review.decide_requirement": party({}, DROPPING),
    "review.requirement": party(DROPPING),
    "review.requirements": party({"draft": NOBODY, "open": OFFICE, "closed": OFFICE | LEADER}),
    "review.take_back_requirement": party({}, DROPPING),
    "review.fill": party({"closed": PANEL, "open": NOBODY}),
    "review.fill_post": party({}, {"closed": PANEL, "open": NOBODY}),
    "review.own": party({"closed": PANEL, "open": NOBODY}),
    "review.sheet": party({"closed": PANEL, "open": NOBODY}),
    "review.page_picture": party(PAPERS | {"masked": CASE, "unmasked": NOBODY}),
    "review.panel": party({"draft": NOBODY, "closed": OFFICE}, {"draft": NOBODY, "closed": OFFICE}),
    "review.phases": party({"closed": OFFICE | LEADER, "open": OFFICE, "draft": NOBODY}),
    "review.plan": party({}, {"closed": OFFICE | LEADER, "open": OFFICE, "draft": NOBODY}),
    "review.record_vote": party({}, {"closed": LEADER, "done": NOBODY}),
    "review.save_joint_text": party({}, {"conflicted": LEADER, "clear": LEADER, "mixed": NOBODY}),
    "review.save_meeting_order": party({}, {"closed": LEADER, "done": NOBODY}),
    "review.save_note": party({}, {"conflicted": LEADER, "clear": PANEL, "mixed": NOBODY, "unmasked": NOBODY}),
    "review.report_unreadable": party({}, {"conflicted": LEADER, "clear": PANEL, "mixed": NOBODY, "unmasked": NOBODY}),
    "review.say_readable": party({}, {"conflicted": KANSLI, "clear": OFFICE, "mixed": NOBODY}),
    "review.save_score": party({}, {"conflicted": LEADER, "clear": PANEL, "mixed": NOBODY, "unmasked": NOBODY}),
    "review.step_meeting": party({}, {"step": LEADER}),
    "review.score": party({"conflicted": LEADER, "clear": PANEL, "masked": PANEL, "mixed": NOBODY, "unmasked": NOBODY}),
    "review.unreadable": party({"draft": NOBODY, "closed": OFFICE}),
    "review.unmasked_picture": party(MASKING),
    "review.why": party({"closed": PANEL, "open": NOBODY}, {"closed": PANEL, "open": NOBODY}),
}
