"""What holds whatever the numbers: totals are sums, stock is what moved, entries balance, what is paid is not due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fauxdoo.mockserver import FakeOdoo

RELAXED = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
QUANTITIES = st.integers(1, 50)
PRICES = st.integers(0, 100_000).map(lambda cents: cents / 100)
LINES = st.lists(st.tuples(QUANTITIES, PRICES, st.booleans()), min_size=1, max_size=6)


class _Undo(Exception):
    """Ends a transaction that is not to be committed."""


@pytest.fixture(scope="module")
def odoo() -> Iterator[FakeOdoo]:
    """A fake Odoo that no server listens for."""
    fake = FakeOdoo()
    yield fake
    fake.close()


@pytest.fixture
def undone(odoo: FakeOdoo) -> Any:
    """Runs a function with an environment whose transaction is undone afterwards."""

    def run(check: Any) -> None:
        with pytest.raises(_Undo), odoo.databases[odoo.db].transaction(2) as env:
            check(env)
            raise _Undo

    return run


def _order_lines(env: Any, lines: list[tuple[int, float, bool]]) -> list[Any]:
    tax = env["account.tax"].search([("type_tax_use", "=", "sale")], limit=1)
    product = env["product.product"].create({"name": "Thing", "type": "service"})
    return [
        (0, 0, {"product_id": product.id, "product_uom_qty": n, "price_unit": p, "tax_ids": [(6, 0, tax.ids * taxed)]})
        for n, p, taxed in lines
    ]


@RELAXED
@given(lines=LINES)
def test_an_order_is_the_sum_of_its_lines(undone: Any, lines: list[tuple[int, float, bool]]) -> None:
    """Untaxed amounts add up, and total is untaxed and tax."""

    def check(env: Any) -> None:
        partner = env["res.partner"].create({"name": "Ada"})
        order = env["sale.order"].create({"partner_id": partner.id, "order_line": _order_lines(env, lines)})
        assert order.amount_untaxed == pytest.approx(sum(order.order_line.mapped("price_subtotal")))
        assert order.amount_total == pytest.approx(order.amount_untaxed + order.amount_tax)
        assert order.amount_untaxed == pytest.approx(sum(n * p for n, p, _taxed in lines), abs=0.01 * len(lines))

    undone(check)


@RELAXED
@given(lines=LINES, share=st.integers(1, 100))
def test_an_entry_balances_and_payments_reduce_what_is_due(
    undone: Any, lines: list[tuple[int, float, bool]], share: int
) -> None:
    """Debit equals credit on a posted invoice; the residual is the total without what was paid."""

    def check(env: Any) -> None:
        partner = env["res.partner"].create({"name": "Ada"})
        items = [(0, 0, {"name": "x", "quantity": n, "price_unit": p + 0.01}) for n, p, _taxed in lines]
        about = {"move_type": "out_invoice", "partner_id": partner.id, "invoice_date": "2024-01-31"}
        invoice = env["account.move"].create({**about, "invoice_line_ids": items})
        invoice.action_post()
        assert sum(invoice.line_ids.mapped("debit")) == pytest.approx(sum(invoice.line_ids.mapped("credit")))
        assert invoice.amount_residual == pytest.approx(invoice.amount_total)
        paid = round(invoice.amount_total * share / 100, 2)
        if paid:
            wizard = env["account.payment.register"].with_context(active_model="account.move", active_ids=invoice.ids)
            wizard.create({"amount": paid}).action_create_payments()
        assert invoice.amount_residual == pytest.approx(invoice.amount_total - paid, abs=0.005)

    undone(check)


@RELAXED
@given(counted=QUANTITIES, ordered=st.lists(QUANTITIES, max_size=4))
def test_stock_is_what_came_without_what_went(undone: Any, counted: int, ordered: list[int]) -> None:
    """The quantity on hand is the sum of the moves that are done."""

    def check(env: Any) -> None:
        product = env["product.product"].create({"name": "Box", "type": "consu", "is_storable": True})
        location = env.ref("stock.stock_location_stock")
        count = {"product_id": product.id, "location_id": location.id, "inventory_quantity": counted}
        env["stock.quant"].create(count).action_apply_inventory()
        partner = env["res.partner"].create({"name": "Ada"})
        for quantity in ordered:
            line = (0, 0, {"product_id": product.id, "product_uom_qty": quantity, "price_unit": 1})
            order = env["sale.order"].create({"partner_id": partner.id, "order_line": [line]})
            order.action_confirm()
            if "assigned" in order.picking_ids.mapped("state"):  # something could be reserved
                order.picking_ids.with_context(skip_backorder=True).button_validate()
        moves = env["stock.move"].search([("product_id", "=", product.id), ("state", "=", "done")])
        came = sum(move.quantity for move in moves if move.location_dest_id == location)
        went = sum(move.quantity for move in moves if move.location_id == location)
        on_hand = sum(
            env["stock.quant"]
            .search([("product_id", "=", product.id), ("location_id", "=", location.id)])
            .mapped("quantity")
        )
        assert on_hand == pytest.approx(came - went)
        assert on_hand == product.qty_available

    undone(check)
