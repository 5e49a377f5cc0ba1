"""/arbete/regler: the own authority's rules for political secretaries, each with its source."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from portal.organisations.access import may_read_rules
from portal.organisations.models import Authority
from portal.organisations.routes.blueprint import organisations
from portal.profiles.faults import BadProfile
from portal.profiles.rulebook import parts_of, to_fill
from portal.profiles.shelf import profile_called
from portal.web.guards import staff


@organisations.get("/arbete/regler")
@staff(may_read_rules)
def rules() -> ResponseReturnValue:
    """What is known of the rules, from where, what is unknown, and what a person must fill in."""
    party = g.membership.party
    authority: Authority = party.authority if party else g.membership.authority
    profile, unreadable = None, False
    try:
        profile = profile_called(authority.rules_called)
    except BadProfile:
        unreadable = True
    page = {
        "authority": authority,
        "profile": profile,
        "unreadable": unreadable,
        "parts": parts_of(profile) if profile else (),
        "to_fill": to_fill(profile, authority.kind),
    }
    return render_template("organisations/rules.html", **page)
