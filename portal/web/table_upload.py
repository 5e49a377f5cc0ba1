"""A filled-in table taken from a form, and a template sent as a file."""

from io import BytesIO

from flask import Response, request, send_file

from portal.documents.engines.table_reader import read_table
from portal.documents.reading import Verdict
from portal.documents.tables import NoTableChosen, Table, TableRefused
from portal.web.bodies import KeptFile
from portal.web.headers import shut

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def uploaded_table(field: str = "file") -> Table:
    """The table that was chosen. Raises NoTableChosen or TableRefused."""
    file = request.files.get(field)
    if file is None or not file.filename:
        raise NoTableChosen
    if isinstance(file.stream, KeptFile) and file.stream.too_big:
        raise TableRefused(Verdict.too_big, name=file.filename)
    return read_table(file.read(), name=file.filename)


def as_xlsx(data: bytes, name: str) -> Response:
    """A workbook as a file only."""
    return shut(send_file(BytesIO(data), XLSX, as_attachment=True, download_name=name))
