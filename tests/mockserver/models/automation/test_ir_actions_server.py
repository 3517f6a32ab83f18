"""Server actions: what they are called, what they write, what they make, and what is wrong with them."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import OdooError, ValidationError


@pytest.fixture
def partner(env: Any) -> Any:
    """A contact."""
    return env["res.partner"].create([{"name": "P"}])


def _action(env: Any, state: str, model: str = "res.partner", **values: Any) -> Any:
    return env["ir.actions.server"].create([{"model_id": env["ir.model"]._id_of(model), "state": state, **values}])


def _run(action: Any, records: Any) -> Any:
    about = {"active_model": records._name, "active_id": records.ids[0], "active_ids": records.ids}
    return action.with_context(**about).run()


@pytest.mark.parametrize(
    ("state", "values", "name"),
    [
        ("code", {}, "Execute Code"),
        ("webhook", {}, "Send Webhook Notification"),
        ("object_write", {"update_path": "parent_id.city", "value": "x"}, "Update Contact"),
        ("object_write", {"update_path": "country_id.code", "value": "x"}, "Update Country"),
        ("object_create", {"value": "x"}, "Create Contact"),
        ("object_copy", {}, "Duplicate ..."),
        ("followers", {}, "Add Followers"),
    ],
)
def test_an_action_without_a_name_gets_one(env: Any, state: str, values: dict[str, Any], name: str) -> None:
    """It says what the action does."""
    assert _action(env, state, **values).name == name


@pytest.mark.parametrize(
    ("path", "values", "written"),
    [
        ("city", {"value": "Ghent"}, "Ghent"),
        ("color", {"value": "7"}, 7),
        ("credit_limit", {"value": "1.5"}, 1.5),
        ("is_company", {"update_boolean_value": "true"}, True),
        ("ref", {"evaluation_type": "equation", "value": "record.name * 2"}, "PP"),
    ],
)
def test_a_value_is_written_by_its_kind(
    env: Any, partner: Any, path: str, values: dict[str, Any], written: object
) -> None:
    """Texts become what the field holds."""
    assert _run(_action(env, "object_write", update_path=path, **values), partner) is False
    assert partner[path] == written


def test_every_active_record_is_written(env: Any) -> None:
    """One after the other, each with its own value."""
    partners = env["res.partner"].create([{"name": "A"}, {"name": "B"}])
    _run(_action(env, "object_write", update_path="ref", evaluation_type="equation", value="record.name"), partners)
    assert partners.mapped("ref") == ["A", "B"]


def test_a_record_is_chosen(env: Any, partner: Any) -> None:
    """The value is its id."""
    action = _action(env, "object_write", update_path="country_id", resource_ref=f"res.country,{env.ref('base.be').id}")
    assert (action.value, action.value_field_to_show) == (str(env.ref("base.be").id), "resource_ref")
    _run(action, partner)
    assert partner.country_id == env.ref("base.be")


def test_a_sequence_gives_the_value(env: Any, partner: Any) -> None:
    """Only texts may be numbered."""
    sequence = env["ir.sequence"].create([{"name": "S", "prefix": "Q"}])
    given = {"evaluation_type": "sequence", "sequence_id": sequence.id}
    _run(_action(env, "object_write", update_path="ref", **given), partner)
    assert partner.ref == "Q1"
    with pytest.raises(OdooError, match="has one or more warnings"):
        _run(_action(env, "object_write", update_path="color", **given), partner)


def test_what_is_made_may_be_linked(env: Any, partner: Any) -> None:
    """The model to make one of can be another one."""
    given = {"crud_model_id": env["ir.model"]._id_of("res.partner.category"), "value": "Made"}
    link = env["ir.model.fields"]._id_of("res.partner", "category_id")
    _run(_action(env, "object_create", **given, link_field_id=link), partner)
    assert partner.category_id.mapped("name") == ["Made"]


def test_a_path_leads_through_relations(env: Any) -> None:
    """Anything else has to be its end."""
    with pytest.raises(ValidationError, match=r"contains a non-relational field \(City\)"):
        _action(env, "object_write", update_path="city.name", value="x")
    with pytest.raises(KeyError, match="nope"):
        _action(env, "object_write", update_path="nope", value="x")


def test_followers_come_and_go(env: Any, partner: Any) -> None:
    """Those the action names."""
    other = env["res.partner"].create([{"name": "F"}])
    _run(_action(env, "followers", partner_ids=[(6, 0, other.ids)]), partner)
    assert other in partner.message_partner_ids
    _run(_action(env, "remove_followers", partner_ids=[(6, 0, other.ids)]), partner)
    assert other not in partner.message_partner_ids


def test_an_activity_is_planned(env: Any, partner: Any) -> None:
    """With the action's summary, as many days from now as it says."""
    given = {"activity_type_id": env.ref("mail.mail_activity_data_todo").id, "activity_summary": "Call"}
    _run(_action(env, "next_activity", **given, activity_date_deadline_range=2), partner)
    (activity,) = partner.activity_ids
    assert (activity.summary, (activity.date_deadline - env.clock.today()).days) == ("Call", 2)


def test_a_model_without_messages_has_no_followers(env: Any) -> None:
    """The action says so, and does not run."""
    action = _action(env, "followers", "ir.config_parameter")
    assert action.warning == "This action can only be done on a mail thread models"


def test_children_are_of_the_parents_model(env: Any) -> None:
    """Whatever they were given."""
    parent = _action(env, "multi")
    child = _action(env, "code", "res.users", parent_id=parent.id)
    assert child.model_id == parent.model_id
