"""The verbs of decisions: record an outcome, proof-read its words, offer the post, let everybody have their word."""

from portal.decisions.services.answering import accept_offer, answer_own_offer, decline, take_back_answer
from portal.decisions.services.proofreading import ReadText, proofread_all, proofread_word
from portal.decisions.services.recording import record_outcome, settle_outcome
from portal.decisions.services.releasing import end_recruitment, offer_post

__all__ = [
    "ReadText",
    "accept_offer",
    "answer_own_offer",
    "decline",
    "end_recruitment",
    "offer_post",
    "proofread_all",
    "proofread_word",
    "record_outcome",
    "settle_outcome",
    "take_back_answer",
]
