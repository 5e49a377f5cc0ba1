"""Every route has a guard and a line in the table; every person gets exactly what the table says, and changes nothing."""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, select
from werkzeug.routing import Rule

from portal.config import Settings
from portal.db import Base, db
from portal.accounts.models import LoginSession, Person
from portal.links.models import Purpose
from tests.permission_table import LOGGED_IN, NOBODY_LOGGED_IN, PERSONS, TABLE, Line
from tests.stage import Side, picture_of, set_stage
from tests.world import World


Clock = Callable[[str], datetime]
Values = dict[str, Any]


def places(side: Side) -> dict[str, Values]:
    """Values of the parameters, by the name of the place in the table."""
    closed, done = side.closed, side.done
    first, second, third = closed.sent
    hired, other = side.sent_done
    at = {"ad_id": closed.ad.id}

    def sent(one: Any, **more: Any) -> Values:
        return {**at, "application_id": one.id, "document_id": one.document, "number": 1, **more}

    return {
        "none": {},
        "draft": {"ad_id": side.draft},
        "open": {"ad_id": side.open.id, "reference": side.open.reference},
        "closed": {"ad_id": closed.ad.id, "reference": closed.ad.reference},
        "done": {"ad_id": done.id},
        "conflicted": sent(first, criterion_id=closed.ad.criteria[0]),
        "clear": sent(second, criterion_id=closed.ad.criteria[0]),
        "hired": {"ad_id": done.id, "application_id": hired.id},
        "not_hired": {"ad_id": done.id, "application_id": other.id},
        "mixed": sent(hired, criterion_id=closed.ad.criteria[0]),
        "employment": {"employment_id": side.employment},
    }
