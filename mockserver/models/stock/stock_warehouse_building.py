"""How a warehouse is built: places, kinds of operations, routes and rules, after those of the first one in a fresh
database; and what its numbers of steps make of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fauxdoo.mockserver import models

__all__ = ["PLACES", "StockWarehouseBuilding"]

PLACES = (
    "lot_stock_id",
    "wh_input_stock_loc_id",
    "wh_qc_stock_loc_id",
    "wh_output_stock_loc_id",
    "wh_pack_stock_loc_id",
)
_KINDS = (
    "in_type_id",
    "qc_type_id",
    "store_type_id",
    "int_type_id",
    "pick_type_id",
    "pack_type_id",
    "out_type_id",
    "xdock_type_id",
)
_ROUTES = ("reception_route_id", "delivery_route_id")
_GLOBAL_RULES = ("mto_pull_id", "buy_pull_id")
_OWN = ("active", "barcode", "name", "picking_properties_definition", "sequence", "xmlid")
"""What a kind of operations does not take over from the one it is made after, or not as it is."""

_ENDS = ("action", "location_src_id", "location_dest_id", "picking_type_id")
"""By what a rule of a route is known again."""


@dataclass(frozen=True, slots=True)
class _Steps:
    """A way in or out: the name of its route, the kind of operations it begins with, and what is pushed on after."""

    title: str
    kind: str
    pushes: tuple[tuple[str, str, str], ...] = ()
    """Field of the place where goods have arrived, of the one they go on to, of the kind of operations; "" is out."""


_STORE = ("wh_input_stock_loc_id", "lot_stock_id", "store_type_id")
_CHECK = ("wh_input_stock_loc_id", "wh_qc_stock_loc_id", "qc_type_id")
_STORE_CHECKED = ("wh_qc_stock_loc_id", "lot_stock_id", "store_type_id")
_PACK = ("wh_pack_stock_loc_id", "wh_output_stock_loc_id", "pack_type_id")
_SHIP = ("wh_output_stock_loc_id", "", "out_type_id")

_RECEPTION = {
    "one_step": _Steps("Receive in 1 step (stock)", "in_type_id"),
    "two_steps": _Steps("Receive in 2 steps (input + stock)", "in_type_id", (_STORE,)),
    "three_steps": _Steps("Receive in 3 steps (input + quality + stock)", "in_type_id", (_CHECK, _STORE_CHECKED)),
}
_DELIVERY = {
    "ship_only": _Steps("Deliver in 1 step (ship)", "out_type_id"),
    "pick_ship": _Steps("Deliver in 2 steps (pick + ship)", "pick_type_id", (_SHIP,)),
    "pick_pack_ship": _Steps("Deliver in 3 steps (pick + pack + ship)", "pick_type_id", (_PACK, _SHIP)),
}


class StockWarehouseBuilding(models.Model):
    """Builds what belongs to a warehouse."""

    _inherit = "stock.warehouse"

    # ---------------------------------------------------------------- a new one

    def _first(self) -> dict[str, Any]:
        """The warehouse of a fresh database, as the catalogue has it; nothing where it has none."""
        records = self.env.registry.base_records("stock.warehouse")
        return records[0] if records else {}

    def _base(self, model: str) -> dict[int, dict[str, Any]]:
        return {row["id"]: row for row in self.env.registry.base_records(model)}

    def _with_places(self, vals: dict[str, Any]) -> dict[str, Any]:
        """Values of a warehouse, with the places made for it."""
        first, rows = self._first(), self._base("stock.location")
        if not first:
            return vals
        places, company = self.env["stock.location"], vals.get("company_id") or self.env.company.id
        view = places.create([{"name": vals.get("code"), "usage": "view", "company_id": company}])
        made = {"view_location_id": view.id}
        for name in PLACES:
            row = rows[first[name]]
            barcode = _letters(vals.get("code") or "") + row["barcode"].removeprefix(first["code"])
            taken = places.with_context(active_test=False).search_count([("barcode", "=", barcode)])
            own = {"location_id": view.id, "company_id": company, "barcode": not taken and barcode}
            same = {key: row.get(key, False) for key in ("name", "usage", "replenish_location")}
            made[name] = places.create([{**same, **own}]).id
        return {**made, **vals}

    def _build(self, vals: dict[str, Any]) -> None:
        """Make kinds of operations, routes and rules."""
        if self._first():
            self._build_kinds()
            self._build_routes()
            self._follow_steps()

    def _mapped_places(self) -> dict[int, int]:
        first = self._first()
        return {first[name]: self[name].id for name in ("view_location_id", *PLACES)}

    def _build_kinds(self) -> None:
        first, places = self._first(), self._mapped_places()
        rows, numbering = self._base("stock.picking.type"), self._base("ir.sequence")
        kinds = self.env["stock.picking.type"].with_context(active_test=False)
        last = max(kinds.search([]).mapped("sequence"), default=0)
        made: dict[str, Any] = {}
        for name in _KINDS:
            row = rows[first[name]]
            numbered = numbering[row["sequence_id"]]
            sequence = {
                "name": self.name + numbered["name"].removeprefix(first["name"]),
                "prefix": self.code + numbered["prefix"].removeprefix(first["code"]),
                "padding": numbered["padding"],
                "company_id": self.company_id.id,
            }
            ends = {
                key: places.get(row[key], row[key]) for key in ("default_location_src_id", "default_location_dest_id")
            }
            same = {
                key: value
                for key, value in row.items()
                if key in kinds._fields and not kinds._fields[key].is_relational and key not in ("id", *_OWN)
            }
            own = {
                "name": row["name"],
                "sequence": last + row["sequence"],
                "sequence_id": self.env["ir.sequence"].sudo().create([sequence]).id,
                "warehouse_id": self.id,
                "company_id": self.company_id.id,
            }
            made[name] = kinds.create([{**same, **ends, **own}]).id
        kinds.browse(made["in_type_id"]).return_picking_type_id = made["out_type_id"]
        kinds.browse(made["out_type_id"]).return_picking_type_id = made["in_type_id"]
        self.write(made)

    def _build_routes(self) -> None:
        first, rows = self._first(), self._base("stock.route")
        selectable = ("product_selectable", "product_categ_selectable", "warehouse_selectable", "sequence")
        made: dict[str, Any] = {}
        for name in _ROUTES:
            row = rows[first[name]]
            same = {key: row.get(key, False) for key in selectable}
            made[name] = self.env["stock.route"].create([{**same, "name": "/", "company_id": self.company_id.id}]).id
        self.write({**made, "route_ids": [(4, id) for id in made.values()]})
        rules, places = self._base("stock.rule"), self._mapped_places()
        for name in _GLOBAL_RULES:
            if name in self._fields:
                self.write({name: self._build_global_rule(rules[first[name]], places).id})

    def _build_global_rule(self, row: dict[str, Any], places: dict[int, int]) -> Any:
        """The warehouse's own rule in a route that all of them share."""
        same = {
            key: row[key] for key in ("action", "auto", "procure_method", "propagate_carrier", "route_id", "sequence")
        }
        source, target = (
            places.get(row[key], row[key]) if row.get(key) else False for key in ("location_src_id", "location_dest_id")
        )
        own = {
            "name": self.code + row["name"].removeprefix(self._first()["code"]),
            "location_src_id": source,
            "location_dest_id": target,
            "picking_type_id": self.in_type_id.id if row["action"] == "buy" else self.out_type_id.id,
            "warehouse_id": self.id,
            "company_id": self.company_id.id,
        }
        return self.env["stock.rule"].create([{**same, **own}])

    # ---------------------------------------------------------------- steps

    def _follow_steps(self) -> None:
        """Let places, kinds of operations, routes and rules be those of the steps in and out."""
        warehouse = self.with_context(active_test=False)
        arrives = warehouse.lot_stock_id if self.reception_steps == "one_step" else warehouse.wh_input_stock_loc_id
        leaves = warehouse.lot_stock_id if self.delivery_steps == "ship_only" else warehouse.wh_output_stock_loc_id
        several_in, several_out = self.reception_steps != "one_step", self.delivery_steps != "ship_only"
        checks, packs = self.reception_steps == "three_steps", self.delivery_steps == "pick_pack_ship"
        warehouse.wh_input_stock_loc_id.active = several_in
        warehouse.wh_qc_stock_loc_id.active = checks
        warehouse.wh_output_stock_loc_id.active = several_out
        warehouse.wh_pack_stock_loc_id.active = packs
        stored_from = warehouse.wh_qc_stock_loc_id if self.reception_steps != "two_steps" else arrives
        picked_to = leaves if self.delivery_steps == "pick_ship" else warehouse.wh_pack_stock_loc_id
        kinds: dict[str, dict[str, Any]] = {
            "in_type_id": {"default_location_dest_id": arrives.id},
            "out_type_id": {"default_location_src_id": leaves.id},
            "pick_type_id": {"active": several_out, "default_location_dest_id": picked_to.id},
            "pack_type_id": {"active": packs, "default_location_dest_id": leaves.id},
            "qc_type_id": {"active": checks},
            "store_type_id": {"active": several_in, "default_location_src_id": stored_from.id},
            "int_type_id": {},
            "xdock_type_id": {"active": several_in and several_out},
        }
        for name, values in kinds.items():
            kind = warehouse[name]
            kind.write({**values, "barcode": _letters(self.code) + kind.sequence_code})
        warehouse._route_receipts(_RECEPTION[self.reception_steps])
        warehouse._route_deliveries(_DELIVERY[self.delivery_steps])

    def _route_receipts(self, steps: _Steps) -> None:
        """The ways in. Where goods are bought, receipts come from orders, and no rule pulls them."""
        rules = [self._pushing(push) for push in steps.pushes]
        if "buy_pull_id" not in self._fields:
            vendors = self.env.ref("stock.stock_location_suppliers")
            rules.insert(0, self._rule("pull", vendors, self.lot_stock_id, self[steps.kind]))
        for rule in rules[:-1]:
            rule["propagate_cancel"] = True
        self._set_rules(self.reception_route_id, steps, rules)

    def _route_deliveries(self, steps: _Steps) -> None:
        """The ways out: the first step is pulled for the customer, the others follow when it is done."""
        customers, kind = self.env.ref("stock.stock_location_customers"), self[steps.kind]
        rules = [self._rule("pull", self.lot_stock_id, customers, kind)]
        rules += [self._pushing(push) for push in steps.pushes]
        self._set_rules(self.delivery_route_id, steps, [{**rule, "propagate_carrier": True} for rule in rules])
        self.mto_pull_id.write({"picking_type_id": kind.id})

    def _pushing(self, push: tuple[str, str, str]) -> dict[str, Any]:
        source, target, kind = push
        place = self[target] if target else self.env.ref("stock.stock_location_customers")
        return self._rule("push", self[source], place, self[kind])

    def _rule(self, action: str, source: Any, target: Any, kind: Any) -> dict[str, Any]:
        return {
            "name": f"{self.code}: {source.name} → {target.name}",
            "action": action,
            "location_src_id": source.id,
            "location_dest_id": target.id,
            "picking_type_id": kind.id,
            "procure_method": "make_to_stock" if action == "pull" else "make_to_order",
            "warehouse_id": self.id,
            "company_id": self.company_id.id,
        }

    def _set_rules(self, route: Any, steps: _Steps, rules: list[dict[str, Any]]) -> None:
        """Let a route have these rules in force, and no others."""
        route.write({"name": f"{self.name}: {steps.title}", "active": self.active})
        route.rule_ids.write({"active": False})
        for rule in rules:
            if known := [each for each in route.rule_ids if all(_plain(each[key]) == rule[key] for key in _ENDS)]:
                known[0].active = True
            else:
                self.env["stock.rule"].create([{**rule, "route_id": route.id}])


def _letters(code: str) -> str:
    """The code as barcodes begin."""
    return code.replace(" ", "").upper()


def _plain(value: Any) -> Any:
    return value.id if hasattr(value, "_ids") else value
