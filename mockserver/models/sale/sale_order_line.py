"""Lines of orders: products, sections and notes, and what may still be changed."""

from __future__ import annotations

from html import escape
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

__all__ = ["SaleOrderLine"]

_PROTECTED = (
    "product_id",
    "name",
    "price_unit",
    "product_uom_id",
    "product_uom_qty",
    "tax_ids",
    "analytic_distribution",
    "discount",
)
"""Fields nobody changes on a locked order."""


class SaleOrderLine(models.Model):
    """A line takes name, price, unit and taxes from its product."""

    _inherit = "sale.order.line"
    _sql_messages = {
        "sale_order_line_accountable_required_fields": "Missing required fields on accountable sale order line.",
        "sale_order_line_non_accountable_null_fields": "Forbidden values on non-accountable sale order line",
    }

    @api.compute("name")
    @api.depends("product_id")
    def _compute_name(self) -> None:
        for line in self:
            if line.product_id:
                customer = line.order_id.ensure_one().partner_id  # a line needs its order (web/onchange-sale-order)
                product = line.product_id.with_context(lang=customer.lang or self.env.context.get("lang"))
                line.name = product.get_product_multiline_description_sale()
            elif line.is_downpayment:
                line.name = line._advance_label()

    def _compute_display_name(self) -> None:
        """The order, what is sold, and who buys it, by reference or name."""
        for line, known in zip(self, self.sudo(), strict=True):
            customer = known.order_partner_id.commercial_partner_id
            line.display_name = f"{known.order_id.name} - {known._label()} ({customer.ref or customer.name})"

    def _label(self) -> str:
        """The product, or the second line of a text of one's own."""
        texts, lang = (self.name or "").split("\n", 2), self.order_partner_id.lang or self.env.context.get("lang")
        product = self.product_id.with_context(lang=lang)
        if not product:
            return texts[0]
        own = self.name != product.get_product_multiline_description_sale() and len(texts) > 1
        return (own and texts[1]) or str(product.display_name)

    @api.compute("product_template_id")
    def _compute_product_template_id(self) -> None:
        for line in self:
            line.product_template_id = line.product_id.product_tmpl_id

    @api.search("product_template_id")
    def _search_product_template_id(self, operator: str, value: Any) -> list[Any]:
        return [("product_id.product_tmpl_id", operator, value)]

    @api.compute("product_uom_id")
    @api.depends("product_id")
    def _compute_product_uom_id(self) -> None:
        for line in self:
            line.product_uom_id = line.product_id.uom_id

    @api.compute("customer_lead")
    def _compute_customer_lead(self) -> None:
        for line in self:
            line.customer_lead = 0.0

    @api.compute("is_service")
    @api.depends("product_id.type")
    def _compute_is_service(self) -> None:
        for line in self:
            line.is_service = line.product_id.type == "service"

    @api.compute("product_updatable")
    def _compute_product_updatable(self) -> None:
        for line in self:
            line.product_updatable = line.state not in ("cancel", "sale")

    @api.compute("product_uom_readonly")
    def _compute_product_uom_readonly(self) -> None:
        for line in self:
            line.product_uom_readonly = bool(line.id) and line.state in ("sale", "cancel")

    # ---------------------------------------------------------------- saving

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make lines; sections and notes have no quantity."""
        for vals in vals_list:
            if isinstance(vals.get("product_id"), int) and vals["product_id"]:
                self.env["product.product"].browse(vals["product_id"]).mapped("product_tmpl_id")  # MissingError
        prepared = [{**vals, "product_uom_qty": 0.0} if vals.get("display_type") else vals for vals in vals_list]
        lines = super().create(prepared)
        for line in lines.filtered(lambda each: each.product_id and each.state == "sale"):
            line.order_id.message_post(body=f"Extra line with {line.product_id.display_name}")
        lines.filtered(lambda line: line.state == "sale")._lines_confirmed()
        return lines

    def _lines_confirmed(self) -> None:
        """Hook: what other apps do with lines of confirmed orders."""

    def _quantity_changed(self, before: dict[int, float]) -> None:
        """Hook: what other apps do when quantities of confirmed lines change; quantities by line id before."""

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; raises UserError for what a line or its order does not allow any more."""
        if "display_type" in vals and any(not line._may_become(vals["display_type"]) for line in self):
            raise UserError(
                "You cannot change the type of a sale order line. Instead you should delete the current line and"
                " create a new line of the proper type."
            )
        if "product_id" in vals and any(
            line.product_id.id != vals["product_id"] and not line.product_updatable for line in self
        ):
            raise UserError("You cannot modify the product of this order line.")
        if vals.get("order_id"):
            self.env["sale.order"].browse(vals["order_id"]).mapped("state")
        self._check_locked(vals)
        confirmed = self.filtered(lambda line: line.state == "sale") if "product_uom_qty" in vals else self.browse()
        before = {line.id: line.product_uom_qty for line in confirmed}
        confirmed._log_quantity(vals)
        super().write(vals)
        if before:
            confirmed._quantity_changed(before)
        return True

    def _log_quantity(self, vals: dict[str, Any]) -> None:
        """Tell the orders of quantities that are about to change."""
        changed = self.filtered(lambda line: line.product_uom_qty != vals["product_uom_qty"])
        for order in changed.order_id:
            lines = changed.filtered(lambda line, order=order: line.order_id == order)
            texts = [line._quantity_text(vals["product_uom_qty"]) for line in lines]
            body = f"<b>The ordered quantity has been updated.</b><ul>{''.join(texts)}</ul>"
            order.message_post(body=body, body_is_html=True)

    def _quantity_text(self, quantity: float) -> str:
        delivered = f"Delivered Quantity: {self.qty_delivered}<br/>" if self.product_id.type == "consu" else ""
        return (
            f"<li> {escape(self.product_id.display_name or '')}: <br/>Ordered Quantity: {self.product_uom_qty} -&gt;"
            f" {escape(str(quantity))}<br/>{delivered}Invoiced Quantity: {self.qty_invoiced}<br/></li>"
        )

    def _may_become(self, kind: str | bool) -> bool:
        return self.display_type == kind or (self.display_type, kind) == ("line_subsection", "line_section")

    def _check_locked(self, vals: dict[str, Any]) -> None:
        touched = sorted(name for name in _PROTECTED if name in vals)
        if all(line.is_downpayment for line in self) and "name" in touched:
            touched.remove("name")
        if touched and any(line.order_id.locked for line in self):
            labels = "\n".join(self._fields[name].string or name for name in touched)
            raise UserError(f"It is forbidden to modify the following fields in a locked order:\n{labels}")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self) -> None:
        kept = self.filtered(lambda line: line.state == "sale" and (line.invoice_lines or not line.is_downpayment))
        if kept.filtered(lambda line: not line.display_type):
            raise UserError(
                "Once a sales order is confirmed, you can't remove one of its lines (we need to track if something"
                " gets invoiced or delivered).\n                Set the quantity to 0 instead."
            )
