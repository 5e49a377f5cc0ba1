"""What an answer says of itself: its kind, the coding of its text, and who may read it."""

import pytest
from flask.testing import FlaskClient

KINDS = {
    "/": "text/html; charset=utf-8",
    "/logga-in": "text/html; charset=utf-8",
    "/finns/inte": "text/html; charset=utf-8",
    "/annonser.atom": "application/atom+xml; charset=utf-8",
    "/sitemap.xml": "application/xml; charset=utf-8",
    "/robots.txt": "text/plain; charset=utf-8",
    "/.well-known/security.txt": "text/plain; charset=utf-8",
    "/api/v1/ads": "application/json; charset=utf-8",
    "/api/v1/ads/finns-inte": "application/problem+json",
}


@pytest.mark.parametrize(("path", "kind"), KINDS.items())
def test_each_kind_of_answer_says_what_it_is(client: FlaskClient, path: str, kind: str) -> None:
    assert client.get(path).headers.getlist("Content-Type") == [kind]


@pytest.mark.parametrize("path", ["/", "/logga-in", "/api/v1/ads"])
def test_no_other_origin_may_read(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Origin": "https://ond.example"})
    assert [name for name, _ in answer.headers if name.startswith("Access-Control")] == []
