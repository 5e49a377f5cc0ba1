"""Rows of a list, whether the posting marks them with bullets, with new lines or writes them as running text."""

import re

from portal.ads.reading.cues import cue_of, speaks_of_terms
from portal.ads.reading.sections import TASKS, Block, Page
from portal.ads.reading.sentences import sentences, without_stop

_POINTS_BACK = ("det ", "detta ", "den ", "de ", "dessa ", "där ", "då ", "här ", "även ", "dessutom ")
_ABOUT_THE_POST = re.compile(r"(?:vi|\w{2,40}) söker\b|region\w*\s|slutdatum", re.I)
_FEWEST_LINES = 2
_LIST_LINE = 80


def rows_of(blocks: list[Block]) -> list[Block]:
    """The blocks, with a paragraph that is really a list of lines made into its lines."""
    rows: list[Block] = []
    for block in blocks:
        rows.extend([Block((line,), bullet=True) for line in block.lines] if _is_list(block) else [block])
    return rows


def read_tasks(page: Page) -> list[str]:
    """What the person will do: bullets as they are, running text by the sentence.

    A sentence that points back ("Det innefattar …") stays with the one it points at.
    """
    mixed = not page.blocks("tasks")
    tasks: list[str] = []
    for row in rows_of(page.blocks(*(TASKS if mixed else ("tasks",)))):
        if row.bullet:
            tasks.append(without_stop(row.text) if row.text.endswith((",", ";")) else row.text)
            continue
        for number, sentence in enumerate(sentences(row.text)):
            if number and tasks and sentence.casefold().startswith(_POINTS_BACK):
                tasks[-1] = f"{tasks[-1]} {sentence}"
            elif not (_is_no_task(sentence) or (mixed and _is_of_the_post(sentence))):
                tasks.append(sentence)
    return tasks


def _is_no_task(sentence: str) -> bool:
    """Whether a sentence only announces the bullets under it, or is about the terms."""
    return sentence.endswith(":") or speaks_of_terms(sentence)


def _is_of_the_post(sentence: str) -> bool:
    """Whether a sentence under a heading that covers all, such as "Om tjänsten", is about the employment."""
    return cue_of(sentence) in {"terms", "sending", "contact"} or _ABOUT_THE_POST.match(sentence) is not None


def _is_list(block: Block) -> bool:
    """Lines that each begin anew and none of which ends as a sentence does: a list without bullets."""
    if block.bullet or len(block.lines) < _FEWEST_LINES:
        return False
    short = all(len(line) <= _LIST_LINE and line[-1] not in ".!?:" for line in block.lines)
    return short and all(line[0].isupper() for line in block.lines[1:])
