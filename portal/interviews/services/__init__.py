"""The verbs of interviews: make and take away times, book, decline, ask, keep a card, give and hear references."""

from portal.interviews.services.arranging import CalledOff, Times, make_times, remove_time, seen_booked, who_may_meet
from portal.interviews.services.booking import book_time, decline_times
from portal.interviews.services.carding import hand_in_card, save_mark, write_questions
from portal.interviews.services.freeing import free_time, let_go_of_references
from portal.interviews.services.inviting import invite_to_choose
from portal.interviews.services.referring import give_reference, take_reference_back, write_down_words

__all__ = [
    "CalledOff",
    "Times",
    "book_time",
    "decline_times",
    "free_time",
    "give_reference",
    "hand_in_card",
    "invite_to_choose",
    "let_go_of_references",
    "make_times",
    "remove_time",
    "save_mark",
    "seen_booked",
    "take_reference_back",
    "who_may_meet",
    "write_down_words",
    "write_questions",
]
