"""Page pictures for their own candidate, by the draft's cookie or by the private link. Never anybody else's."""

from uuid import UUID

from flask import Response, abort

from portal.ads.models import PublishedAd
from portal.applications.models import Application
from portal.applications.routes.blueprint import applications
from portal.applications.routes.guards import of_ad, of_link
from portal.applications.services.drafting import key_of
from portal.db import db
from portal.documents.models import PagePicture
from portal.links.models import Purpose
from portal.vault.blobs import BlobGone
from portal.vault.keystore import KeyGone
from portal.web.headers import picture_of_page


@applications.get("/annonser/<reference>/ansok/sida/<uuid:picture_id>")
@of_ad
def draft_picture(ad: PublishedAd, application: Application | None, picture_id: UUID) -> Response:
    """A page of the draft's, or of what was just sent."""
    return _picture(application, picture_id)


@applications.get("/ansokan/<token>/sida/<uuid:picture_id>")
@of_link(Purpose.APPLICATION)
def private_picture(application: Application, token: str, picture_id: UUID) -> Response:
    """A page of what was sent."""
    return _picture(application, picture_id)


def _picture(application: Application | None, picture_id: UUID) -> Response:
    row = db.session.get(PagePicture, picture_id) if application is not None else None
    if application is None or row is None or row.application_id != application.id:
        abort(404)
    try:
        content = key_of(application).open_document("page", row.blob)
    except (KeyGone, BlobGone):
        abort(404)
    return picture_of_page(content)
