"""A visitor without a browser: keeps cookies and the form's token, and goes the candidate's way page by page."""

import http.client
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from io import BytesIO
from urllib.parse import urlencode, urlsplit

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from portal.applications.consent import VERSION

_TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')

Files = dict[str, tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def location(self) -> str:
        """Where it leads on; empty where it does not."""
        return str(self.headers.get("Location", ""))


@dataclass
class Visitor:
    """One browser's worth of cookies on one portal. Raises `OSError` or `http.client.HTTPException` when it is away."""

    address: str
    timeout: float = 60
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, tuple[str, str]] = field(default_factory=dict)  # name: (path, value)
    token: str = ""
    _connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        """A page; its form's token is kept for the next `post`."""
        return self.open("GET", path)

    def post(self, path: str, fields: dict[str, object] | None = None, files: Files | None = None) -> Answer:
        """Send a form, with the token of the last page that had one. Lists are several values of one name."""
        body, kind = encoded({"csrf_token": self.token, **(fields or {})}, files)
        return self.open("POST", path, body, {"Content-Type": kind})

    def open(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        """One request on a connection that is kept; redirects are not followed."""
        sent = {"Cookie": self._cookie_for(path), **self.headers, **(headers or {})}
        connection = self._connection or http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=self.timeout)
        self._connection = connection
        try:
            connection.request(method, path, body, {name: value for name, value in sent.items() if value})
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        self._keep(answer)
        return answer

    def close(self) -> None:
        """Let go of the connection; the next request makes another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _cookie_for(self, path: str) -> str:
        fitting = [(name, value) for name, (place, value) in self.cookies.items() if path.startswith(place)]
        return "; ".join(f"{name}={value}" for name, value in fitting)

    def _keep(self, answer: Answer) -> None:
        for line in answer.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = (morsel["path"] or "/", morsel.value)
        if found := _TOKEN.search(answer.body):
            self.token = found[1].decode()
        if answer.headers.get("Connection", "").lower() == "close":
            self.close()


def encoded(fields: dict[str, object], files: Files | None = None) -> tuple[bytes, str]:
    """A form's body and its content type: multipart where it has files."""
    if files is None:
        return urlencode(fields, doseq=True).encode(), "application/x-www-form-urlencoded"
    values: MultiDict[str, object] = MultiDict(fields)
    for name, (filename, content) in files.items():
        values.add(name, FileStorage(BytesIO(content), filename=filename, name=name))
    boundary, body = encode_multipart(values)
    return body, f"multipart/form-data; boundary={boundary}"


@dataclass(frozen=True, slots=True)
class Candidacy:
    """What one candidate fills in."""

    name: str
    email: str
    cv: bytes
    filename: str = "cv.pdf"
    letter: str = "Jag skriver gärna tal och läser gärna handlingar."
    salary: str = "41000"
    start: str = "2027-02-01"


def fill_in_details(visitor: Visitor, reference: str, who: Candidacy) -> None:
    """Page one. Raises `Refused`."""
    way = f"/annonser/{reference}/ansok"
    visitor.get(way)
    details = {"name": who.name, "email": who.email, "phone": "070-174 06 21", "consent": "y", "wording": VERSION}
    _onward(visitor.post(way, details))


def fill_in_papers(visitor: Visitor, reference: str, who: Candidacy) -> None:
    """Page two. Raises `Refused`."""
    way = f"/annonser/{reference}/ansok/handlingar"
    fields = filled(visitor.get(way).body, who)
    _onward(visitor.post(way, fields, {"cv": (who.filename, who.cv)}))


def write_letter(visitor: Visitor, reference: str, who: Candidacy) -> None:
    """Page two of an ad that asks for no file. Raises `Refused`."""
    way = f"/annonser/{reference}/ansok/handlingar"
    _onward(visitor.post(way, filled(visitor.get(way).body, who)))


def look_it_over(visitor: Visitor, reference: str) -> Answer:
    """Page three, whose form is the sending."""
    return visitor.get(f"/annonser/{reference}/ansok/kontrollera")


def go_to_check_page(visitor: Visitor, reference: str, who: Candidacy) -> Answer:
    """Pages one and two; the answer is the check page, whose form is the sending. Raises `Refused`."""
    fill_in_details(visitor, reference, who)
    fill_in_papers(visitor, reference, who)
    return look_it_over(visitor, reference)


def send(visitor: Visitor, reference: str) -> Answer:
    """Press *Skicka ansökan* on the check page: 303 to the receipt is the acknowledgement."""
    return visitor.post(f"/annonser/{reference}/ansok/kontrollera")


class Refused(Exception):
    """The portal answered with something else than the next page."""


def _onward(answer: Answer) -> None:
    if answer.status != 303:
        raise Refused(answer.status, answer.body[:2000])


def filled(page: bytes, who: Candidacy) -> dict[str, object]:
    """Page two filled in: an answer to every question, by the names of its fields, and what goes with the papers."""
    names = set(re.findall(r'name="((?:answer|choice)_[^"]+)"', page.decode()))
    answers = {name: "ja" if name.startswith("choice_") else "Så har jag gjort." for name in names}
    return {**answers, "letter": who.letter, "salary": who.salary, "start": who.start}
