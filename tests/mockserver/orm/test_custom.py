"""Models and fields that users add."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError, ValidationError
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


def _field(env: Environment, name: str, ttype: str, **values: object) -> Any:
    about = {"model_id": env["ir.model"]._id_of(CATEGORY), "name": name, "field_description": "Label", "ttype": ttype}
    return env["ir.model.fields"].create([{**about, **values}])


class TestSelections:
    """Values to choose from are records."""

    def test_they_can_be_chosen(self, env: Environment) -> None:
        """Given as lines or as a text, in their order; others are refused."""
        lines = [(0, 0, {"value": value, "name": value.upper(), "sequence": place}) for place, value in enumerate("ba")]
        _field(env, "x_lines", "selection", selection_ids=lines)
        _field(env, "x_text", "selection", selection="[('k', 'Key')]")
        described = env[CATEGORY].fields_get(["x_lines", "x_text"], ["selection"])
        assert described["x_lines"]["selection"] == [["b", "B"], ["a", "A"]]
        assert described["x_text"]["selection"] == [["k", "Key"]]
        assert env[CATEGORY].create([{"name": "C", "x_lines": "a"}]).x_lines == "a"
        with pytest.raises(ValueError, match="Wrong value for res.partner.category.x_lines: 'z'"):
            env[CATEGORY].create([{"name": "C", "x_lines": "z"}])

    def test_they_come_and_go(self, env: Environment) -> None:
        """Records follow a value that is renamed, and lose one that is deleted."""
        field = _field(env, "x_kind", "selection", selection="[('a', 'A'), ('b', 'B')]")
        tags = env[CATEGORY].create([{"name": "A", "x_kind": "a"}, {"name": "B", "x_kind": "b"}])
        first, second = field.selection_ids
        first.value = "c"
        second.unlink()
        assert tags.mapped("x_kind") == ["c", False]
        assert field.selection == "[('c', 'A')]"

    def test_those_of_modules_stay(self, env: Environment) -> None:
        """Nobody adds to them or takes from them."""
        field = env.ref("base.field_res_partner__type")
        with pytest.raises(UserError, match="Properties of base fields cannot be altered"):
            env["ir.model.fields.selection"].create([{"field_id": field.id, "value": "x", "name": "X"}])
        with pytest.raises(UserError, match="Properties of base fields cannot be altered"):
            field.selection_ids[:1].unlink()


class TestFollowingFields:
    """Fields that follow others."""

    def test_a_related_field(self, env: Environment) -> None:
        """It shows what stands at the end of its path, of the same type."""
        _field(env, "x_above", "char", related="parent_id.name", store=False, readonly=True)
        parent = env[CATEGORY].create([{"name": "Above"}])
        assert env[CATEGORY].create([{"name": "C", "parent_id": parent.id}]).x_above == "Above"
        with pytest.raises(ValidationError, match="does not have type “integer”"):
            _field(env, "x_number", "integer", related="parent_id.name")
        with pytest.raises(UserError, match="Unknown field name “nope” in related field"):
            _field(env, "x_nothing", "char", related="nope.name")

    def test_a_computed_field(self, env: Environment) -> None:
        """Its code knows the records; a stored one follows what it depends on, for records there are too."""
        tag = env[CATEGORY].create([{"name": "four"}])
        code = "for record in self: record['x_length'] = len(record.name or '')"
        _field(env, "x_length", "integer", compute=code, depends="name", readonly=True)
        tag = env[CATEGORY].browse(tag.id)  # of the model as it is now
        assert tag.x_length == 4
        tag.name = "seven"
        assert env[CATEGORY].search([("x_length", "=", 5)]) == tag
        with pytest.raises(UserError, match="Unknown field “nope” in dependency “nope”"):
            _field(env, "x_wrong", "integer", compute=code, depends="nope")


class TestChanges:
    """What may become of a field."""

    def test_a_new_name_keeps_the_values(self, env: Environment) -> None:
        """And a new label is shown at once."""
        field = _field(env, "x_old", "char")
        tag = env[CATEGORY].create([{"name": "C", "x_old": "kept"}])
        field.write({"name": "x_new", "field_description": "New"})
        assert env[CATEGORY].browse(tag.id).read(["x_new"]) == [{"id": tag.id, "x_new": "kept"}]
        assert env[CATEGORY].fields_get(["x_new", "x_old"], ["string"]) == {"x_new": {"string": "New"}}

    @pytest.mark.parametrize(
        ("values", "message"),
        [({"ttype": "text"}, "Changing the type of a field"), ({"model_id": 1}, "Changing the model of a field")],
    )
    def test_what_a_field_is_stays(self, env: Environment, values: dict[str, object], message: str) -> None:
        """Type and model."""
        with pytest.raises(UserError, match=message):
            _field(env, "x_kept", "char").write(values)

    def test_fields_of_modules_stay(self, env: Environment) -> None:
        """But for their labels."""
        field = env.ref("base.field_res_partner_category__name")
        with pytest.raises(UserError, match="Properties of base fields cannot be altered"):
            field.write({"required": False})
        field.write({"field_description": "Tag"})


class TestLinks:
    """Fields that lead to records."""

    def test_many2many_and_back(self, env: Environment) -> None:
        """Without a table of links it is named as Odoo names it."""
        _field(env, "x_countries", "many2many", relation="res.country")
        belgium = env.ref("base.be")
        tag = env[CATEGORY].create([{"name": "C", "x_countries": [(6, 0, belgium.ids)]}])
        assert env[CATEGORY].search([("x_countries.code", "=", "BE")]) == tag
        assert env[CATEGORY]._fields["x_countries"].relation == "x_res_country_res_partner_category_rel"

    def test_one2many_needs_its_other_side(self, env: Environment) -> None:
        """A link back that exists."""
        with pytest.raises(UserError, match="Many2one x_tag on model res.country does not exist!"):
            _field(env, "x_none", "one2many", relation="res.country", relation_field="x_tag")
        model = env["ir.model"]._id_of("res.country")
        back = {"model_id": model, "name": "x_tag", "ttype": "many2one", "relation": CATEGORY}
        env["ir.model.fields"].create([{**back, "field_description": "Tag"}])
        _field(env, "x_lines", "one2many", relation="res.country", relation_field="x_tag")
        tag = env[CATEGORY].create([{"name": "C"}])
        env.ref("base.be").write({"x_tag": tag.id})
        tag = env[CATEGORY].browse(tag.id)
        assert tag.x_lines == env.ref("base.be")

    def test_a_relation_leads_to_a_model(self, env: Environment) -> None:
        """That exists."""
        with pytest.raises(UserError, match="Model no.model does not exist!"):
            _field(env, "x_nowhere", "many2one", relation="no.model")


def test_a_model_may_come_with_its_fields(env: Environment) -> None:
    """Then it has those, and no name unless they say so; its order is by what is stored."""
    lines = [(0, 0, {"name": "x_number", "ttype": "integer", "field_description": "Number"})]
    model = env["ir.model"].create([{"name": "Counted", "model": "x_counted", "field_id": lines}])
    assert "x_name" not in env["x_counted"]._fields
    env["x_counted"].create([{"x_number": number} for number in (1, 3, 2)])
    model.order = "x_number desc"
    assert env["x_counted"].search([]).mapped("x_number") == [3, 2, 1]
    with pytest.raises(ValidationError, match="Unable to order by nope"):
        model.order = "nope"
    with pytest.raises(UserError, match="Field Model cannot be modified on models."):
        model.write({"model": "x_other"})
