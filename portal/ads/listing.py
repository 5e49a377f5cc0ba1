"""The filters of the public list: what can be chosen, and which ads fit.

PURE: it is given published contents.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from portal.swedish_names import alphabetical

FULL: Final = "heltid"
PART: Final = "deltid"


@dataclass(frozen=True, slots=True)
class Choices:
    """Values and words for each filter, in the order of the Swedish alphabet."""

    region: tuple[tuple[str, str], ...]
    parti: tuple[tuple[str, str], ...]
    ort: tuple[tuple[str, str], ...]


def choices_of(contents: Iterable[dict[str, Any]]) -> Choices:
    """What the open ads can be filtered by."""
    found = list(contents)
    return Choices(
        region=_sorted({c["authority_name"]: c["authority_name"] for c in found}),
        parti=_sorted({c["party"]["name"]: c["party"]["name"] for c in found}),
        ort=_sorted({c["place"]: c["place"] for c in found if c["place"]}),
    )


def matching(content: dict[str, Any], wanted: dict[str, str]) -> bool:
    """Whether an ad fits every filter that is set. An ad that does not tell its extent fits neither full nor part."""
    extent = content["extent_percent"]
    extents = {"", FULL if extent == 100 else PART} if extent is not None else {""}
    return (
        wanted["region"] in ("", content["authority_name"])
        and wanted["parti"] in ("", content["party"]["name"])
        and wanted["ort"] in ("", content["place"])
        and wanted["omfattning"] in extents
    )


def _sorted(words: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(words.items(), key=lambda pair: alphabetical(pair[1])))
