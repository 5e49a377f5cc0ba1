"""The verbs of privacy: hold, postpone, say from which day; tell what goes in two weeks, and carry it out."""
