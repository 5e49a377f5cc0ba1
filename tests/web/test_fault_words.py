"""What is said of a fault leads on to where the reader came from, by the address alone."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from portal.web.fault_words import fault_page, way_on


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/arbete", ("/arbete", "Till Att göra")),
        ("/arbete/rekryteringar/x/lamna-in", ("/arbete", "Till Att göra")),
        ("/arbetet", ("/", "Till lediga tjänster")),
        ("/drift", ("/drift", "Till driften")),
        ("/annonser/abc/ansok", ("/", "Till lediga tjänster")),
    ],
)
def test_the_way_on_is_the_start_page_of_whoever_asks_there(app: Flask, path: str, expected: tuple[str, str]) -> None:
    with app.test_request_context(path):
        assert way_on() == expected
        assert f'<a href="{expected[0]}">{expected[1]}</a>' in fault_page(500)


@pytest.mark.parametrize("files", [False, True])
def test_too_long_a_text_is_told_as_a_text_and_too_large_a_file_as_a_file(client: FlaskClient, files: bool) -> None:
    sent = {"text": "å" * 9_000_000}
    answer = client.post("/logga-in", data={**sent, "file": (BytesIO(b"x"), "x.pdf")} if files else sent)
    assert answer.status_code == 413
    page = answer.get_data(as_text=True)
    assert ("Texten var för lång" in page, "välj en mindre fil" in page) == (not files, files)


def test_outside_a_request_it_is_the_public_one(app: Flask) -> None:
    with app.app_context():
        assert way_on()[0] == "/"


def test_whoever_asks_by_a_name_that_is_not_the_portals_is_told_so_and_the_log_says_it_once(
    app: Flask, client: FlaskClient
) -> None:
    app.config["TRUSTED_HOSTS"] = ["localhost"]
    wrong = {"Host": "127.0.0.1:8000"}
    with capture_logs() as lines:
        for path in ("/healthz", "/", "/api/annonser"):
            answer = client.get(path, headers=wrong)
            page = answer.get_data(as_text=True)
            assert answer.status_code == 400
            assert "Portalen har en annan adress" in page and "gått ut" not in page, path
    told = [line for line in lines if line["event"] == "host_not_known"]
    assert [line["reason"] for line in told] == ["PORTAL_TRUSTED_HOSTS"]
    assert "127.0.0.1" not in str(lines)
