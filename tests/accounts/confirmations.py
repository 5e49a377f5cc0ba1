"""Before which routes a code is asked for once more, and why not before the others: each that changes something or gives a
file stands in one of the two."""

from portal.accounts.step_up import Reason

CONFIRMED: dict[Reason, str] = {
    Reason.FILE: "contracts.employments_as_csv contracts.employments_as_xlsx decisions.file_as_data decisions.file_on_paper "
    "decisions.kept_as_data decisions.kept_on_paper disclosure.case_minutes disclosure.taken privacy.office_copy "
    "review.minutes",
    Reason.DELETION: "contracts.delete_draft_post intake.discard privacy.leave_request privacy.lift",
    Reason.ACCESS: "accounts.end_log_in organisations.end organisations.invite_colleague organisations.send_again "
    "organisations.send_invitation_by_drift protection.save_ad_reader protection.save_reader",
}
# By reason: neither takes many people's data away, nor deletes any, nor changes who may what.
AS_EVER: dict[str, str] = {
    "asks for the code or the password itself": "accounts.confirm_by_code accounts.save_own_password",
    "one's own name and one's own seats": "organisations.save_account organisations.take_up",
    "an ad: texts and days": "ads.code ads.edit_contacts ads.edit_criteria ads.edit_deadline ads.edit_documents "
    "ads.edit_employer ads.edit_extent ads.edit_salary ads.edit_tasks ads.edit_term ads.edit_title ads.extend ads.new "
    "ads.publish ads.read_posting ads.withdraw",
    "one employment, only ever added to": "contracts.accept contracts.announcement_post contracts.appeal_post "
    "contracts.call_off_post contracts.court_done_post contracts.decision_post contracts.drop_appeal_post "
    "contracts.employ_candidate_post contracts.employ_without_ad_post contracts.end_early_post contracts.extend_post "
    "contracts.extent_post contracts.first_day_post contracts.none_came_post contracts.notice_post contracts.offer "
    "contracts.onboarding_add "
    "contracts.onboarding_begin contracts.onboarding_leave_out contracts.onboarding_move contracts.onboarding_remove "
    "contracts.onboarding_tick contracts.onboarding_undo contracts.renew_many_post contracts.renew_one_post "
    "contracts.ruling_taken_back_post contracts.save "
    "contracts.set_aside_post contracts.sign contracts.stand_in_post "
    "contracts.take_back contracts.take_back_act contracts.take_back_signed "
    "contracts.take_over_confirm contracts.take_over_preview",
    "one person's paper or day": "contracts.copy contracts.copy_taken_back contracts.draft_paper contracts.paper "
    "disclosure.decision_on_paper "
    "intake.signed_form interviews.calendar",
    "papers of one candidate: they are counted, thirty within an hour": "disclosure.handed_out disclosure.mark_page "
    "disclosure.review_record_page protection.open_one review.mask_application review.mask_document review.mask_page "
    "review.mask_texts review.original",
    "a picture or file whose address only a page tells that was counted": "disclosure.numbered_page disclosure.page_to_mark "
    "disclosure.record_page protection.page_to_mask protection.paper review.page_picture review.unmasked_picture",
    "a paper that names nobody": "contracts.take_over_template organisations.data_protection_paper posts.take_over_template",
    "outcomes, told after they were proof-read": "decisions.answer decisions.end decisions.offer decisions.proofread "
    "decisions.record decisions.take_back_answer decisions.words",
    "requests, dealt with": "disclosure.answered disclosure.appeal_corrected disclosure.appealed disclosure.choose "
    "disclosure.decide disclosure.diary disclosure.new_request disclosure.not_appealed disclosure.not_settled "
    "disclosure.number_request disclosure.settled disclosure.taken_back privacy.answer privacy.correct_request "
    "privacy.extend privacy.merits privacy.register",
    "kept for longer, or counted from another day, which deletes nothing without two weeks' notice": "privacy.hold "
    "privacy.postpone_case privacy.start_case",
    "what the office types in itself": "intake.act intake.begin_one intake.save_answers",
    "interviews and letters": "interviews.hand_in interviews.make_times interviews.remove_time interviews.save_mark "
    "interviews.write_down_words interviews.write_guide letterbox.answer letterbox.settle",
    "that the people are those they should be, which lets nobody in or out": "organisations.people_looked_over",
    "an organisation's look and rules": "organisations.authority_by_drift organisations.party_by_drift "
    "organisations.save_authority organisations.save_new_authority organisations.save_new_party organisations.save_party "
    "posts.decide_post posts.take_back_decision posts.take_over_confirm posts.take_over_preview",
    "what follows on an opening that was counted": "protection.act_on_mask protection.change_page protection.declare",
    "the panel and its work": "review.call review.conflict_found review.conflicts review.decide_requirement review.fill_post "
    "review.hand_in review.meeting_presence review.move_on review.nudge review.order review.panel review.plan "
    "review.record_vote review.report_unreadable review.save_joint_text review.save_meeting_order review.save_note "
    "review.save_score review.say_readable "
    "review.step_meeting review.take_back_requirement review.why",
}


def confirmed() -> dict[str, Reason]:
    """The reason by endpoint."""
    return {name: reason for reason, names in CONFIRMED.items() for name in names.split()}


def as_ever() -> set[str]:
    """The routes that ask for no code."""
    return {name for names in AS_EVER.values() for name in names.split()}
