"""A posting divided: what stands under which heading, in blocks (a paragraph or a bullet) of lines."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from portal.ads.reading.cues import cue_of, diverted_to
from portal.ads.reading.headings import heading_of
from portal.ads.reading.lines import bullet_of, clean_lines, names_a_role
from portal.ads.reading.sentences import sentences

QUALITIES = ("wanted", "required", "merits")
TASKS = ("tasks", "post")
_OPENING = ("lead", "about")
_WRAPPED_AT = 60
_STOPS = ".!?:;"
_AFTER_HYPHEN = frozenset({"och", "eller", "samt", "till"})
_MENDED_UP_TO = 200  # lines of one paragraph; a posting that is cut more often than that is none


@dataclass(frozen=True)
class Block:
    """One paragraph or one bullet: its lines as the posting breaks them."""

    lines: tuple[str, ...]
    bullet: bool = False

    @cached_property
    def text(self) -> str:
        """The lines as running text; a word broken by a hyphen at the end of a line is made whole."""
        parts: list[str] = []
        for line in self.lines:
            if parts and parts[-1].endswith("-") and line[:1].islower() and line.split()[0] not in _AFTER_HYPHEN:
                parts[-1:] = [parts[-1][:-1], line]
            else:
                parts.extend([" ", line])
        return "".join(parts[1:])


@dataclass
class Section:
    """What stands under one heading; `kind` is a word of the table of headings, "lead" before the first of them."""

    kind: str
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """The whole posting, divided."""

    sections: tuple[Section, ...]

    def blocks(self, *kinds: str) -> list[Block]:
        """The blocks of the sections of these kinds, or of all of them when no kind is given, in order."""
        return [block for section in self.sections if not kinds or section.kind in kinds for block in section.blocks]

    def sentences(self, *kinds: str) -> list[str]:
        """The sentences of these kinds of sections, or of the whole posting, in order."""
        return [sentence for block in self.blocks(*kinds) for sentence in sentences(block.text)]

    def lines(self, *kinds: str) -> list[str]:
        """The lines of these kinds of sections, in order."""
        return [line for block in self.blocks(*kinds) for line in block.lines]

    @cached_property
    def all_sentences(self) -> list[str]:
        """Every sentence of the posting."""
        return self.sentences()


def read_page(text: str) -> Page:
    """Divide the text of a posting. Never refuses: a text without headings is divided by what its sentences say."""
    sections = [part for section in _divided(clean_lines(text)) for part in _diverted(section) if part.blocks]
    return Page(tuple(_sorted_by_cue(sections)))


def _divided(lines: list[str]) -> Iterator[Section]:
    section, open_lines, bullet = Section("lead"), list[str](), False

    def close() -> None:
        nonlocal bullet
        if open_lines:
            _add(section, Block(tuple(open_lines), bullet))
        open_lines.clear()
        bullet = False

    for line, below in pairwise([*lines, ""]):
        words = bullet_of(line)
        heading = heading_of(line) if words is None else None
        if heading:
            close()
            yield section
            section = Section(heading.kind)
            open_lines.extend([heading.rest] if heading.rest else [])
        elif not line or words is not None:
            close()
            open_lines.extend([words] if words else [])
            bullet = bool(words)
        else:
            alone = section.kind == "lead" and names_a_role(line) and not below[:1].islower()
            if alone or (bullet and not _goes_on(open_lines[-1], line)):
                close()
            open_lines.append(line)
            if alone:
                close()
    close()
    yield section


def _add(section: Section, block: Block) -> None:
    """Add the block, or make whole a sentence that a page break or an empty line cut in two."""
    last = section.blocks[-1] if section.blocks else None
    cut = last and not last.bullet and not block.bullet and last.lines[-1][-1] not in _STOPS
    if last and cut and block.lines[0][0].islower() and len(last.lines) < _MENDED_UP_TO:
        section.blocks[-1] = Block(last.lines + block.lines)
    else:
        section.blocks.append(block)


def _goes_on(above: str, line: str) -> bool:
    """Whether a line under a bullet without a bullet of its own belongs to it."""
    return line[:1].islower() or above[-1] in ",-" or (len(above) >= _WRAPPED_AT and above[-1] not in _STOPS)


def _diverted(section: Section) -> Iterator[Section]:
    """Tasks and qualities without what follows them under no heading of its own: terms, how to apply, contacts."""
    if section.kind not in (*QUALITIES, "tasks"):
        yield section
        return
    current = Section(section.kind)
    for block in section.blocks:
        kind = None if block.bullet else diverted_to(block.text)
        if kind is None and not block.bullet and cue_of(block.text) in {"wanted", "tasks"}:
            kind = section.kind
        if kind and kind != current.kind:
            yield current
            current = Section(kind)
        current.blocks.append(block)
    yield current


def _sorted_by_cue(sections: list[Section]) -> list[Section]:
    """Where tasks or qualities have no heading of their own, their sentences are picked out of the opening text."""
    kinds = {section.kind for section in sections}
    lacking = {"tasks"} - ({"tasks"} if kinds & set(TASKS) else set()) | {"wanted"} - (
        {"wanted"} if kinds & set(QUALITIES) else set()
    )
    if not lacking:
        return sections
    done: list[Section] = []
    for section in sections:
        done.extend(_by_cue(section, lacking) if section.kind in _OPENING else [section])
    return done


def _by_cue(section: Section, lacking: set[str]) -> Iterator[Section]:
    current = Section(section.kind)
    for block in section.blocks:
        if not block.bullet and all(line[-1] not in _STOPS for line in block.lines):
            current.blocks.append(block)
            continue
        for number, sentence in enumerate([block.text] if block.bullet else sentences(block.text)):
            cue = cue_of(sentence)
            kind = current.kind if cue is None or block.bullet else cue
            kind = kind if kind in lacking or kind in {"terms", "sending", "contact"} else section.kind
            if kind != current.kind:
                yield current
                current = Section(kind)
            if number and current.blocks and kind in _OPENING and len(current.blocks[-1].lines) < _MENDED_UP_TO:
                current.blocks[-1] = Block((*current.blocks[-1].lines, sentence))
            else:
                current.blocks.append(Block((sentence,), block.bullet))
    yield current
