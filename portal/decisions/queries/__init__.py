"""What decisions reads: outcomes as recorded, the words to each candidate, what is missing before they go out."""

from portal.decisions.queries.recorded import candidates_of, hired, outcome_word, outcomes_of

__all__ = ["candidates_of", "hired", "outcome_word", "outcomes_of"]
