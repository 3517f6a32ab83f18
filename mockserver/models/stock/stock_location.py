"""Locations: the places of a warehouse, and those goods come from and go to."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError
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
    _sql_messages = {
        "stock_location_barcode_company_uniq": "The barcode for a location must be unique per company!",
        "stock_location_inventory_freq_nonneg": "The inventory frequency (days) for a location must be non-negative",
    }

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

    @api.compute("net_weight", "forecast_weight")
    def _compute_weight(self) -> None:
        """Of what lies in a place, and with what is to come and to go."""
        lines = self.env["stock.move.line"].sudo()
        for location in self:
            quants = location.sudo().quant_ids
            location.net_weight = sum(quant.product_id.weight * quant.quantity for quant in quants)
            waiting = [("state", "not in", ["draft", "done", "cancel"])]
            coming = lines.search([*waiting, ("location_dest_id", "=", location.id)])
            going = lines.search([*waiting, ("location_id", "=", location.id)])
            more, less = (
                sum(line.product_id.weight * line.quantity_product_uom for line in each) for each in (coming, going)
            )
            location.forecast_weight = location.net_weight + more - less

    @api.constrains("replenish_location", "location_id", "usage")
    def _check_replenish_location(self) -> None:
        for location in self.filtered("replenish_location"):
            domain = [("id", "!=", location.id), ("replenish_location", "=", True)]
            related = ["|", ("location_id", "child_of", location.id), ("location_id", "parent_of", location.id)]
            if other := self.search([*domain, *related], limit=1):
                raise ValidationError(
                    f"Another parent/sub replenish location {other.name} exists, if you wish to change it, uncheck it"
                    " first"
                )

    # ---------------------------------------------------------------- saving

    @api.model
    def name_create(self, name: str) -> Any:
        """Make a place; what its name has before the last slash is the place above, where that is known."""
        above, slash, own = name.rpartition("/")
        parent = self.search([("complete_name", "=", above)], limit=1) if slash else self.browse()
        made = self.create([{"name": own, "location_id": parent.id}] if parent else [{"name": name}])
        return made.id, made.display_name

    def copy_data(self, default: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """The copies' values; their names say so."""
        rows: list[dict[str, Any]] = super().copy_data(default)
        if "name" not in (default or {}):
            for location, row in zip(self, rows, strict=True):
                row["name"] = f"{location.name} (copy)"
        return rows

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

    def unlink(self) -> bool:
        """Delete places with all that is below them."""
        return super(StockLocation, self._with_below()).unlink()

    def should_bypass_reservation(self) -> bool:
        """Whether goods need not be there to be taken."""
        self.ensure_one()
        return self._is_endless()

    # ---------------------------------------------------------------- counting and taking

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
