"""The features whose pages make up the portal, from the lowest to the highest of the house."""

from flask import Blueprint

import portal.accounts.tasks
import portal.ads.tasks
import portal.applications.tasks
import portal.contracts.tasks
import portal.decisions.tasks
import portal.disclosure.tasks
import portal.documents.tasks
import portal.intake.tasks
import portal.interviews.tasks
import portal.letterbox.tasks
import portal.organisations.tasks
import portal.privacy.rights.tasks
import portal.privacy.tasks
import portal.protection.tasks
import portal.review.tasks  # noqa: F401
from portal.accounts.routes import accounts
from portal.ads.routes import ads
from portal.applications.routes import applications
from portal.contracts.routes import contracts
from portal.decisions.routes import decisions
from portal.demo.routes import demo
from portal.desk.routes import desk
from portal.disclosure.routes import disclosure
from portal.intake.routes import intake
from portal.interface.routes import interface
from portal.interviews.routes import interviews
from portal.letterbox.routes import letterbox
from portal.operations.routes import operations
from portal.organisations.routes import organisations
from portal.pages.routes import pages
from portal.posts.routes import posts
from portal.privacy.routes import privacy
from portal.protection.routes import protection
from portal.review.routes import review
from portal.web.health import health

BLUEPRINTS: tuple[Blueprint, ...] = (
    health,
    pages,
    accounts,
    organisations,
    posts,
    ads,
    interface,
    applications,
    review,
    letterbox,
    intake,
    protection,
    interviews,
    decisions,
    contracts,
    disclosure,
    privacy,
    desk,
    operations,
)
DEMO_BLUEPRINTS: tuple[Blueprint, ...] = (demo,)
