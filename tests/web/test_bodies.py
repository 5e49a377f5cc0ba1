"""A body that breaks off on its way in is the sender's fault, never ours; one that creeps gives up its place."""

import io
import socket
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.exceptions import ClientDisconnected, RequestTimeout

from portal import clock
from portal.web import bodies
from portal.web.bodies import BodyGate, MeasuredBody
from portal.web.body_places import Places


class Broken(io.RawIOBase):
    """What gunicorn's reader does with a chunk whose size is none."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault

    def read(self, size: int = -1, /) -> bytes:
        raise self.fault


@pytest.mark.parametrize("fault", [Exception("Invalid chunk size: 'ZZ'"), OSError(), TimeoutError()])
def test_a_broken_chunk_is_answered_400(client: FlaskClient, fault: Exception) -> None:
    answer = client.post(
        "/logga-in",
        content_type="application/x-www-form-urlencoded",
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input": Broken(fault), "wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
    )
    assert answer.status_code == 400


class Asked(io.BytesIO):
    """A body that remembers how much of it was asked for at a time, and may not be read at all."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.most = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.most = max(self.most, size if size is not None and size >= 0 else 10**9)
        return super().read(size)


def test_a_body_is_asked_for_in_pieces_and_comes_whole() -> None:
    source = Asked(bytes(range(256)) * 1000)
    body = MeasuredBody(source, None)
    first = body.read(65_536)
    assert first + body.read() == bytes(range(256)) * 1000
    assert source.most == len(first) == bodies.PIECE


def test_a_line_is_read_as_it_stands() -> None:
    body = MeasuredBody(io.BytesIO(b"ett\ntva"), None)
    assert [body.readline(), body.readline(2), body.readline(None), body.readline()] == [b"ett\n", b"tv", b"a", b""]


@pytest.mark.parametrize(("seconds", "patient"), [(19, True), (31, False)])
def test_the_least_rate_is_asked_only_after_the_patience(
    monkeypatch: pytest.MonkeyPatch, seconds: float, patient: bool
) -> None:
    now = [100.0]
    monkeypatch.setattr(clock, "monotonic", lambda: now[0])
    body = MeasuredBody(io.BytesIO(b"x" * 200_000), None)
    now[0] += 60  # waiting for a place is not the sender's slowness
    body.read(1)
    now[0] += seconds
    if patient:
        assert body.read(bodies.PIECE)
    else:
        with pytest.raises(RequestTimeout):
            body.read(bodies.PIECE)


def test_a_sender_who_never_fills_a_piece_is_shut_off_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE_SECONDS", 0.05)
    ours, theirs = socket.socketpair()
    with ours, theirs, ours.makefile("rb") as line:
        theirs.send(b"x")
        body = MeasuredBody(line, ours)
        with pytest.raises((RequestTimeout, ClientDisconnected)) as told:
            body.read()
        assert told.type is RequestTimeout
        ours.send(b"answer")
        assert theirs.recv(6) == b"answer"


def test_the_watch_ends_with_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE_SECONDS", 0.05)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        body = MeasuredBody(io.BytesIO(b"x"), ours)
        body.read(1)
        body.stop_watching()
        assert body._watch is not None
        body._watch.join(2)
        theirs.send(b"next")
        assert ours.recv(4) == b"next"


@pytest.mark.parametrize("slow", [True, False])
def test_a_look_that_has_begun_when_the_request_ends_is_the_last_and_leaves_the_line_to_the_next(
    monkeypatch: pytest.MonkeyPatch, slow: bool
) -> None:
    def meanwhile(body: MeasuredBody, perhaps: int) -> bool:
        if perhaps:  # it is the watch that looks
            body.stop_watching()
        return bool(perhaps) and slow

    monkeypatch.setattr(bodies, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(MeasuredBody, "_is_too_slow", meanwhile)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        body = MeasuredBody(io.BytesIO(b"x"), ours)
        body.read(1)
        watch = body._watch
        assert watch is not None
        watch.join(2)
        assert body._watch is watch and not watch.is_alive(), "nobody looks again"
        theirs.send(b"next")
        assert ours.recv(4) == b"next"


@pytest.mark.parametrize("length", [1, None])
def test_a_body_that_is_there_is_not_slow_however_long_its_answer_takes(
    monkeypatch: pytest.MonkeyPatch, length: int | None
) -> None:
    monkeypatch.setattr(bodies, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(MeasuredBody, "_is_too_slow", lambda _body, perhaps: bool(perhaps))
    ours, theirs = socket.socketpair()
    with ours, theirs:
        body = MeasuredBody(io.BytesIO(b"x"), ours, length)
        body.read(1)
        if length is None:  # chunked: told by its end
            body.read(1)
        assert body._watch is not None
        body._watch.join(2)
        theirs.send(b"next")
        assert ours.recv(4) == b"next"


@pytest.mark.parametrize(("seconds", "came", "to_go"), [(59, 1000, None), (60, 1000, 540), (60, 6000, None)])
def test_how_long_a_body_has_to_go_is_told_of_one_that_is_slow_and_has_come_for_long(
    monkeypatch: pytest.MonkeyPatch, seconds: float, came: int, to_go: float | None
) -> None:
    now = [100.0]
    monkeypatch.setattr(clock, "monotonic", lambda: now[0])
    body = MeasuredBody(io.BytesIO(b"x" * 10_000), None, 10_000)
    assert body.seconds_to_go(after=0, unless=100) is None, "nobody has asked for it yet"
    body.read(came)
    now[0] += seconds
    assert body.seconds_to_go(after=60, unless=100) == to_go


def test_a_body_of_unknown_length_has_the_most_to_go() -> None:
    body = MeasuredBody(io.BytesIO(b"x" * 10), None)
    body.read(1)
    assert body.seconds_to_go(after=0, unless=10**12) == float("inf")


def test_a_body_that_is_there_gives_no_place_up_and_one_that_is_not_is_told() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        whole = MeasuredBody(io.BytesIO(b"x"), ours, 1)
        whole.read()
        assert whole.seconds_to_go(after=0, unless=10**12) is None and not whole.give_up()
        theirs.send(b"next")
        assert ours.recv(4) == b"next"
        half = MeasuredBody(ours.makefile("rb"), ours, 2)
        theirs.send(b"x")
        half.read(1)
        assert half.give_up() and half.seconds_to_go(after=0, unless=10**12) is None
        with pytest.raises(RequestTimeout):
            half.read(1)


def _gate(application: Callable[..., Iterable[bytes]]) -> BodyGate:
    gate = BodyGate(application)
    gate.large, gate.small = Places(1, 0), Places(1, 0)
    return gate


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ({"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "300000"}, "large"),
        ({"REQUEST_METHOD": "POST", "HTTP_TRANSFER_ENCODING": "chunked"}, "large"),
        ({"REQUEST_METHOD": "PUT", "CONTENT_LENGTH": "300"}, "small"),
        ({"REQUEST_METHOD": "POST", "CONTENT_LENGTH": ""}, None),
        ({"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "²"}, None),
        ({"REQUEST_METHOD": "GET", "CONTENT_LENGTH": "300000"}, None),
    ],
)
def test_a_body_holds_one_place_of_its_size_until_it_is_answered(head: dict[str, Any], place: str | None) -> None:
    free: dict[str, bool] = {}

    def application(environ: Any, start: Any) -> Iterable[bytes]:
        for name in ("large", "small"):
            another = MeasuredBody(io.BytesIO(), None)
            free[name] = getattr(gate, name).take(another)
            if free[name]:
                getattr(gate, name).give_back(another)
        return [b"answer"]

    gate = _gate(application)
    gate({"wsgi.input": io.BytesIO(b""), **head}, lambda *_: None)
    assert free == {name: name != place for name in ("large", "small")}
    assert gate.large.take(MeasuredBody(io.BytesIO(), None))
    assert gate.small.take(MeasuredBody(io.BytesIO(), None))


def test_a_fault_gives_the_place_back() -> None:
    def application(environ: Any, start: Any) -> Iterable[bytes]:
        raise ValueError

    gate = _gate(application)
    for _ in range(2):
        with pytest.raises(ValueError):
            gate({"wsgi.input": io.BytesIO(b""), "REQUEST_METHOD": "POST", "CONTENT_LENGTH": "5"}, lambda *_: None)


def test_a_full_house_is_answered_before_anything_is_read(client: FlaskClient) -> None:
    answer = client.post(
        "/logga-in",
        content_type="application/x-www-form-urlencoded",
        environ_overrides={
            "wsgi.input": Broken(AssertionError("read")),
            "portal.no_place": True,
            "CONTENT_LENGTH": "9",
        },
    )
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "Vänta en halv minut" in answer.get_data(as_text=True)


@pytest.mark.parametrize("more", [{"CONTENT_LENGTH": "300000"}, {"HTTP_TRANSFER_ENCODING": "chunked"}])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_sent_along_with_a_question_is_read_by_nobody(method: str, more: dict[str, str]) -> None:
    """A view that looks for a form would wait for it as long as its sender likes."""
    came, read = io.BytesIO(b"x" * 300_000), list[bytes]()

    def application(environ: Any, start: Any) -> Iterable[bytes]:
        read.append(environ["wsgi.input"].read())
        assert environ["CONTENT_LENGTH"] == "0" and "HTTP_TRANSFER_ENCODING" not in environ
        return [b"answer"]

    _gate(application)({"wsgi.input": came, "REQUEST_METHOD": method, **more}, lambda *_: None)
    assert read == [b""] and came.tell() == 0
