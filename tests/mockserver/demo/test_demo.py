"""The demo company: how many records, believable ones, always the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fauxdoo.mockserver import FakeOdoo


@pytest.fixture(scope="module")
def odoo() -> Iterator[FakeOdoo]:
    """A fake Odoo with the demo company; the tests only read it."""
    fake = FakeOdoo(demo=True)
    yield fake
    fake.close()


@pytest.mark.parametrize(
    ("model", "domain", "count"),
    [
        ("res.partner", [("ref", "like", "C1")], 23),
        ("res.partner", [("id", ">=", 20_000)], 63),
        ("product.template", [], 40),
        ("product.product", [("type", "=", "service")], 4),
        ("sale.order", [("state", "=", "draft")], 30),
        ("sale.order", [("state", "=", "sent")], 20),
        ("crm.lead", [], 30),
    ],
)
def test_counts(odoo: FakeOdoo, model: str, domain: list[object], count: int) -> None:
    """The company is small, but nothing of it is missing."""
    assert odoo.env[model].search_count(domain) == count


def test_quotations_have_amounts(odoo: FakeOdoo) -> None:
    """Every quotation has lines with names and prices, and a total that is their sum."""
    for order in odoo.env["sale.order"].search([]):
        assert order.order_line
        assert all(line.name and line.price_unit for line in order.order_line)
        assert order.amount_untaxed == pytest.approx(sum(order.order_line.mapped("price_subtotal")), abs=0.05)


def test_contacts_belong_to_companies(odoo: FakeOdoo) -> None:
    """A contact shows its company's name before its own."""
    person = odoo.env.ref("demo.partner_annika_bohme")
    assert person.display_name == "Kettenhof Fahrradhandel GmbH, Annika Böhme"
    assert person.commercial_partner_id == odoo.env.ref("demo.partner_kettenhof")


def test_always_the_same(odoo: FakeOdoo) -> None:
    """Two servers have the same ids, names and numbers."""
    other = FakeOdoo(demo=True)
    fields = {"res.partner": ["name"], "product.product": ["barcode"], "sale.order": ["name", "amount_total"]}
    for model, names in fields.items():
        here, there = (fake.env[model].search_read([], names, order="id") for fake in (odoo, other))
        assert here == there
    other.close()
