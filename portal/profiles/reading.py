"""A profile's file read and tried: what is misspelt, without source or of the wrong kind stops it, with its line."""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from portal.profiles.faults import BadProfile, File, shown
from portal.profiles.keys import KEYS
from portal.profiles.lines import line_of_fault
from portal.profiles.profile import EMPLOYERS, Answer, Profile, Sourced, Step
from portal.profiles.values import answer_at, text_at, unknown_at

MOST_BYTES: Final = 64 * 1024
KINDS: Final = ("region", "kommun")
_FILE: Final = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.[0-9]+)?\.toml")  # the number: an earlier version's
_NOT_SAID: Final = ("unknown", "unread")
BOTH, TWICE = "står både med ett värde och som okänd.", "står på två ställen, under unknown och unread."
_HEAD: Final = (
    "name",
    "also_called",
    "kind",
    "version",
    "valid_from",
    "note",
    "documents",
    "rules",
    "unknown",
    "unread",
)
_BRANCHES: Final = {f"if_{employer}": employer for employer in EMPLOYERS}
_NOT_TOML: Final = "Filen går inte att läsa som TOML. Jämför raden med en annan fil i samma mapp."


def read_profile(path: Path) -> Profile:
    """The profile of one file. Raises `BadProfile` naming the file, the line and what to do."""
    file, read = _opened(path)
    for word in read:
        if word not in _HEAD and word not in _BRANCHES:
            raise file.bad((word,), f"{shown(word)} finns inte här. {_meant(word, (*_HEAD, *_BRANCHES))}")
    head = _head(file, read)
    documents = _documents(file, read)
    rules = _answers(file, (), read, documents)
    alternatives = {
        employer: _answers(file, (branch,), _table(file, (branch,), read[branch]), documents)
        for branch, employer in _BRANCHES.items()
        if branch in read
    }
    _whole(file, rules, alternatives)
    key, print_ = path.name.split(".")[0], _print_of(head, rules, alternatives)
    return Profile(key=key, rules=rules, alternatives=alternatives, print=print_, **head)


def _opened(path: Path) -> tuple[File, dict[str, Any]]:
    name = shown(path.name)
    if not _FILE.fullmatch(path.name):
        sentence = "Filens namn ska vara små bokstäver a–z, siffror och bindestreck, som i region-exempel.toml."
        raise BadProfile(file=name, line=1, sentence=sentence)
    with path.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise BadProfile(file=name, line=1, sentence=f"Filen är för stor: högst {MOST_BYTES // 1024} kB.")
    try:
        text = content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise BadProfile(file=name, line=line, sentence="Filen är inte sparad som UTF-8. Spara om den.") from fault
    try:
        return File(name, text), tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise BadProfile(file=name, line=line_of_fault(text, fault), sentence=_NOT_TOML) from fault
    except (ValueError, RecursionError) as fault:  # a number of thousands of figures, brackets within brackets
        raise BadProfile(file=name, line=1, sentence=_NOT_TOML) from fault


def _head(file: File, read: dict[str, Any]) -> dict[str, Any]:
    for word in ("name", "kind", "version", "valid_from"):
        if word not in read:
            raise file.bad((), f"{word} saknas. Skriv det överst i filen.")
    if read["kind"] not in KINDS:
        raise file.bad(("kind",), "kind ska vara region eller kommun.")
    version, valid_from = read["version"], read["valid_from"]
    if type(version) is not int or not 1 <= version <= 9999:
        raise file.bad(("version",), "version ska vara ett heltal från 1. Öka det med 1 när reglerna ändras.")
    if not isinstance(valid_from, date) or isinstance(valid_from, datetime):
        raise file.bad(("valid_from",), "valid_from ska vara en dag, som i 2026-11-21 utan citattecken.")
    others = read.get("also_called", [])
    if not isinstance(others, list) or len(others) > 10:
        raise file.bad(("also_called",), "also_called ska vara en lista med högst tio namn.")
    return {
        "name": text_at(file, ("name",), read["name"]),
        "also_called": tuple(text_at(file, ("also_called",), other) for other in others),
        "kind": read["kind"],
        "version": version,
        "valid_from": valid_from,
        "note": text_at(file, ("note",), read["note"]) if "note" in read else "",
    }


def _documents(file: File, read: dict[str, Any]) -> dict[str, str]:
    told = _table(file, ("documents",), read.get("documents", {}))
    if not told:
        raise file.bad(("documents",), "Inget dokument står under [documents]. Skriv vilka källor reglerna har.")
    return {word: text_at(file, ("documents", word), title) for word, title in told.items()}


def _answers(
    file: File, under: tuple[str, ...], read: dict[str, Any], documents: Mapping[str, str]
) -> dict[str, Answer]:
    """What stands under [rules], [unknown] and [unread] of the file, or of one of its branches."""
    for word in read if under else ():
        if word not in {"rules", *_NOT_SAID}:
            raise file.bad((*under, word), f"{shown(word)} finns inte här. Skriv under rules, unknown eller unread.")
    rules = _table(file, (*under, "rules"), read.get("rules", {}))
    not_said = {place: _table(file, (*under, place), read.get(place, {})) for place in _NOT_SAID}
    for place, told in {"rules": rules, **not_said}.items():
        for word in told:
            if word not in KEYS:
                raise file.bad((*under, place, word), f"Nyckeln {shown(word)} finns inte. {_meant(word, KEYS)}")
    found = {w: answer_at(file, (*under, "rules", w), KEYS[w], told, documents) for w, told in rules.items()}
    for place, told in not_said.items():
        for word, words in told.items():
            path = (*under, place, word)
            if word in found:
                raise file.bad(path, f"{word} {BOTH if word in rules else TWICE} Ta bort det ena.")
            found[word] = unknown_at(file, path, words, unread=place == "unread")
    return found


def _whole(file: File, rules: Mapping[str, Answer], alternatives: Mapping[str, Mapping[str, Answer]]) -> None:
    """Every key is answered once: for all, or once for each employer where the party chooses."""
    employer = rules.get("employer")
    chooses = isinstance(employer, Sourced) and employer.value == "party_chooses"
    if alternatives and not (chooses and len(alternatives) == len(EMPLOYERS)):
        sentence = "if_party och if_authority hör ihop, och används bara där employer är party_chooses."
        raise file.bad((f"if_{next(iter(alternatives))}",), sentence)
    for employer_word, told in alternatives.items():
        for word in told:
            if word in rules:
                sentence = f"{word} står både för alla och för den ena arbetsgivaren. Ta bort det ena."
                raise file.bad((f"if_{employer_word}",), sentence)
    for word in KEYS:
        missing = [one for one in EMPLOYERS if word not in rules and word not in alternatives.get(one, {})]
        if missing:
            raise file.bad((), f"{word} saknas. Skriv ett värde med källa, eller under [unknown] vad som är oklart.")


def _table(file: File, path: tuple[str, ...], told: Any) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise file.bad(path, f"{shown(path[-1])} ska vara en avdelning: [{'.'.join(path)}] på en egen rad.")
    return told


def _meant(word: str, known: Any) -> str:
    """The known word that the misspelt one is most like, if any."""
    from difflib import get_close_matches

    near = get_close_matches(word[:60], list(known), n=1, cutoff=0.6)
    return f"Menas {near[0]}?" if near else "Alla nycklar står i portal/profiles/keys.py."


def _print_of(head: dict[str, Any], rules: Mapping[str, Answer], alternatives: Mapping[str, Any]) -> str:
    """A hash of what the version says, whatever order, comments or spaces the file has."""
    said = {
        **head,
        "rules": {word: _plain(answer) for word, answer in rules.items()},
        "alternatives": {who: {word: _plain(one) for word, one in told.items()} for who, told in alternatives.items()},
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def _plain(answer: Answer) -> list[Any]:
    if not isinstance(answer, Sourced):
        return ["unknown", answer.unclear]
    value = answer.value
    if isinstance(value, tuple):
        return [[_parts(one) if isinstance(one, Step) else one for one in value], answer.source, answer.paragraph]
    return [value, answer.source, answer.paragraph]


def _parts(step: Step) -> list[Any]:
    """Without a day where there is none, so that a version without days keeps its print."""
    return [step.who, step.what] if step.days is None else [step.who, step.what, step.days]
