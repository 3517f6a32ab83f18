"""Wizards that change several lines or orders at once."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.models.sale.order_parts import Part, percent_of, worth_of

__all__ = ["SaleMassCancelOrders", "SaleOrderDiscount"]


class SaleOrderDiscount(models.TransientModel):
    """Asks for a discount."""

    _inherit = "sale.order.discount"

    @api.default("sale_order_id")
    def _default_sale_order_id(self) -> Any:
        return self.env.context.get("active_id")

    @api.constrains("discount_type", "discount_percentage")
    def _check_discount_amount(self) -> None:
        for wizard in self:
            if wizard.discount_type in ("sol_discount", "so_discount") and wizard.discount_percentage > 1:
                raise ValidationError("Invalid discount amount")

    def action_apply_discount(self) -> None:
        """Give each line the discount, or the order lines that take it off the whole."""
        self.ensure_one()
        order = self.sale_order_id
        if self.discount_type == "sol_discount":
            order.order_line.write({"discount": self.discount_percentage * 100})
            return
        product, parts = self._product(), self._parts()
        several = len([part for part in parts if part.taxes]) > 1
        lines = [
            {
                "name": self._label(part, several),
                "product_id": product.id,
                "price_unit": part.price,
                "product_uom_qty": 1.0,
                "tax_ids": [(6, 0, part.taxes.ids)],
                "sequence": 999,
            }
            for part in parts
        ]
        order.write({"order_line": [(0, 0, line) for line in lines]})

    def _parts(self) -> list[Part]:
        """What is taken off for each set of taxes."""
        if self.discount_type == "so_discount":
            return percent_of(self.sale_order_id, -self.discount_percentage * 100)
        return worth_of(self.sale_order_id, -self.discount_amount)

    def _label(self, part: Part, several: bool) -> str:
        percent = f" {self.discount_percentage * 100:.2f}%" if self.discount_type == "so_discount" else ""
        taxes = f"- On products with the following taxes {', '.join(part.taxes.mapped('name'))}" if several else ""
        return f"Discount{percent}{taxes}"

    def _product(self) -> Any:
        """The company's product for discounts, made when it is first asked for."""
        company = self.company_id
        if not company.sale_discount_product_id:
            values = {"name": "Discount", "type": "service", "invoice_policy": "order", "list_price": 0.0}
            category = self.env.ref("product.product_category_services", raise_if_not_found=False)
            values |= {"company_id": company.id, "taxes_id": [(5,)], **({"categ_id": category.id} if category else {})}
            company.sale_discount_product_id = self.env["product.product"].create(values)
        return company.sale_discount_product_id


class SaleMassCancelOrders(models.TransientModel):
    """Asks whether several orders are to be cancelled."""

    _inherit = "sale.mass.cancel.orders"

    def action_mass_cancel(self) -> None:
        """Cancel the orders."""
        self.sale_order_ids._action_cancel()
