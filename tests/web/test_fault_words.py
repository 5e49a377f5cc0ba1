"""What is said of a fault leads on to where the reader came from, by the address alone."""

import pytest
from flask import Flask

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


def test_outside_a_request_it_is_the_public_one(app: Flask) -> None:
    with app.app_context():
        assert way_on()[0] == "/"
