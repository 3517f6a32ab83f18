"""External ids of base records, models, fields and selection values."""

import pytest

from fauxdoo.contracts import Catalogue

catalogue = Catalogue.odoo_19()
xmlids = catalogue.xmlids


@pytest.mark.parametrize(
    ("xmlid", "model", "res_id"),
    [
        ("base.fr", "res.country", 75),
        ("base.user_admin", "res.users", 2),
        ("base.model_res_partner", "ir.model", catalogue.model_id("res.partner")),
        ("base.field_res_partner__name", "ir.model.fields", catalogue.field_id("res.partner", "name")),
        ("sale.field_sale_order__tag_ids", "ir.model.fields", catalogue.field_id("sale.order", "tag_ids")),
    ],
)
def test_resolve(xmlid: str, model: str, res_id: int) -> None:
    """An xmlid stands for a model and an id."""
    assert xmlids.resolve(xmlid) == (model, res_id)


@pytest.mark.parametrize(
    "xmlid",
    [
        "",
        "nodot",
        "base.nope",
        "sale.model_res_partner",
        "base.model_nope",
        "base.field_res_partner__nope",
        "stock_sms.field_crm_tag__name",
        "sale.selection__sale_order__state__nope",
        "sale.selection__nope__state__sale",
    ],
)
def test_unknown(xmlid: str) -> None:
    """What no record has resolves to None."""
    assert xmlids.resolve(xmlid) is None


def test_selection_value() -> None:
    """The value of a selection has a record of its own."""
    found = xmlids.resolve("sale.selection__sale_order__state__sale")
    rows = {number: (field, value) for number, field, value, _ in xmlids.selections("sale.order")}
    assert found is not None
    assert found[0] == "ir.model.fields.selection"
    assert rows[found[1]] == ("state", "sale")


def test_of() -> None:
    """A base record answers its xmlid."""
    assert xmlids.of("res.country", 75) == "base.fr"
    assert xmlids.of("res.country", 0) is None


def test_rows_are_numbered_once() -> None:
    """Each row of `ir.model.data` has an id of its own, below those given to new records."""
    derived = [row for name in catalogue.names for row in xmlids.derived(name)]
    rows = [*xmlids.base(), *derived, *xmlids.shared()]
    assert sorted(row.id for row in rows) == list(range(1, len(rows) + 1))
    assert len(rows) < 20_000


def test_shared_rows_resolve() -> None:
    """A field that two modules may define has an xmlid of each."""
    names = {f"{row.module}.{row.name}": (row.model, row.res_id) for row in xmlids.shared()}
    assert names["base.field_res_partner__name"] == xmlids.resolve("account.field_res_partner__name")
    assert all(xmlids.resolve(name) == record for name, record in names.items())


def test_derived_rows_resolve() -> None:
    """The rows of a model lead back to their records."""
    for row in xmlids.derived("sale.order"):
        assert xmlids.resolve(f"{row.module}.{row.name}") == (row.model, row.res_id)
