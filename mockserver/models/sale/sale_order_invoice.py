"""Invoices of sales orders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.models.account.order_documents import name_on_invoice

__all__ = ["SaleOrderInvoice", "SaleOrderLineInvoice"]

_NOTHING = (
    "Cannot create an invoice. No items are available to invoice.\n\n"
    "To resolve this issue, please ensure that:\n"
    "   • The products have been delivered before attempting to invoice them.\n"
    "   • The invoicing policy of the product is configured correctly.\n\n"
    "If you want to invoice based on ordered quantities instead:\n"
    "   • For consumable or storable products, open the product, go to the 'General Information' tab and change the"
    " 'Invoicing Policy' from 'Delivered Quantities' to 'Ordered Quantities'.\n"
    "   • For services (and other products), change the 'Invoicing Policy' to 'Prepaid/Fixed Price'.\n"
)


class SaleOrderInvoice(models.Model):
    """Orders are invoiced for what is ordered or delivered, less what was paid in advance."""

    _inherit = "sale.order"

    def _create_invoices(self, grouped: bool = False, final: bool = False) -> Any:
        """Drafts for what is to be invoiced, one per customer unless `grouped` asks for one per order.

        `final` takes off down payments. Raises UserError where there is nothing to invoice.
        """
        batches: dict[Any, list[tuple[Any, Any]]] = {}
        sequence = count()
        for order in self:
            lines = order._invoiceable_lines(final)
            if any(not line.display_type for line in lines):
                values = _invoice_lines(lines, sequence)
                batches.setdefault(order._invoice_key(grouped), []).append((order, values))
        if not batches:
            raise UserError(_NOTHING)
        moves = self.env["account.move"].sudo().create(_invoices(batches.values(), renumber=len(batches) < len(self)))
        if final:
            moves.filtered(lambda move: move.amount_total < 0).action_switch_move_type()
        return moves.with_env(self.env)

    def _invoice_key(self, grouped: bool) -> Any:
        places = (self.company_id, self.partner_invoice_id, self.partner_shipping_id)
        return self.id if grouped else (*places, self.currency_id, self.fiscal_position_id)

    def _invoiceable_lines(self, final: bool) -> Any:
        """The lines to invoice; sections and their notes only with something in them, down payments last."""
        chosen = advances = section = subsection = self.env["sale.order.line"]
        for line in self.order_line:
            if line.display_type == "line_section":
                section, subsection = line, line.browse()
            elif line.display_type == "line_subsection":
                subsection = line
            elif line.display_type and subsection:
                subsection |= line
            elif line.display_type and section:
                section |= line
            elif line.display_type or line.qty_to_invoice > 0 or (line.qty_to_invoice < 0 and final):
                if line.is_downpayment:
                    advances |= line
                else:
                    chosen |= section | subsection | line
                    section = subsection = line.browse()
        return chosen | advances

    def _prepare_invoice(self) -> dict[str, Any]:
        """Values of an invoice of this order, without lines."""
        return {
            "ref": self.client_order_ref or self.name,
            "move_type": "out_invoice",
            "narration": self.note,
            "currency_id": self.currency_id.id,
            "campaign_id": self.campaign_id.id,
            "medium_id": self.medium_id.id,
            "source_id": self.source_id.id,
            "team_id": self.team_id.id,
            "invoice_user_id": self.user_id.id,
            "partner_id": self.partner_invoice_id.id,
            "partner_shipping_id": self.partner_shipping_id.id,
            "fiscal_position_id": self.fiscal_position_id.id,
            "invoice_origin": self.name,
            "invoice_payment_term_id": self.payment_term_id.id,
            "payment_reference": self.reference,
            "company_id": self.company_id.id,
        }

    def action_preview_sale_order(self) -> dict[str, Any]:
        """The order as its customer sees it."""
        return dict(self._portal_action())

    def action_view_invoice(self, invoices: Any = False) -> dict[str, Any]:
        """The invoices of these orders, as an action of the web client."""
        invoices = invoices or self.invoice_ids
        action: dict[str, Any] = self.env["ir.actions.actions"]._for_xml_id("account.action_move_out_invoice_type")
        context: dict[str, Any] = {"default_move_type": "out_invoice"}
        if not invoices:
            return {"type": "ir.actions.act_window_close"}
        if len(invoices) > 1:
            action["domain"] = [("id", "in", invoices.ids)]
        else:
            others = [view for view in action["views"] if view[1] != "form"]
            action |= {"views": [[False, "form"], *others], "res_id": invoices.id}
        if len(self) == 1:
            term = self.payment_term_id or self.partner_id.property_payment_term_id
            context |= {
                "default_partner_id": self.partner_id.id,
                "default_partner_shipping_id": self.partner_shipping_id.id,
                "default_invoice_payment_term_id": term.id or None,
            }
        return {**action, "context": context}


class SaleOrderLineInvoice(models.Model):
    """A line becomes a line of the invoice."""

    _inherit = "sale.order.line"

    @api.compute("qty_invoiced_posted")
    def _compute_qty_invoiced_posted(self) -> None:
        for line in self:
            posted = line.invoice_lines.filtered(lambda each: each.parent_state == "posted")
            signs = {each: -1 if each.move_id.move_type == "out_refund" else 1 for each in posted}
            line.qty_invoiced_posted = sum(signs[each] * each._quantity_in(line.product_uom_id) for each in posted)

    def _prepare_invoice_line(self, **values: Any) -> dict[str, Any]:
        """Values of the invoice's line for what is to be invoiced of this one."""
        line = {
            "display_type": self.display_type or "product",
            "sequence": self.sequence,
            "name": name_on_invoice(self),
            "product_id": self.product_id.id,
            "product_uom_id": self.product_uom_id.id,
            "quantity": self.qty_to_invoice,
            "discount": self.discount,
            "price_unit": self.price_unit,
            "tax_ids": [(6, 0, self.tax_ids.ids)],
            "sale_line_ids": [(4, self.id)],
            "is_downpayment": self.is_downpayment,
        }
        if self.display_type:
            line = {name: line[name] for name in ("display_type", "sequence", "name", "sale_line_ids")}
        return {**line, **values}


def _invoices(batches: Iterable[list[tuple[Any, Any]]], renumber: bool) -> list[dict[str, Any]]:
    """Values of invoices; where one takes several orders their lines are numbered anew."""
    invoices = [_invoice(batch) for batch in batches]
    for invoice in invoices if renumber else ():
        for number, (_command, _zero, line) in enumerate(invoice["invoice_line_ids"], start=1):
            line["sequence"] = number
    return invoices


def _invoice(batch: list[tuple[Any, Any]]) -> dict[str, Any]:
    """One invoice of several orders with the same customer."""
    prepared = [order._prepare_invoice() for order, _lines in batch]
    lines = [(0, 0, values) for _order, chosen in batch for values in chosen]
    references = {values["payment_reference"] for values in prepared}
    joined = {
        "invoice_origin": ", ".join(dict.fromkeys(values["invoice_origin"] for values in prepared)),
        "ref": ", ".join(dict.fromkeys(values["ref"] for values in prepared))[:2000],
        "payment_reference": references.pop() if len(references) == 1 else False,
    }
    return {**prepared[0], **joined, "invoice_line_ids": lines}


def _invoice_lines(chosen: Any, sequence: Iterator[int]) -> list[dict[str, Any]]:
    """The lines of one order; what was paid in advance is taken off in a section of its own."""
    advances = chosen.filtered(lambda line: line.is_downpayment)
    lines = [line._prepare_invoice_line(sequence=next(sequence)) for line in chosen - advances]
    if advances:
        lines.append({"display_type": "line_section", "name": "Down Payments", "sequence": next(sequence)})
        lines += [line._prepare_invoice_line(sequence=next(sequence), quantity=-1.0) for line in advances]
    return lines
