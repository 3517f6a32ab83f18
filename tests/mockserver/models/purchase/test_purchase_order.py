"""Purchase orders, their receipts and bills."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fauxdoo.mockserver.errors import UserError

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment


def _order(env: Environment, **product: Any) -> Any:
    vendor = env["res.partner"].create({"name": "Vendor"})
    bought = env["product.product"].create({"name": "Good", "is_storable": True, **product})
    line = (0, 0, {"product_id": bought.id, "product_qty": 4, "price_unit": 25.0})
    return env["purchase.order"].create({"partner_id": vendor.id, "order_line": [line]})


def test_an_order_sums_its_lines(env: Environment) -> None:
    """The vendor's taxes come on top."""
    order = _order(env)
    assert (order.state, order.amount_untaxed) == ("draft", 100.0)
    assert order.amount_total == order.amount_untaxed + order.amount_tax


def test_confirming_makes_a_receipt_and_remembers_the_vendor(env: Environment) -> None:
    """The receipt is ready to be validated; the vendor's price stands on the product."""
    order = _order(env)
    assert order.button_confirm() is True
    assert (order.state, order.picking_ids.state, order.receipt_status) == ("purchase", "assigned", "pending")
    assert order.order_line.product_id.seller_ids.price == 25.0
    assert order.button_confirm() is True


def test_what_is_received_counts(env: Environment) -> None:
    """A validated receipt changes the stock and what is to be billed."""
    order = _order(env)
    order.button_confirm()
    order.picking_ids.button_validate()
    line = order.order_line
    assert (line.qty_received, line.product_id.qty_available, order.receipt_status) == (4.0, 4.0, "full")
    assert (line.qty_to_invoice, order.invoice_status) == (4.0, "to invoice")


def test_more_of_a_confirmed_order_joins_the_receipt(env: Environment) -> None:
    """The open receipt follows the quantity of the line."""
    order = _order(env)
    order.button_confirm()
    order.order_line.write({"product_qty": 6})
    assert order.picking_ids.move_ids.mapped("product_uom_qty") == [6.0]
    order.order_line.write({"product_qty": 5})
    assert order.picking_ids.move_ids.mapped("product_uom_qty") == [5.0]


def test_a_bill_takes_what_is_to_be_billed(env: Environment) -> None:
    """After the bill nothing is left; a posted bill keeps the order from being cancelled."""
    order = _order(env, type="service", is_storable=False, purchase_method="purchase")
    order.button_confirm()
    bill = env["account.move"].browse(order.action_create_invoice()["res_id"])
    assert (bill.move_type, bill.amount_untaxed, order.invoice_status) == ("in_invoice", 100.0, "invoiced")
    bill.invoice_date = "2024-05-02"
    bill.action_post()
    with pytest.raises(UserError, match="cancel their related vendor bills"):
        order.button_cancel()


def test_only_cancelled_orders_are_deleted(env: Environment) -> None:
    """Even a draft is cancelled first."""
    order = _order(env)
    with pytest.raises(UserError, match="cancel it first"):
        order.unlink()
    order.button_cancel()
    assert order.unlink() is True


def test_a_typed_quantity_finds_the_price_for_it(env: Environment) -> None:
    """A new line has the price of the vendor's least quantity, a changed one that of its own."""
    vendor = env["res.partner"].create({"name": "Vendor"})
    prices = [{"partner_id": vendor.id, "price": p, "min_qty": q} for p, q in ((9, 1), (7, 10))]
    product = env["product.product"].create({"name": "Good", "seller_ids": [(0, 0, vals) for vals in prices]})
    line = (0, 0, {"product_id": product.id, "product_qty": 20})
    order = env["purchase.order"].create({"partner_id": vendor.id, "order_line": [line]})
    assert order.order_line.price_unit == 9.0
    order.order_line.write({"product_qty": 15})
    assert order.order_line.price_unit == 7.0


def _request(env: Environment, vendor: Any, *, quantity: float = 1.0, price: float = 3.0, **values: Any) -> Any:
    product = values.pop("product", None)
    product = product or env["product.product"].create(
        {"name": "Work", "type": "service", "purchase_method": "purchase"}
    )
    line = (0, 0, {"product_id": product.id, "product_qty": quantity, "price_unit": price})
    return env["purchase.order"].create({"partner_id": vendor.id, "order_line": [line], **values})


def test_requests_of_one_vendor_are_merged(env: Environment) -> None:
    """Into the oldest: lines of the same product become one at the lower price, references are joined."""
    vendor = env["res.partner"].create({"name": "Vendor"})
    first = _request(env, vendor, price=3.0, partner_ref="R1", date_order="2024-01-01 10:00:00")
    product = first.order_line.product_id
    second = _request(env, vendor, quantity=2.0, price=2.0, partner_ref="R2", product=product)
    second.order_line.date_planned = first.order_line.date_planned
    assert (first | second).action_merge()["res_id"] == first.id
    assert (first.partner_ref, second.state) == ("R1, R2", "cancel")
    assert (first.order_line.product_qty, first.order_line.price_unit) == (3.0, 2.0)
    with pytest.raises(UserError, match="at least two"):
        (first | second).action_merge()
    other = _request(env, env["res.partner"].create({"name": "Other"}))
    with pytest.raises(UserError, match="must be same"):
        (first | other).action_merge()


def test_a_bill_has_all_lines_of_the_order(env: Environment) -> None:
    """Those that are billed already with nothing; sections only with a line after them; numbered from ten."""
    order = _request(env, env["res.partner"].create({"name": "Vendor"}), partner_ref="V-1")
    section = {"display_type": "line_section", "name": "Later"}
    order.write({"order_line": [(0, 0, {**section, "sequence": 20})]})
    order.button_confirm()
    bills = [env["account.move"].browse(order.action_create_invoice()["res_id"]) for _each in range(2)]
    assert [bill.invoice_line_ids.mapped("quantity") for bill in bills] == [[1.0], [0.0]]
    assert (bills[0].invoice_line_ids.sequence, bills[0].ref, bills[0].invoice_user_id) == (10, False, env["res.users"])


def test_a_locked_order_is_not_cancelled(env: Environment) -> None:
    """It has to be unlocked; a cancelled one can be approved all the same."""
    order = _request(env, env["res.partner"].create({"name": "Vendor"}))
    order.button_lock()
    with pytest.raises(UserError, match="You must first unlock them"):
        order.button_cancel()
    order.button_unlock()
    order.button_cancel()
    order.button_approve()
    assert order.state == "purchase"
