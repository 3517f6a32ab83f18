"""What stands on which document."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.orm.environment import Environment
from fauxdoo.mockserver.reports import Document, Layout, documents, html


@pytest.fixture
def order(env: Environment) -> Any:
    """A quotation of two bells for a customer in Paris, with a section and a discount."""
    country = env["res.country"].search([("code", "=", "FR")])
    partner = env["res.partner"].create(
        {"name": "Ada", "street": "1 Rue Haute", "zip": "75001", "city": "Paris", "country_id": country.id, "vat": "X1"}
    )
    product = env["product.product"].create({"name": "Bell", "list_price": 120.0, "is_storable": True})
    bells = {"product_id": product.id, "product_uom_qty": 2, "discount": 50.0, "tax_ids": False}
    lines = [(0, 0, {"display_type": "line_section", "name": "Hardware"}), (0, 0, bells)]
    return env["sale.order"].create({"partner_id": partner.id, "client_order_ref": "PO-7", "order_line": lines})


def _of(report: str, record: Any) -> Document:
    [document] = documents(record.env, report, record.ids)
    return document


def test_quotation(order: Any) -> None:
    """A quotation names the customer with address, the reference, sections, lines and totals."""
    shown = _of("sale.report_saleorder", order)
    assert shown.title == f"Quotation # {order.name}"
    assert shown.addresses == (("", ("Ada", "1 Rue Haute", "75001 Paris", "France", "Tax ID: X1")),)
    assert ("Your Reference", "PO-7") in shown.facts
    assert shown.rows == (("Hardware",), ("Bell", "2.00 Units", "120.00", "50.00", "", "$120.00"))
    assert shown.totals == (("Untaxed Amount", "$120.00"), ("Taxes", "$0.00"), ("Total", "$120.00"))


def test_order(order: Any) -> None:
    """Once confirmed it is an order; a pro-forma invoice is called so at any time."""
    order.action_confirm()
    assert _of("sale.report_saleorder", order).title == f"Order # {order.name}"
    assert _of("sale.report_saleorder_pro_forma", order).title == f"Pro-Forma Invoice # {order.name}"


def test_the_sender_is_the_company(order: Any) -> None:
    """The record's company stands at the top and its contacts at the bottom."""
    order.company_id.write({"name": "Bells Ltd", "phone": "+1 555", "email": "a@bells.example"})
    shown = _of("sale.report_saleorder", order)
    assert shown.sender[0] == "Bells Ltd"
    assert shown.footer.startswith("+1 555  a@bells.example")


def test_another_shipping_address(order: Any) -> None:
    """Where goods go elsewhere, that address is named."""
    shop = order.partner_id.create({"name": "Shop", "parent_id": order.partner_id.id, "type": "delivery"})
    order.partner_shipping_id = shop
    [label, lines] = _of("sale.report_saleorder", order).addresses[1]
    assert (label, lines[0]) == ("Shipping Address", "Ada, Shop")


def test_delivery_slip(order: Any) -> None:
    """A delivery slip has quantities and no prices."""
    order.action_confirm()
    shown = _of("stock.report_deliveryslip", order.picking_ids)
    assert shown.title == f"Delivery Slip {order.picking_ids.name}"
    assert ("Order", order.name) in shown.facts
    assert shown.rows == (("Bell", "2.00 Units", "0.00 Units"),)
    assert shown.totals == ()


def _invoice(env: Environment, order: Any) -> Any:
    line = {"name": "Bell", "quantity": 2, "price_unit": 60.0, "tax_ids": False}
    values = {"move_type": "out_invoice", "partner_id": order.partner_id.id, "invoice_line_ids": [(0, 0, line)]}
    return env["account.move"].create(values)


def test_invoice(env: Environment, order: Any) -> None:
    """A posted invoice names number, dates and what is to be paid."""
    invoice = _invoice(env, order)
    assert _of("account.report_invoice", invoice).title.startswith("Draft Invoice")
    invoice.action_post()
    shown = _of("account.report_invoice", invoice)
    assert shown.title == f"Invoice {invoice.name}"
    assert {label for label, _ in shown.facts} >= {"Invoice Date", "Due Date"}
    assert shown.totals[-1] == ("Total", "$120.00")
    assert shown.notes[0] == f"Payment Communication: {invoice.payment_reference}"


def test_invoice_with_payments(env: Environment, order: Any) -> None:
    """Only the report with payments says what has been paid and what is left."""
    invoice = _invoice(env, order)
    invoice.action_post()
    context = {"active_model": "account.move", "active_ids": invoice.ids}
    env["account.payment.register"].with_context(**context).create({"amount": 100.0})._create_payments()
    shown = _of("account.report_invoice_with_payments", invoice)
    assert shown.totals[-2:] == (("Paid", "$-100.00"), ("Amount Due", "$20.00"))
    assert _of("account.report_invoice", invoice).totals[-1][0] == "Total"


def test_purchase_order(env: Environment, order: Any) -> None:
    """A request for quotation asks for prices, so it names none; the order does."""
    line = {"product_id": order.order_line.product_id.id, "product_qty": 3, "price_unit": 5.0, "tax_ids": False}
    purchase = env["purchase.order"].create({"partner_id": order.partner_id.id, "order_line": [(0, 0, line)]})
    request = _of("purchase.report_purchasequotation", purchase)
    assert (request.title, request.totals) == (f"Request for Quotation #{purchase.name}", ())
    assert request.rows[0][-1] == "3.00 Units"
    purchase.button_confirm()
    shown = _of("purchase.report_purchaseorder", purchase)
    assert (shown.title, shown.totals[-1]) == (f"Purchase Order #{purchase.name}", ("Total", "$15.00"))


def test_the_partners_language(env: Environment, order: Any) -> None:
    """Numbers, dates and names are written as the partner reads them."""
    german = env["res.lang"].with_context(active_test=False).search([("code", "=", "de_DE")])
    german.active = True
    order.partner_id.lang = "de_DE"
    order.order_line[1].write({"price_unit": 12000.0})
    order.order_line.product_id.with_context(lang="de_DE").name = "Glocke"
    shown = _of("sale.report_saleorder", order)
    assert shown.totals[-1] == ("Total", "$12.000,00")
    assert dict(shown.facts)["Quotation Date"] == order.date_order.strftime("%d.%m.%Y")


def test_any_other_model(env: Environment) -> None:
    """A report without a layout of its own lists what is filled in."""
    lot = env["stock.lot"].create({"name": "L-1", "product_id": env["product.product"].create({"name": "Bell"}).id})
    shown = _of("stock.report_lot_label", lot)
    assert shown.title == "Lot/Serial Number (PDF): L-1"
    assert ("Product", "Bell") in shown.rows


def test_a_report_of_ones_own(env: Environment) -> None:
    """A report that a client creates is found like any other."""
    values = {"name": "Card", "model": "res.partner", "report_name": "my.card", "report_type": "qweb-pdf"}
    env["ir.actions.report"].create(values)
    assert _of("my.card", env["res.partner"].create({"name": "Ada"})).title == "Card: Ada"


def test_every_report_of_the_catalogue(env: Environment) -> None:
    """Whichever report there is makes a document of any record of its model."""
    for report in env["ir.actions.report"].search([]):
        records = env[report.model].search([], limit=1)
        for shown in documents(env, report.report_name, records.ids):
            assert shown.title in html([shown])


def test_one_layout_per_model() -> None:
    """A second layout for a model is refused, and both are named."""
    with pytest.raises(TypeError, match=r"'sale.order' is defined twice.*SaleOrder.*Second"):
        type("Second", (Layout,), {"key": "sale.order"})
