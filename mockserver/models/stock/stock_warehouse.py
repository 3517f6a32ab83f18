"""Warehouses."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

__all__ = ["StockWarehouse"]

_STEPS = ("reception_steps", "delivery_steps")


class StockWarehouse(models.Model):
    """Places of a company, the kinds of operations between them, and the ways goods go."""

    _inherit = "stock.warehouse"
    _sql_messages = {
        "stock_warehouse_warehouse_name_uniq": "The name of the warehouse must be unique per company!",
        "stock_warehouse_warehouse_code_uniq": "The short name of the warehouse must be unique per company!",
    }

    @api.default("name")
    def _default_name(self) -> str:
        company = self.env.company
        count = self.with_context(active_test=False).search_count([("company_id", "=", company.id)])
        return f"{company.name} - warehouse # {count + 1}" if count else str(company.name)

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make warehouses with all that belongs to them; with a second one, users see several and their places."""
        warehouses = super().create([self._with_places(vals) for vals in vals_list])
        for warehouse, vals in zip(warehouses, vals_list, strict=True):
            warehouse._build(vals)
            if vals.get("partner_id"):
                warehouse._lie_at_its_partner()
        self._show_several()
        return warehouses

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values, and what follows from them in places, operations and routes."""
        moved = "company_id" in vals and self.filtered(lambda each: each.company_id.id != vals["company_id"])
        if moved:
            raise UserError(
                "Changing the company of this record is forbidden at this point, you should rather archive it and"
                " create a new one."
            )
        names = {warehouse.id: warehouse.name for warehouse in self}
        super().write(vals)
        for warehouse in self.with_context(active_test=False):
            if vals.get("partner_id"):
                warehouse._lie_at_its_partner()
            if vals.get("name") or vals.get("code"):
                warehouse._rename(names[warehouse.id])
            if vals.get("code") or any(vals.get(name) for name in _STEPS):
                warehouse._follow_steps()
            if "active" in vals:
                warehouse._set_all_active(bool(vals["active"]))
        if "active" in vals:
            self._show_several()
        return True

    def unlink(self) -> bool:
        """Delete warehouses that nothing refers to."""
        done = super().unlink()
        self._show_several()
        return done

    def _lie_at_its_partner(self) -> None:
        """Goods to and from the address of a warehouse are in transit."""
        transit = self.company_id.sudo().internal_transit_location_id
        partner = self.partner_id.with_company(self.company_id)
        partner.write({"property_stock_customer": transit.id, "property_stock_supplier": transit.id})

    def _rename(self, before: str) -> None:
        """Let places, routes, rules and numbers have the new name and code."""
        self.view_location_id.name = self.code
        for route in self.route_ids:
            route.name = route.name.replace(before, self.name, 1)
        kinds = self.env["stock.picking.type"].search([("warehouse_id", "=", self.id)])
        for kind in kinds.filtered("sequence_id"):
            numbers = kind.sequence_id.sudo()
            numbers.write(
                {
                    "name": numbers.name.replace(before, self.name, 1),
                    "prefix": f"{self.code}/{kind.sequence_code}/",
                }
            )

    def _set_all_active(self, active: bool) -> None:
        """Archive or bring back what belongs to the warehouse; raises UserError where something is under way."""
        kinds = self.env["stock.picking.type"].search([("warehouse_id", "=", self.id)])
        domain = [("picking_type_id", "in", kinds.ids), ("state", "not in", ["done", "cancel"])]
        if moves := self.env["stock.move"].search(domain):
            names = ", ".join(moves.picking_type_id.mapped("name"))
            raise UserError(f"You still have ongoing operations for operation types {names} in warehouse {self.name}")
        kinds.write({"active": active})
        self.view_location_id.active = active
        self.route_ids.filtered(lambda route: len(route.warehouse_ids) == 1).write({"active": active})
        self.env["stock.rule"].search([("warehouse_id", "=", self.id)]).write({"active": active})
        if active:
            self._follow_steps()

    @api.model
    def _show_several(self) -> None:
        """Users see warehouses and places as long as a company has several of them."""
        companies = self.sudo().search([]).mapped(lambda warehouse: warehouse.company_id.id)
        several = any(companies.count(company) > 1 for company in companies)
        users, groups = (
            self.env.ref(name).sudo() for name in ("base.group_user", "stock.group_stock_multi_warehouses")
        )
        if several and groups not in users.implied_ids:
            places = self.env.ref("stock.group_stock_multi_locations")
            users.write({"implied_ids": [(4, groups.id), (4, places.id)]})
        elif not several and groups in users.implied_ids:
            users.write({"implied_ids": [(3, groups.id)]})

    def get_current_warehouses(self) -> list[dict[str, Any]]:
        """Id, name and code of the warehouses of the companies in force."""
        domain = [("company_id", "in", self.env.companies.ids)]
        return list(self.env["stock.warehouse"].search_read(domain, ["id", "name", "code"]))
