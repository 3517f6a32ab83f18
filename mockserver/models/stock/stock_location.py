"""Locations: the places of a warehouse, and those goods come from and go to."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.models.yes_no import asks_yes

__all__ = ["StockLocation"]

_WITH_ABOVE = "do_not_check_quant"
"""Context key: a place above is being archived, or comes back."""
_OTHER_COMPANY = (
    "Changing the company of this record is forbidden at this point, you should rather archive it and create a new one."
)


class StockLocation(models.Model):
    """A tree of places, named by their paths below views."""

    _inherit = "stock.location"
    _sql_messages = {"stock_location_barcode_company_uniq": "The barcode for a location must be unique per company!"}

    def _compute_display_name(self) -> None:
        formatted = self.env.context.get("formatted_display_name")
        for location in self:
            above = location.usage != "view" and formatted and location.location_id
            path = f"--{above.complete_name}/--{location.name}" if above else location.complete_name
            location.display_name = path or ""

    @api.compute("complete_name")
    @api.depends("name", "location_id.complete_name", "usage")
    def _compute_complete_name(self) -> None:
        for location in self:
            above = location.location_id
            nested = above and location.usage != "view"
            location.complete_name = f"{above.complete_name}/{location.name}" if nested else location.name

    @api.compute("warehouse_id")
    @api.depends("warehouse_view_ids", "location_id.warehouse_id")
    def _compute_warehouse_id(self) -> None:
        for location in self:
            location.warehouse_id = location.warehouse_view_ids[:1] or location.location_id.warehouse_id

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values. Places below one that is archived or comes back do so too.

        Raises UserError for what a place with products, or one a warehouse needs, cannot become.
        """
        if any("company_id" in vals and each.company_id.id != vals["company_id"] for each in self):
            raise UserError(_OTHER_COMPANY)
        if "usage" in vals:
            self._check_usage(vals["usage"])
        if "active" in vals and not self.env.context.get(_WITH_ABOVE):
            if not vals["active"]:
                self._check_unneeded()
            below = self._with_below() - self
            below.with_context(**{_WITH_ABOVE: True}).write({"active": bool(vals["active"])})
        return bool(super().write(vals))

    def _check_usage(self, usage: Any) -> None:
        if usage == "view" and self.quant_ids:
            raise UserError("This location's usage cannot be changed to view as it contains products.")
        changed = self.filtered(lambda each: each.usage != usage)
        if self.env["stock.quant"].search_count([("location_id", "in", changed.ids), ("quantity", ">", 0)], limit=1):
            raise UserError("Internal locations having stock can't be converted")

    def _with_below(self) -> Any:
        """These places and all below them, archived ones too."""
        return self.with_context(active_test=False).search([("id", "child_of", self.ids)])

    def _check_unneeded(self) -> None:
        """Raise UserError for places that a warehouse uses, and where they or those below them hold products."""
        for place in self:
            domain = ["|", ("lot_stock_id", "=", place.id), ("view_location_id", "=", place.id), ("active", "=", True)]
            if user := self.env["stock.warehouse"].search(domain, limit=1):
                names = f"location {place.display_name} because it is used by warehouse {user.display_name}"
                raise UserError(f"You cannot archive {names}")
        inside = self._with_below().filtered(lambda each: each.usage == "internal")
        domain = [("location_id", "in", inside.ids), "|", ("quantity", "!=", 0), ("reserved_quantity", "!=", 0)]
        if held := self.env["stock.quant"].search(domain):
            names = ", ".join(held.mapped("location_id.display_name"))
            raise UserError(f"You can't disable locations {names} because they still contain products.")

    @api.compute("is_empty")
    def _compute_is_empty(self) -> None:
        for location in self:
            held = location.sudo().quant_ids.filtered(lambda quant: quant.quantity > 0)
            location.is_empty = not held and location.usage in ("internal", "transit")

    @api.search("is_empty")
    def _search_is_empty(self, operator: str, value: Any) -> list[Any]:
        held = self.env["stock.quant"].sudo().search([("quantity", ">", 0)]).location_id.ids
        inside = self.search([("usage", "in", ["internal", "transit"]), ("id", "not in", held)])
        return [("id", "in" if asks_yes(operator, value) else "not in", inside.ids)]

    @api.compute("child_internal_location_ids")
    def _compute_child_internal_location_ids(self) -> None:
        for location in self:
            domain = [("id", "child_of", location.id), ("usage", "=", "internal")]
            location.child_internal_location_ids = self.search(domain) if location.id else False

    def _next_count(self) -> date | bool:
        """When its products are counted next: on the company's day of the year, for places of its own."""
        company = self.company_id or self.env.company
        if self.usage not in ("internal", "transit") or not company.annual_inventory_month:
            return False
        today, month = self.env.clock.today(), int(company.annual_inventory_month)
        for year in (today.year, today.year + 1):
            day = date(year, month, min(max(company.annual_inventory_day, 1), monthrange(year, month)[1]))
            if day > today:
                return day
        return False

    def _is_within(self, other: Any) -> bool:
        """Whether this place is the other one or a part of it."""
        return bool(self and other) and str(self.parent_path or "").startswith(other.parent_path or "-")

    def _is_endless(self) -> bool:
        """Whether anything can be taken from here without being there."""
        return self.usage in ("supplier", "customer", "inventory", "production")
