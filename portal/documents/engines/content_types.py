"""Which part of an Office file is what, by the package's own list (ECMA-376 part 2, 10.1.2). Runs only in a limited child."""

from typing import ClassVar

from portal.documents.engines.archive import Archive
from portal.documents.engines.xml_events import Events
from portal.documents.reading import DocumentRefused, Verdict

_PART = "[Content_Types].xml"
_MACRO = "macroenabled"


def kinds_of_parts(archive: Archive) -> dict[str, str]:
    """The content type of each part by its name.

    Raises `DocumentRefused`: not_what_it_says (no such list), macros, and as `Events.walk` does.
    """
    if _PART not in archive.names:
        raise DocumentRefused(Verdict.not_what_it_says)
    types = _Types()
    types.walk(archive.chunks(_PART))
    if any(_MACRO in kind.casefold() for kind in types.kinds.values()):
        raise DocumentRefused(Verdict.macros)
    return types.kinds


class _Types(Events):
    namespaces: ClassVar = {"http://schemas.openxmlformats.org/package/2006/content-types": "t"}

    def __init__(self) -> None:
        super().__init__()
        self.kinds: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t:Override":
            self.kinds[attributes.get(":PartName", "").lstrip("/")] = attributes.get(":ContentType", "")
