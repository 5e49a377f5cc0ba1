"""The same security headers on every answer: no foreign script, no frame, no referrer, nothing kept by default."""

from flask import Flask, Response
from secure import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    CrossOriginResourcePolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)
from werkzeug.wrappers import Response as BaseResponse

FOREIGN_FILE_POLICY = "sandbox; default-src 'none'"


def picture_of_page(content: bytes) -> Response:
    """The answer with the picture of a page: made of a stranger's file, so a browser may do nothing else with it."""
    return shut(Response(content, mimetype="image/png"))


def shut(response: Response) -> Response:
    """Let a browser do nothing with what comes from a stranger's file but show or save it, and keep no copy."""
    response.headers["Content-Security-Policy"] = FOREIGN_FILE_POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


def forget_here(response: BaseResponse) -> BaseResponse:
    """Tell the browser to forget what it keeps of ours: whoever sits there next has no page to go back to."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def init_headers(app: Flask, *, https: bool) -> None:
    """Set the headers after each request. A view that has set its own Cache-Control or policy keeps it."""
    policy = (
        ContentSecurityPolicy()
        .default_src("'none'")
        .script_src("'self'")
        .style_src("'self'")
        .img_src("'self'")
        .connect_src("'self'")
        .form_action("'self'")
        .base_uri("'none'")
        .frame_ancestors("'none'")
    )
    always = Secure(
        csp=policy,
        coop=CrossOriginOpenerPolicy().same_origin(),
        corp=CrossOriginResourcePolicy().same_origin(),
        referrer=ReferrerPolicy().no_referrer(),
        permissions=PermissionsPolicy().camera().geolocation().microphone(),
        hsts=StrictTransportSecurity().max_age(31_536_000).include_subdomains() if https else None,
        xcto=XContentTypeOptions().nosniff(),
        xfo=XFrameOptions().deny(),
    )

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in always.header_items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
