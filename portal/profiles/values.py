"""One answer of a profile read: a value of the right kind with its source, or words on what is unclear."""

from collections.abc import Mapping
from typing import Any, Final, NoReturn

from portal.profiles.faults import File, shown
from portal.profiles.keys import Key, Kind
from portal.profiles.profile import Answer, Sourced, Step, Unknown, Value

LONGEST: Final = 600  # signs in one text
MOST: Final = 40  # entries in one list
MOST_NUMBER: Final = 100_000
MOST_DAYS: Final = 365  # from the first day of work, either way
NEARLY: Final = "unknown"  # not a value: what is not known is written under [unknown]

_ASKED: Final = {
    Kind.TEXT: "en text inom citattecken",
    Kind.TEXTS: "en lista av texter",
    Kind.NUMBER: "ett tal som inte är mindre än noll",
    Kind.YES_NO: "true eller false",
    Kind.STEPS: "en lista av steg, vart och ett med who och what, och days om källan säger när",
}


def text_at(file: File, path: tuple[str, ...], value: Any, name: str = "") -> str:
    """A text that can be shown: not empty, not too long, without line breaks or invisible signs."""
    name = name or shown(path[-1])
    if not isinstance(value, str) or not value.strip():
        raise file.bad(path, f"{name} ska vara en text inom citattecken, och inte tom.")
    if len(value) > LONGEST:
        raise file.bad(path, f"{name} är för lång: högst {LONGEST} tecken. Korta texten eller hänvisa till dokumentet.")
    if not value.isprintable():
        raise file.bad(path, f"{name} har radbrytningar eller osynliga tecken. Skriv texten på en rad utan dem.")
    return value.strip()


def answer_at(file: File, path: tuple[str, ...], key: Key, told: Any, documents: Mapping[str, str]) -> Answer:
    """The answer under [rules]: a value, the document it is written in, and where in it."""
    if not isinstance(told, dict):
        raise file.bad(path, f"{key.name} ska ha value, document och paragraph under [rules.{key.name}].")
    for word in told:
        if word not in {"value", "document", "paragraph"}:
            raise file.bad((*path, word), f"{shown(word)} finns inte. Här ska stå value, document och paragraph.")
    if "value" not in told:
        raise file.bad(path, f"{key.name} har inget värde. Skriv value, eller flytta nyckeln till [unknown].")
    for word, what in (("document", "i vilket dokument"), ("paragraph", "var i dokumentet")):
        if word not in told:
            raise file.bad(path, f"{key.name} saknar källa. Skriv {word}: {what} det står.")
    document = text_at(file, (*path, "document"), told["document"])
    if document not in documents:
        sentence = f"Dokumentet {shown(document)} finns inte under [documents]. Lägg till det där, eller rätta namnet."
        raise file.bad((*path, "document"), sentence)
    paragraph = text_at(file, (*path, "paragraph"), told["paragraph"])
    return Sourced(_value(file, (*path, "value"), key, told["value"]), documents[document], paragraph)


def unknown_at(file: File, path: tuple[str, ...], told: Any, *, unread: bool) -> Unknown:
    """The words under [unknown] on what no source says, or what the source itself calls unclear; or under [unread]."""
    return Unknown(text_at(file, path, told), unread)


def _value(file: File, path: tuple[str, ...], key: Key, told: Any) -> Value:
    if told == NEARLY:
        raise file.bad(path, f"{key.name} är okänd: flytta nyckeln till [unknown] och skriv vad som är oklart.")
    if key.kind is Kind.CHOICE:
        if not isinstance(told, str) or told not in key.choices:
            raise file.bad(path, f"{key.name} ska vara {_either(key.choices)}, inte {shown(told)}.")
        return str(told)
    if key.kind is Kind.TEXT:
        return text_at(file, path, told, key.name)
    if key.kind is Kind.YES_NO and isinstance(told, bool):
        return told
    if key.kind is Kind.NUMBER and type(told) in (int, float) and 0 <= told <= MOST_NUMBER:
        return float(told) if isinstance(told, float) else int(told)
    return _list(file, path, key, told)


def _list(file: File, path: tuple[str, ...], key: Key, told: Any) -> Value:
    if key.kind not in (Kind.TEXTS, Kind.STEPS) or not isinstance(told, list) or not told:
        _wrong(file, path, key)
    if len(told) > MOST:
        raise file.bad(path, f"{key.name} har fler än {MOST} rader. Korta listan.")
    if key.kind is Kind.TEXTS:
        return tuple(text_at(file, path, one, key.name) for one in told)
    return tuple(_step(file, path, key, one) for one in told)


def _step(file: File, path: tuple[str, ...], key: Key, told: Any) -> Step:
    if not isinstance(told, dict) or set(told) - {"days"} != {"who", "what"}:
        _wrong(file, path, key)
    days = told.get("days")
    if "days" in told and (type(days) is not int or abs(days) > MOST_DAYS):
        sentence = f"days ska vara ett heltal dagar från tillträdet, högst {MOST_DAYS}; före tillträdet med minus."
        raise file.bad(path, sentence)
    who, what = (text_at(file, path, told[word], key.name) for word in ("who", "what"))
    return Step(who, what, days)


def _wrong(file: File, path: tuple[str, ...], key: Key) -> NoReturn:
    raise file.bad(path, f"{key.name} ska vara {_ASKED[key.kind]}.")


def _either(words: Mapping[str, str]) -> str:
    *others, last = words
    return f"{', '.join(others)} eller {last}"
