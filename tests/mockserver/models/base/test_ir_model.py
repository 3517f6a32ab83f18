"""Models, fields, selections and external ids as records."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.orm.environment import Environment


def test_every_model_of_the_catalogue_is_a_record(env: Environment) -> None:
    """Found by xmlid and by name, under the same id."""
    record = env["ir.model"].search([("model", "=", "res.partner")])
    assert record == env.ref("base.model_res_partner")
    assert (record.name, record.state, record.is_mail_thread) == ("Contact", "base", True)


def test_fields_are_records(env: Environment) -> None:
    """With what the catalogue knows of them (recorded in meta/ir-model-fields)."""
    fields = env["ir.model.fields"].search([("model", "=", "res.partner.category")])
    assert len(fields) == 13
    parent = fields.filtered(lambda field: field.name == "parent_id")
    assert (parent.ttype, parent.relation, parent.on_delete) == ("many2one", "res.partner.category", "cascade")
    assert env.ref("base.field_res_partner_category__parent_id") == parent


def test_selection_values_are_records(env: Environment) -> None:
    """In the order of the selection."""
    found = env["ir.model.fields.selection"].search([("field_id.model", "=", "sale.order")], order="sequence, id")
    values = found.filtered(lambda value: value.field_id.name == "state").mapped("value")
    assert values == ["draft", "sent", "sale", "cancel"]


@pytest.mark.parametrize(
    ("method", "answer"),
    [("get_field_string", "Category"), ("get_field_help", False)],
)
def test_labels_of_a_model(env: Environment, method: str, answer: object) -> None:
    """One entry per field."""
    assert getattr(env["ir.model.fields"], method)("res.partner.category")["parent_id"] == answer


def test_selection_pairs(env: Environment) -> None:
    """As lists of value and label."""
    assert env["ir.model.fields"].get_field_selection("res.partner", "type")[0] == ["contact", "Contact"]


def test_base_models_and_fields_stay(env: Environment) -> None:
    """What modules brought is not deleted (recorded in config/custom-model)."""
    for record in (env.ref("base.model_res_partner"), env.ref("base.field_res_partner__name")):
        with pytest.raises(UserError, match="contains module data and cannot be removed"):
            record.unlink()


def test_external_ids_of_clients(env: Environment) -> None:
    """Named, found, unique and gone with their record (recorded in meta/external-id)."""
    partner = env["res.partner"].create([{"name": "E1"}])
    values = {"module": "shop", "name": "e1", "model": "res.partner", "res_id": partner.id}
    data = env["ir.model.data"].create([values])
    assert (data.complete_name, data.display_name, data.reference) == ("shop.e1", "E1", f"res.partner,{partner.id}")
    assert env["ir.model.data"].check_object_reference("shop", "e1") == ("res.partner", partner.id)
    with pytest.raises(ValidationError, match="ir_model_data_module_name_uniq_index"):
        env["ir.model.data"].create([values])
    with pytest.raises(ValidationError, match="External IDs cannot contain spaces"):
        env["ir.model.data"].create([{**values, "name": "with space"}])


def test_noupdate_is_turned(env: Environment) -> None:
    """`toggle_noupdate` turns the flag of a record's external ids."""
    partner = env["res.partner"].create([{"name": "E1"}])
    data = env["ir.model.data"].create([{"name": "e1", "model": "res.partner", "res_id": partner.id}])
    env["ir.model.data"].toggle_noupdate("res.partner", partner.id)
    assert (data.noupdate, data.module) == (True, "")
