"""What a browser brings back is believed by HMAC-SHA-256 alone."""

import re
from hashlib import sha1, sha256
from typing import Any

import pytest
from flask import Flask
from flask.json.tag import TaggedJSONSerializer
from itsdangerous import BadSignature, URLSafeTimedSerializer

from tests.world import World


def cookies(app: Flask, digest: Any) -> URLSafeTimedSerializer:
    """Signs as Flask signs its cookie, by this digest."""
    return URLSafeTimedSerializer(
        str(app.secret_key), salt="cookie-session", serializer=TaggedJSONSerializer(),
        signer_kwargs={"key_derivation": "hmac", "digest_method": digest},
    )  # fmt: skip


def tokens(app: Flask, digest: Any) -> URLSafeTimedSerializer:
    """Signs as Flask-WTF signs a form's token, by this digest."""
    return URLSafeTimedSerializer(
        str(app.secret_key), salt="wtf-csrf-token", signer_kwargs={"digest_method": digest}
    )  # fmt: skip


def test_a_log_ins_cookie_is_signed_by_sha_256_and_one_signed_as_before_opens_nothing(world: World) -> None:
    browser = world.browser(world.kansli)
    held = browser.get_cookie("portal")
    assert held is not None
    assert browser.get("/arbete").status_code == 200
    with pytest.raises(BadSignature):
        cookies(world.app, sha1).loads(held.value)
    said = cookies(world.app, sha256).loads(held.value)
    assert "log_in" in said
    browser.set_cookie("portal", cookies(world.app, sha1).dumps(said))
    assert browser.get("/arbete").status_code == 303
    browser.set_cookie("portal", cookies(world.app, sha256).dumps(said))
    assert browser.get("/arbete").status_code == 200


def test_a_forms_token_is_signed_by_sha_256_and_one_signed_as_before_does_nothing(world: World) -> None:
    browser = world.browser(world.kansli)
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)', browser.get("/arbete").get_data(as_text=True))
    assert found is not None
    with pytest.raises(BadSignature):
        tokens(world.app, sha1).loads(found[1])
    said = tokens(world.app, sha256).loads(found[1])
    former = tokens(world.app, sha1).dumps(said)
    assert browser.post("/logga-ut", data={"csrf_token": former}).status_code == 400
    assert browser.get("/arbete").status_code == 200
    assert browser.post("/logga-ut", data={"csrf_token": tokens(world.app, sha256).dumps(said)}).status_code == 303
