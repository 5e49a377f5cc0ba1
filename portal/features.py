"""The features whose pages make up the portal, from the lowest to the highest of the house."""

from flask import Blueprint

from portal.demo.routes import demo
from portal.web.health import health

BLUEPRINTS: tuple[Blueprint, ...] = (
    health,
)
DEMO_BLUEPRINTS: tuple[Blueprint, ...] = (demo,)
