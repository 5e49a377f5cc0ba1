"""The features whose pages make up the portal, from the lowest to the highest of the house."""

from flask import Blueprint

from portal.web.health import health

BLUEPRINTS: tuple[Blueprint, ...] = (health,)
