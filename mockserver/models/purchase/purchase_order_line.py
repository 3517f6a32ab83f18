"""Lines of purchase orders: what a vendor asks for a product."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.models.account.taxes import TaxedLine, tax_line

__all__ = ["PurchaseOrderLine"]

_FILLED = ("name", "price_unit", "product_qty", "product_uom_id", "tax_ids", "date_planned", "discount")
"""What a new line takes from its product where nothing is given."""


class PurchaseOrderLine(models.Model):
    """Price, name and date follow the vendor's price list until somebody types others."""

    _inherit = "purchase.order.line"
    _sql_messages = {
        "purchase_order_line_accountable_required_fields": (
            "Missing required fields on accountable purchase order line."
        ),
        "purchase_order_line_non_accountable_null_fields": "Forbidden values on non-accountable purchase order line",
    }

    @api.compute("product_uom_qty")
    @api.depends("product_uom_id", "product_qty", "product_id.uom_id")
    def _compute_product_uom_qty(self) -> None:
        for line in self:
            line.product_uom_qty = line.product_uom_id._compute_quantity(line.product_qty, line.product_id.uom_id)

    @api.compute("price_subtotal", "price_tax", "price_total")
    @api.depends("product_qty", "price_unit", "tax_ids", "discount")
    def _compute_amount(self) -> None:
        for line in self:
            taxed, currency = line._taxed(), line.order_id.currency_id or self.env.company.currency_id
            line.price_subtotal = currency.round(taxed.base)
            line.price_tax = sum(currency.round(amount) for _tax, _base, amount in taxed.taxes)
            line.price_total = line.price_subtotal + line.price_tax

    def _taxed(self) -> TaxedLine:
        """The line's amounts, nothing rounded."""
        return tax_line(self.tax_ids, self.price_unit * (1 - (self.discount or 0.0) / 100.0), self.product_qty)

    @api.compute("price_unit_discounted")
    def _compute_price_unit_discounted(self) -> None:
        for line in self:
            line.price_unit_discounted = line.price_unit * (1 - (line.discount or 0.0) / 100.0)

    @api.compute("price_unit_product_uom")
    def _compute_price_unit_product_uom(self) -> None:
        for line in self:
            line.price_unit_product_uom = line.product_uom_id._compute_price(line.price_unit, line.product_id.uom_id)

    @api.compute("selected_seller_id")
    def _compute_selected_seller_id(self) -> None:
        for line in self:
            line.selected_seller_id = line._seller(line.product_qty, line.product_uom_id)

    def _seller(self, quantity: float, unit: Any) -> Any:
        """The vendor's price for a quantity on the day of the order, the one for most units first."""
        order, product = self.order_id, self.product_id
        day = order.date_order.date() if order.date_order else self.env.clock.today()
        amount = unit._compute_quantity(quantity, product.uom_id) if unit else quantity
        partners = order.partner_id | order.partner_id.parent_id
        fitting = product.seller_ids.filtered(
            lambda seller: (
                seller.partner_id in partners
                and seller.min_qty <= amount
                and (not seller.product_id or seller.product_id == product)
                and (not seller.date_start or seller.date_start <= day)
                and (not seller.date_end or seller.date_end >= day)
            )
        )
        return fitting.sorted(lambda seller: (seller.sequence, -seller.min_qty, seller.price, seller.id))[:1]

    @api.compute("price_unit", "discount", "name", "date_planned")
    @api.depends("product_qty", "product_uom_id")
    def _compute_price_unit_and_date_planned_and_name(self) -> None:
        for line in self:
            if line.product_id and not line.display_type and not line.invoice_lines:
                _take_price(line)

    def _price_of(self, seller: Any) -> float:
        """What one unit costs: by the vendor's price, else by the product's cost."""
        order, unit = self.order_id, self.product_uom_id or self.product_id.uom_id
        company = order.company_id or self.env.company
        if seller:
            price, own, source = seller.price, seller.currency_id, seller.product_uom_id or self.product_id.uom_id
        else:
            price, own, source = self.product_id.standard_price, company.currency_id, self.product_id.uom_id
        converted = own._convert(price, order.currency_id or own, company, round=False)
        return float(source._compute_price(converted, unit))

    def _planned(self, seller: Any) -> Any:
        """When the vendor delivers."""
        start = self.order_id.date_order or self.env.transaction.now.replace(microsecond=0)
        return start + timedelta(days=seller.delay if seller else 0)

    def _vendor_label(self, seller: Any) -> str:
        """The product as the vendor knows it."""
        product = self.product_id.with_context(lang=self.order_id.partner_id.lang or self.env.context.get("lang"))
        own = seller.product_name or seller.product_code
        code = seller.product_code or product.default_code
        label = seller.product_name or product.name
        name = (f"[{code}] {label}" if code else label) if own else product.display_name
        return "\n".join(part for part in (name, product.description_purchase) if part)

    @api.onchange("product_id")
    def onchange_product_id(self) -> None:
        """Another product brings its name, unit, taxes and price, and the least quantity that can be ordered."""
        if self.product_id:
            self.update(self._suggested({"order_id": self.order_id.id, "product_id": self.product_id.id}))

    # ---------------------------------------------------------------- saving

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make lines; what is not given comes from the product and the vendor."""
        lines = super().create([self._filled(vals) for vals in vals_list])
        for line in lines.filtered(lambda each: each.product_id and each.order_id.state == "purchase"):
            line.order_id.message_post(body=f"Extra line with {line.product_id.display_name} ")
        lines.filtered(lambda line: line.order_id.state == "purchase")._lines_approved()
        return lines

    def _filled(self, vals: dict[str, Any]) -> dict[str, Any]:
        if vals.get("display_type"):
            empty = {"product_id": False, "price_unit": 0, "product_qty": 0, "product_uom_id": False}
            return {**vals, **empty, "date_planned": False}
        missing = [name for name in _FILLED if name not in vals]
        if not missing or not vals.get("product_id") or not vals.get("order_id"):
            return vals
        found = self._suggested(vals)
        added = {name: found[name] for name in missing}
        if "price_unit" in added:
            added["technical_price_unit"] = added["price_unit"]
        return {**vals, **added}

    def _suggested(self, vals: dict[str, Any]) -> dict[str, Any]:
        """A line of the least quantity the vendor sells: a new line gets its price (recorded in vendor-price)."""
        line = self.new({"order_id": vals["order_id"], "product_id": vals["product_id"]})
        product, order = line.product_id, line.order_id
        day = order.date_order.date() if order.date_order else self.env.clock.today()
        own = product.seller_ids.filtered(
            lambda seller: (
                seller.partner_id == order.partner_id
                and (not seller.product_id or seller.product_id == product)
                and (not seller.date_start or seller.date_start <= day)
                and (not seller.date_end or seller.date_end >= day)
            )
        ).sorted("min_qty")[:1]
        unit = product.uom_id.browse(vals.get("product_uom_id") or (own.product_uom_id or product.uom_id).id)
        least = own.min_qty or 1.0
        line.product_uom_id = unit
        seller = line._seller(least, unit)
        company = order.company_id or self.env.company
        taxes = product.sudo().supplier_taxes_id.filtered(lambda tax: tax.company_id == company)
        return {
            "name": line._vendor_label(seller),
            "price_unit": line._price_of(seller),
            "discount": seller.discount if seller else 0.0,
            "product_qty": least,
            "product_uom_id": unit.id,
            "tax_ids": [(6, 0, order.fiscal_position_id.map_tax(taxes).ids)],
            "date_planned": line._planned(seller),
        }

    def _lines_approved(self) -> None:
        """Hook: what other apps do with lines of approved orders."""

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; what other apps do with changed quantities follows."""
        if "display_type" in vals and self.filtered(lambda line: line.display_type != vals["display_type"]):
            raise UserError(
                "You cannot change the type of a purchase order line. Instead you should delete the current line and"
                " create a new line of the proper type."
            )
        super().write(vals)
        if "product_qty" in vals:
            self.filtered(lambda line: line.order_id.state == "purchase")._lines_approved()
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_purchase(self) -> None:
        states = {"purchase": "Purchase Order"}
        for line in self:
            if line.order_id.state in states and not line.display_type:
                raise UserError(
                    f"Cannot delete a purchase order line which is in state “{states[line.order_id.state]}”."
                )

    def action_open_order(self) -> dict[str, Any]:
        """The line's order, as an action of the web client."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "purchase.order",
            "res_id": self.order_id.id,
            "view_mode": "form",
        }

    def _vendor_values(self, vendor: Any) -> dict[str, Any]:
        """Values of the vendor's price for the product of this line."""
        unit = self.product_id.uom_id
        return {
            "partner_id": vendor.id,
            "sequence": max(self.product_id.seller_ids.mapped("sequence"), default=0) + 1,
            "min_qty": 1.0,
            "price": self.product_uom_id._compute_price(self.price_unit, unit),
            "currency_id": self.order_id.currency_id.id,
            "discount": self.discount,
            "delay": 0,
        }


def _take_price(line: Any) -> None:
    """The price for the quantity, unless another one was typed; the vendor's day and name."""
    seller = line._seller(line.product_qty, line.product_uom_id)
    if line.technical_price_unit == line.price_unit and (seller or not line.price_unit):
        line.price_unit = line._price_of(seller)
        line.technical_price_unit = line.price_unit
    line.discount = seller.discount if seller else line.discount
    line.date_planned = line.date_planned or line._planned(seller)
    line.name = line.name or line._vendor_label(seller)
