"""The questions of the guide: one to three for each criterion, a line each."""

from typing import Final

MOST: Final = 3
LONGEST: Final = 300  # of one question


def asked(text: str) -> list[str]:
    """The questions, without empty lines."""
    return [words for line in text.splitlines() if (words := " ".join(line.split()))]


def fault_of(text: str) -> str:
    """What is to be put right, as a sentence; empty where nothing is."""
    questions = asked(text)
    if len(questions) > MOST:
        return f"Skriv högst tre frågor, en på varje rad. Nu är det {len(questions)}."
    too_long = next((question for question in questions if len(question) > LONGEST), None)
    return f"En fråga får vara högst {LONGEST} tecken. Korta den som börjar ”{too_long[:30]}”." if too_long else ""
