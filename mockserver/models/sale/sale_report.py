"""Sales analysis: the lines of orders, summed per order, product, price and discount."""

from __future__ import annotations

from fauxdoo.mockserver import models
from fauxdoo.mockserver.orm.sql import SQL

__all__ = ["SaleReport"]

_SOURCES = ("sale.order", "sale.order.line", "product.product", "product.template", "res.partner", "uom.uom")

_QUANTITIES = ("product_uom_qty", "qty_delivered", "qty_invoiced", "qty_to_invoice")
_AMOUNTS = ("price_total", "price_subtotal", "untaxed_amount_to_invoice", "untaxed_amount_invoiced")
_OF_ORDER = (
    *("name", "state", "invoice_status", "partner_id", "user_id", "company_id", "campaign_id", "medium_id"),
    *("source_id", "pricelist_id", "team_id", "warehouse_id", "project_id"),
)
_OF_PARTNER = ("commercial_partner_id", "country_id", "industry_id", "state_id")

_UNIT = "COALESCE(u.factor, 1) / COALESCE(own.factor, 1)"
"""How many of the product's units one of the line's is."""
_RATE = "COALESCE(NULLIF(o.currency_rate, 0), 1)"

_SELECT = f"""
SELECT MIN(l.id) AS id, l.product_id, t.uom_id AS product_uom_id, p.product_tmpl_id, t.categ_id,
 l.invoice_status AS line_invoice_status, COUNT(*) AS nbr, o.date_order AS date, l.discount,
 AVG(l.price_unit / {_RATE}) AS price_unit,
 {", ".join(f"SUM(l.{name} * {_UNIT}) AS {name}" for name in _QUANTITIES)},
 SUM((l.product_uom_qty - l.qty_delivered) * {_UNIT}) AS qty_to_deliver,
 {", ".join(f"SUM(l.{name} / {_RATE}) AS {name}" for name in _AMOUNTS)},
 SUM(l.price_unit * l.product_uom_qty * l.discount / 100.0 / {_RATE}) AS discount_amount,
 SUM(p.weight * l.product_uom_qty * {_UNIT}) AS weight, SUM(p.volume * l.product_uom_qty * {_UNIT}) AS volume,
 {", ".join(f"c.{name}" for name in _OF_PARTNER)}, c.zip AS partner_zip,
 company.currency_id, 'sale.order,' || o.id AS order_reference
"""
_FROM = """
FROM sale_order_line l
 JOIN sale_order o ON l.order_id = o.id
 JOIN res_partner c ON o.partner_id = c.id
 LEFT JOIN res_company company ON o.company_id = company.id
 LEFT JOIN product_product p ON l.product_id = p.id
 LEFT JOIN product_template t ON p.product_tmpl_id = t.id
 LEFT JOIN uom_uom u ON u.id = l.product_uom_id
 LEFT JOIN uom_uom own ON own.id = t.uom_id
WHERE l.display_type IS NULL
GROUP BY l.order_id, l.product_id, l.price_unit, l.invoice_status, l.discount, o.id, p.id, t.id, c.id, company.id
"""


class SaleReport(models.Model):
    _inherit = "sale.report"

    @property
    def _table_query(self) -> SQL:
        for name in (*_SOURCES, "res.company"):
            self.env.registry.ensure(self.env, name)
        known = self.env["sale.order"]._fields
        of_order = "".join(f", o.{name}" for name in _OF_ORDER if name in known)
        return SQL.raw(_SELECT + of_order + _FROM)
