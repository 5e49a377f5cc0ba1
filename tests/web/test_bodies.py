"""A body that breaks off on its way in is the sender's fault, never ours."""

import io

import pytest
from flask.testing import FlaskClient


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
