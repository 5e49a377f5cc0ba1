"""The verbs of review: name the panel, remind it, answer about jäv, score, order, hand in, decide of krav, call, move on."""

from portal.review.services.agreeing import record_vote, save_joint_text, save_meeting_order
from portal.review.services.blinding import choose_blind
from portal.review.services.calling import call_to_interview
from portal.review.services.choosing import choose_panel
from portal.review.services.declaring import answer_to_decide, declare_conflicts
from portal.review.services.dropping import decide_requirement, take_back_decision
from portal.review.services.filling import fill_in
from portal.review.services.meeting import must_hand_in_first, note_presence, start_meeting, take_step
from portal.review.services.moving import enter, move_by_dates, move_on, plan_phases
from portal.review.services.naming import invite_panel, name_panel
from portal.review.services.noting import save_note
from portal.review.services.ordering import hand_in, save_order
from portal.review.services.reminding import nudge, remind_of_last_minute, tell_of_late_arrival, tell_of_more
from portal.review.services.reporting import report_unreadable, say_readable
from portal.review.services.scoring import save_presence, save_step
from portal.review.services.sharing import choose_sharing
from portal.review.services.starting import go_on_from_why

__all__ = [
    "answer_to_decide",
    "call_to_interview",
    "choose_blind",
    "choose_panel",
    "choose_sharing",
    "decide_requirement",
    "declare_conflicts",
    "enter",
    "fill_in",
    "go_on_from_why",
    "hand_in",
    "invite_panel",
    "move_by_dates",
    "move_on",
    "must_hand_in_first",
    "name_panel",
    "note_presence",
    "nudge",
    "plan_phases",
    "record_vote",
    "remind_of_last_minute",
    "report_unreadable",
    "save_joint_text",
    "save_meeting_order",
    "save_note",
    "save_order",
    "save_presence",
    "save_step",
    "say_readable",
    "start_meeting",
    "take_back_decision",
    "take_step",
    "tell_of_late_arrival",
    "tell_of_more",
]
