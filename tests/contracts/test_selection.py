"""The catalogue with some modules only."""

import pytest

from fauxdoo.contracts import Catalogue, UnknownModule, selected
from fauxdoo.contracts.selection import closure

full = Catalogue.odoo_19()


@pytest.mark.parametrize(
    ("names", "present", "absent"),
    [
        (["base"], {"base", "web"}, {"mail", "sale"}),
        (["sale"], {"account", "mail"}, {"crm", "stock"}),
        (["sale", "stock"], {"sale_stock", "stock_account"}, {"purchase", "sale_crm"}),
    ],
)
def test_closure(names: list[str], present: set[str], absent: set[str]) -> None:
    """Modules come with what they need, and with those that install themselves when all they need is there."""
    found = closure(names, full.modules)
    assert present <= found
    assert not absent & found


@pytest.mark.parametrize("name", ["website", "no_such_app"])
def test_unknown_module(name: str) -> None:
    """A module whose facts are not there cannot be selected."""
    with pytest.raises(UnknownModule, match=name):
        selected(["sale", name])


def test_everything_without_a_selection() -> None:
    """Without names it is the catalogue itself; the same selection is the same object."""
    assert selected() is full
    assert selected(["sale"]) is selected(["sale", "base"])


def test_all_modules_are_the_whole() -> None:
    """Selecting every installed module leaves models, fields and records as they are."""
    whole = selected(name for name, facts in full.modules.items() if facts["state"] == "installed")
    assert whole.names == full.names
    assert whole.index == full.index
    assert [len(whole.data(name)) for name in whole.data_models] == [len(full.data(name)) for name in full.data_models]


def test_models_and_fields() -> None:
    """Models and fields of other modules are gone, redefined ones stay, nothing points at what is gone."""
    base = selected(["base"])
    fields = base.model("res.partner")["fields"]
    assert "sale.order" not in base
    assert {"name", "email"} <= fields.keys()
    assert not {"trust", "message_ids", "sale_order_count"} & fields.keys()
    assert "partner_id" in base.model("res.partner.bank")["fields"]
    facts = [fact for name in base.names for fact in base.model(name)["fields"].values()]
    comodels = {fact["relation"] for fact in facts if "relation" in fact}
    assert not {name for name in comodels if name in full and name not in base}


def test_records() -> None:
    """Rights, rules and groups of other modules are gone, and so are the links to them."""
    base = selected(["base"])
    groups = {record["id"] for record in base.data("res.groups")}
    models = {record["model_id"] for record in base.data("ir.model.access")}
    assert not {name for name in models if name in full and name not in base}
    assert all(groups.issuperset(record["group_ids"]) for record in base.data("res.users"))
    assert base.xmlids.resolve("sales_team.group_sale_salesman") is None
    assert base.xmlids.resolve("base.group_user") == ("res.groups", 1)
