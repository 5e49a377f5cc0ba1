"""All profiles: the ones in force, and earlier versions that a signed contract may still stand on.

A new authority is a file in ``rules/``, ``region-exempel.toml``. Rules that change are a new version: the old file moves
as it is to ``rules/earlier/region-exempel.1.toml`` and the new one has ``version`` one higher. A process reads them once.
"""

import unicodedata
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from portal.profiles.faults import BadProfile, File, shown
from portal.profiles.profile import Profile
from portal.profiles.reading import read_profile
from portal.refusal import Refusal

RULES: Final = Path(__file__).with_name("rules")
EARLIER: Final = "earlier"


class NoSuchProfile(Refusal):
    """Nobody has written rules under that name."""

    text = "Det finns inga regler för %(asked)s. Regler finns för: %(names)s."


class VersionGone(Refusal):
    """The version that something stands on is not there any more, or its file has been changed since."""

    text = (
        "Version %(version)s av reglerna %(key)s finns inte kvar som den var. Lägg tillbaka filen i "
        "portal/profiles/rules/earlier: en ändring av reglerna är en ny version."
    )


def profiles(folder: Path = RULES) -> tuple[Profile, ...]:
    """The newest version for each authority, in order of name. Raises `BadProfile` for the first file that is wrong."""
    return _present(folder)


def profile_called(name: str, folder: Path = RULES) -> Profile | None:
    """The authority's rules by its name, by another name it goes by or by the file's; None where nobody wrote any.

    Case and spaces are of no account.
    """
    asked = _folded(name)
    return next((one for one in profiles(folder) if asked in _names(one)), None)


def require_profile(name: str, folder: Path = RULES) -> Profile:
    """The same; raises `NoSuchProfile` with the names there are."""
    found = profile_called(name, folder)
    if found is None:
        raise NoSuchProfile(asked=shown(name), names=", ".join(one.name for one in profiles(folder)))
    return found


def profile_on(key: str, day: date, folder: Path = RULES) -> Profile | None:
    """The version of ``key`` in force on a day: the last whose ``valid_from`` has come; None before the first."""
    versions = [one for one in (*profiles(folder), *_earlier(folder)) if one.key == key and one.valid_from <= day]
    return max(versions, key=lambda one: one.version, default=None)


def profile_version(key: str, version: int, print_: str, folder: Path = RULES) -> Profile:
    """The very version that was written down by these three, however long ago. Raises `VersionGone`."""
    for one in (*profiles(folder), *_earlier(folder)):
        if (one.key, one.version, one.print) == (key, version, print_):
            return one
    raise VersionGone(key=shown(key), version=version)


@cache
def _present(folder: Path) -> tuple[Profile, ...]:
    found = [(path, read_profile(path)) for path in _files(folder)]
    taken: dict[str, Path] = {}
    for path, one in found:
        for name in sorted(_names(one)):
            if (other := taken.setdefault(name, path)) is not path:
                sentence = f"Namnet {shown(name)} finns redan i {shown(other.name)}. Två filer kan inte gälla samma."
                raise _fault(path, "name", sentence)
    return tuple(sorted((one for _, one in found), key=lambda one: _folded(one.name)))


@cache
def _earlier(folder: Path) -> tuple[Profile, ...]:
    now = {one.key: one for one in profiles(folder)}
    found: dict[tuple[str, int], Profile] = {}
    for path in _files(folder / EARLIER):
        one = read_profile(path)
        newest = now.get(one.key)
        if newest and (one.version >= newest.version or one.valid_from > newest.valid_from):
            raise _fault(path, "version", "Versionen är inte äldre än den som gäller. Öka version i filen som gäller.")
        if found.setdefault((one.key, one.version), one) is not one:
            raise _fault(path, "version", "Samma version finns i en annan fil. Ta bort den ena.")
    return tuple(found.values())


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.toml") if path.is_file()) if folder.is_dir() else []


def _names(one: Profile) -> set[str]:
    return {_folded(name) for name in (one.name, *one.also_called, one.key)}


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _fault(path: Path, word: str, sentence: str) -> BadProfile:
    return File(shown(path.name), path.read_text(encoding="utf-8")).bad((word,), sentence)
