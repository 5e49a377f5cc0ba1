"""A form that is shown has an id of its own; what it makes has one that follows from that, and from nothing else."""

from uuid import UUID, uuid4

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from portal.web.one_press import FormIdField, id_made_by

HERE, THERE = UUID(int=1), UUID(int=2)


class Sent(Form):
    """Nothing but the id."""

    form_id = FormIdField()


def carried(**data: str) -> str:
    """What the form has after it was sent with this."""
    return str(Sent(MultiDict(data)).form_id.data)


def test_the_same_form_makes_the_same_id_in_one_place_and_another_elsewhere() -> None:
    form_id = str(uuid4())
    assert id_made_by(form_id, HERE) == id_made_by(form_id, HERE)
    assert len({id_made_by(form_id, HERE), id_made_by(form_id, THERE), id_made_by(str(uuid4()), HERE)}) == 3
    assert id_made_by(str(HERE), HERE) not in (HERE, THERE), "an id that is sent is never the id that is made"


def test_an_id_is_carried_along_and_each_form_that_is_shown_has_a_new_one() -> None:
    form_id = str(uuid4())
    assert carried(form_id=form_id) == form_id
    assert Sent().form_id.data != Sent().form_id.data


@pytest.mark.parametrize("data", [{}, {"form_id": ""}, {"form_id": "x"}, {"form_id": "\0" * 36}])
def test_what_is_no_id_makes_nothing_that_anybody_else_could_make(data: dict[str, str]) -> None:
    first, second = carried(**data), carried(**data)
    assert first != second and UUID(first) and UUID(second)


def test_a_form_whose_deed_is_over_has_another_id() -> None:
    form = Sent()
    before = form.form_id.data
    form.form_id.renew()
    assert form.form_id.data != before
