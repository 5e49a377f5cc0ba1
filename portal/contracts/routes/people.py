"""Whom somebody may stand in for, as a form offers them."""

from sqlalchemy.orm import Session

from portal.contracts.queries import Employed, employments_of
from portal.web.forms import SelectChoice


def others_as_choices(session: Session, one: Employed) -> list[SelectChoice]:
    """Everybody in the register but the one who stands in, and first that it is nobody of them."""
    others = [each for each in employments_of(session) if each.row.id != one.row.id]
    people = [SelectChoice(str(each.row.id), f"{each.name}, {each.title}") for each in others]
    return [SelectChoice("", "Ingen som är registrerad här"), *people]
