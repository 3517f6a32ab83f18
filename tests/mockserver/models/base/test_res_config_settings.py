"""Settings that are read, changed and executed over the API."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.errors import AccessError, NotSimulated
from fauxdoo.mockserver.local import LocalEnvironment


@pytest.fixture
def env(odoo: FakeOdoo) -> LocalEnvironment:
    """Every call is a transaction of its own."""
    return odoo.env


@pytest.mark.parametrize(
    ("field", "group"),
    [
        ("group_uom", "uom.group_uom"),
        ("group_product_variant", "product.group_product_variant"),
        ("group_stock_multi_locations", "stock.group_stock_multi_locations"),
        ("group_stock_adv_location", "stock.group_adv_location"),
        ("group_multi_currency", "base.group_multi_currency"),
        ("group_sale_delivery_address", "account.group_delivery_invoice_address"),
    ],
)
def test_everybody_gets_a_group_and_loses_it(env: LocalEnvironment, field: str, group: str) -> None:
    before = env["res.config.settings"].default_get([field])[field]
    for wanted in (not before, before):
        settings = env["res.config.settings"].create({field: wanted})
        assert env.user.has_group(group) is not wanted
        assert settings.execute() == {"type": "ir.actions.client", "tag": "reload"}
        assert env.user.has_group(group) is wanted
        assert env["res.config.settings"].default_get([field]) == {field: wanted}


def test_every_group_that_is_known_has_one(env: LocalEnvironment) -> None:
    """No field of this kind is left without a group to give."""
    fields = [name for name in env["res.config.settings"].fields_get() if name.startswith("group_")]
    assert sorted(env["res.config.settings"].default_get(fields)) == sorted(fields)


def test_what_is_left_alone_stays(env: LocalEnvironment) -> None:
    """Settings that are opened and executed change nothing."""
    groups = env.ref("base.group_user").implied_ids.ids
    env["res.config.settings"].create({}).execute()
    assert env.ref("base.group_user").implied_ids.ids == groups
    assert not env["ir.default"].search([("field_id.name", "=", "invoice_policy")])


def test_defaults_and_parameters(env: LocalEnvironment) -> None:
    """Those of new records, and of the system."""
    settings = env["res.config.settings"].create({"default_invoice_policy": "delivery", "automatic_invoice": True})
    settings.execute()
    assert env["product.template"].default_get(["invoice_policy"]) == {"invoice_policy": "delivery"}
    assert env["ir.config_parameter"].get_param("sale.automatic_invoice") == "True"
    now = env["res.config.settings"].default_get(["default_invoice_policy", "automatic_invoice"])
    assert now == {"default_invoice_policy": "delivery", "automatic_invoice": True}
    env["res.config.settings"].create({"automatic_invoice": False}).execute()
    assert env["ir.config_parameter"].get_param("sale.automatic_invoice") is False


def test_settings_of_the_company_are_written_to_it(env: LocalEnvironment) -> None:
    env["res.config.settings"].create({"quotation_validity_days": 12})
    assert env.company.quotation_validity_days == 12


def test_apps_do_not_come_and_go(env: LocalEnvironment) -> None:
    settings = env["res.config.settings"]
    assert settings.default_get(["module_sale_loyalty", "module_stock_landed_costs"]) == {
        "module_sale_loyalty": False,
        "module_stock_landed_costs": False,
    }
    with pytest.raises(NotSimulated, match="button_immediate_install"):
        settings.create({"module_sale_loyalty": True, "group_uom": True}).execute()
    assert not env.user.has_group("uom.group_uom")


def test_only_administrators_change_settings(odoo: FakeOdoo, env: LocalEnvironment) -> None:
    env["res.users"].create({"name": "Eve", "login": "eve", "group_ids": [(6, 0, [env.ref("base.group_user").id])]})
    with pytest.raises(AccessError):
        odoo.as_user("eve")["res.config.settings"].create({"group_uom": True})
