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

PAGE_PICTURE_POLICY = "sandbox; default-src 'none'"


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
