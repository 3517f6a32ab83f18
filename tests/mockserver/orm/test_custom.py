"""Models and fields that users add."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.fake import FakeOdoo
from fauxdoo.mockserver.orm.environment import Environment

CATEGORY = "res.partner.category"


def _add_field(env: Environment, name: str = "x_note", ttype: str = "char") -> Environment:
    model = env["ir.model"].search([("model", "=", CATEGORY)])
    env["ir.model.fields"].create(
        [{"model_id": model.id, "name": name, "ttype": ttype, "field_description": "Note", "state": "manual"}]
    )
    return env


def test_a_field_is_there_at_once_and_until_it_is_deleted(env: Environment) -> None:
    """Described, written, searched (recorded in config/custom-field)."""
    _add_field(env)
    assert env[CATEGORY].fields_get(["x_note"], ["string", "type"]) == {"x_note": {"string": "Note", "type": "char"}}
    made = env[CATEGORY].create([{"name": "Noted", "x_note": "Hello"}])
    assert env[CATEGORY].search([("x_note", "ilike", "hell")]) == made
    env["ir.model.fields"].search([("name", "=", "x_note")]).unlink()
    assert env[CATEGORY].fields_get(["x_note"]) == {}
    assert made.exists().name == "Noted"


def test_names_of_fields_are_their_own(env: Environment) -> None:
    """They begin with x_."""
    with pytest.raises(ValidationError):
        _add_field(env, "note")


def test_a_field_goes_with_its_transaction_and_with_a_reset() -> None:
    """Rolled back, kept, reset."""
    database = FakeOdoo(dialect="odoo").databases["odoo"]

    def known() -> bool:
        with database.transaction(1) as env:
            return "x_note" in env[CATEGORY]._fields

    with pytest.raises(ZeroDivisionError), database.transaction(1) as env:
        _add_field(env)
        raise ZeroDivisionError
    assert not known()
    with database.transaction(1) as env:
        _add_field(env)
    assert known()
    database.reset()
    assert not known()


def test_a_model_works_like_any_other(env: Environment) -> None:
    """With x_name, until it is deleted with its records (recorded in config/custom-model)."""
    model = env["ir.model"].create([{"name": "Things", "model": "x_things", "state": "manual"}])
    thing = env["x_things"].create([{"x_name": "One"}])
    assert thing.display_name == "One"
    assert env["x_things"].search_count([]) == 1
    model.unlink()
    assert "x_things" not in env
