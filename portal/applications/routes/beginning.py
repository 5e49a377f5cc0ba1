"""The draft is begun: once for each page one that is shown, however often its button is pressed."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from portal import scope
from portal.ads.models import PublishedAd
from portal.applications.forms import DetailsForm
from portal.applications.models import Application
from portal.applications.routes.opened import opened_at
from portal.applications.services.drafting import begin_draft, key_of_form
from portal.db import db, unit_of_work
from portal.links.models import Purpose
from portal.links.services import token_made_just_now, was_made
from portal.vault.services import the_vault
from portal.web.language import language
from portal.web.one_press import id_made_by

Write = Callable[[Application], None]


def begin(ad: PublishedAd, form: DetailsForm, at: datetime, write: Write) -> str:
    """The token of the draft that this page makes; ``write`` puts in what it says, in the same unit of work.

    A second press, before the browser has the first one's cookie, comes to the draft that the first has made. Later, or with
    other words, or once somebody has come by the mailed link, the page makes another: whoever finds it open on a borrowed
    computer comes into nobody's draft.
    """
    own = id_made_by(f"{form.form_id.data}\0{json.dumps(form.texts(), sort_keys=True)}", ad.ad_id)
    made = partial(token_made_just_now, db.session, purpose=Purpose.DRAFT, subject_id=own, at=at)
    if (token := made()) is not None:
        return token
    id = uuid4() if _is_used(own) else own
    scope.act_for(db.session, scope.candidate(id))
    try:
        return _begin(ad, id, at, opened_at(ad, form.opened.data, at), write)
    except IntegrityError:  # the other press came at the same moment
        if (token := made()) is None:
            raise
        return token


def _is_used(id: UUID) -> bool:
    """Whether there is, or was, an application of this id: the key of one that is erased is never made anew."""
    linked = was_made(db.session, purpose=Purpose.DRAFT, subject_id=id)
    return linked or bool(the_vault().key_store.destroyed([id]))


def _begin(ad: PublishedAd, id: UUID, at: datetime, opened: datetime, write: Write) -> str:
    key = key_of_form(ad, id, at=at)
    with unit_of_work() as session:
        made, token = begin_draft(session, ad=ad, key=key, language=language(), at=at, opened_at=opened)
        write(made)
    return token
