"""A zip from a stranger: what of it is refused before anything in it is read."""

import io
import stat
import zipfile

import pytest

from portal.documents.engines.archive import Archive
from portal.documents.reading import DocumentRefused, Verdict


def zip_of(*entries: zipfile.ZipInfo) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for entry in entries:
            file.writestr(entry, b"/etc/passwd")
    return made.getvalue()


def entry(name: str, mode: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = mode << 16
    return made


def test_a_link_in_a_zip_is_refused() -> None:
    plain, link = entry("word/document.xml", stat.S_IFREG | 0o644), entry("word/media", stat.S_IFLNK | 0o777)
    assert Archive(zip_of(plain)).names == ["word/document.xml"]
    with pytest.raises(DocumentRefused) as refused:
        Archive(zip_of(plain, link))
    assert refused.value.verdict is Verdict.damaged
