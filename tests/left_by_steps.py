"""What steps have left in the files of an installation: the pages of a database that differ, and documents that are new."""

import os
from dataclasses import dataclass
from pathlib import Path

DATABASES, DOCUMENTS, PAGE = ("portal.db", "keys.db"), "documents", 4096
Files = dict[str, bytes]


@dataclass(frozen=True)
class Left:
    """The difference between two states of the files."""

    pages: dict[str, tuple[int, dict[int, bytes]]]  # by database: its whole length, and pages by their place in it
    documents: Files

    @classmethod
    def between(cls, before: Files, after: Files) -> "Left | None":
        """None where something else has changed than a database or a document more."""
        if any(name not in after for name in before):
            return None
        pages, documents = {}, {}
        for name, data in after.items():
            if name in DATABASES and name in before:
                pages[name] = len(data), _differing(before[name], data)
            elif name.startswith(f"{DOCUMENTS}/") and name not in before:
                documents[name] = data
            elif before.get(name) != data:
                return None
        return cls(pages, documents)

    @property
    def size(self) -> int:
        """In bytes, about."""
        return sum(len(kept) for _, kept in self.pages.values()) * PAGE + sum(map(len, self.documents.values()))

    def put_into(self, instance: Path) -> None:
        """Make of the state before the one after. Nobody may have the databases open."""
        for name, (length, pages) in self.pages.items():
            if pages:
                with (instance / name).open("r+b") as file:
                    for place, data in pages.items():
                        file.seek(place)
                        file.write(data)
                    file.truncate(length)
        for name, data in self.documents.items():
            (instance / name).parent.mkdir(parents=True, exist_ok=True)
            (instance / name).write_bytes(data)


def read(instance: Path) -> Files:
    """All its files. Nobody may have the databases open."""
    return {name: (instance / name).read_bytes() for name in sizes_of(instance)}


def sizes_of(instance: Path) -> dict[str, tuple[int, int]]:
    """Each file's length and the time of its last writing; of a database that is open also what waits beside it."""
    found = {}
    waiting = [instance]
    for folder in waiting:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    waiting.append(Path(entry.path))
                    continue
                seen = entry.stat()
                if not entry.name.endswith("-shm") and (seen.st_size or not entry.name.endswith("-wal")):
                    found[str(Path(entry.path).relative_to(instance))] = seen.st_size, seen.st_mtime_ns
    return found


def _differing(before: bytes, after: bytes) -> dict[int, bytes]:
    found = {}
    for place in range(0, len(after), PAGE):
        page = after[place : place + PAGE]
        if page != before[place : place + PAGE]:
            found[place] = page
    return found
