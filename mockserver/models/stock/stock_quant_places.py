"""What of a product lies where, and what of it can be taken."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from fauxdoo.mockserver import api, models

__all__ = ["WHERE", "StockQuantPlaces", "whereabouts"]

WHERE = ("location_id", "lot_id", "package_id", "owner_id")
"""What tells goods of a product apart, on quants and on the lines that take from them."""

_ORDERS = {"lifo": "in_date desc, id desc"}


class StockQuantPlaces(models.Model):
    """One record per product, place, lot, package and owner."""

    _inherit = "stock.quant"

    @api.model
    def _change(
        self,
        product: Any,
        location: Any,
        lot: Any = None,
        package: Any = None,
        owner: Any = None,
        quantity: float = 0.0,
        reserved: float = 0.0,
        since: datetime | None = None,
    ) -> tuple[float, datetime]:
        """Add to what lies, and is reserved, in a place; answers what is free there, and since when it lies there."""
        quants = self.sudo()._at_place(product, location, lot, package, owner)
        known = quants.filtered("lot_id") if lot and quantity > 0 else quants
        lying = [] if location._is_endless() else [quant.in_date for quant in known if quant.quantity > 0]
        since = min([*lying, *([since] if since else [])], default=self.env.transaction.now.replace(microsecond=0))
        if quant := known[:1]:
            values = {"quantity": quant.quantity + quantity, "in_date": since}
            values["reserved_quantity"] = max(0.0, quant.reserved_quantity + reserved)
            models.Model.write(quant, values)
        else:
            place = {"product_id": product.id, "location_id": location.id}
            links = {"lot_id": lot, "package_id": package, "owner_id": owner}
            place |= {name: record.id for name, record in links.items() if record}
            added = {"quantity": quantity, "reserved_quantity": max(0.0, reserved), "in_date": since}
            quants |= models.Model.create(self.sudo(), [{**place, **added}])
        return sum(each.quantity - each.reserved_quantity for each in quants), since

    @api.model
    def _at_place(self, product: Any, location: Any, lot: Any = None, package: Any = None, owner: Any = None) -> Self:
        """The quants of exactly this; of a lot, those without any come after its own."""
        lots = [lot.id, False] if lot else [False]
        domain = [
            ("product_id", "=", product.id),
            ("location_id", "=", location.id),
            ("lot_id", "in", lots),
            ("package_id", "=", package.id if package else False),
            ("owner_id", "=", owner.id if owner else False),
        ]
        found = self.search(domain, order="in_date, id")
        return found.filtered("lot_id") | found if lot else found

    @api.model
    def _below(self, product: Any, location: Any, lot: Any = None, owner: Any = None) -> Self:
        """The quants below a location, in the order the removal strategy takes from them."""
        domain = [("product_id", "=", product.id), ("location_id", "child_of", location.id)]
        if lot:
            domain.append(("lot_id", "in", [lot.id, False]))
        if owner:
            domain.append(("owner_id", "=", owner.id))
        strategy = self._removal_strategy(product, location)
        found = self.sudo().search(domain, order=_ORDERS.get(strategy, "in_date, id"))
        if strategy == "closest":
            found = found.sorted(lambda quant: (quant.location_id.complete_name, -quant.id))
        return found.sorted(lambda quant: not quant.lot_id)

    @api.model
    def _removal_strategy(self, product: Any, location: Any) -> str:
        """That of the product's category, else of the nearest place above that has one; first in, first out without."""
        strategy, place = product.sudo().categ_id.removal_strategy_id, location.sudo()
        while place and not strategy:
            strategy, place = place.removal_strategy_id, place.location_id
        return str(strategy.method or "fifo")

    @api.model
    def _free(self, product: Any, location: Any, lot: Any = None, owner: Any = None) -> float:
        """What can be taken below a location."""
        return self._free_of(self._below(product, location, lot, owner))

    def _free_of(self, quants: Any) -> float:
        """What can be taken of quants of one product: by lot, less than nothing counts as nothing."""
        free: dict[Any, float] = {}
        for quant in quants:
            key = quant.lot_id if quant.product_id.tracking != "none" else None
            free[key] = free.get(key, 0.0) + quant.quantity - quant.reserved_quantity
        return sum(amount for amount in free.values() if amount > 0)

    @api.model
    def _to_reserve(self, quants: Any, wanted: float) -> list[tuple[Any, float]]:
        """(quant, quantity) to take what is wanted of quants of one product, or what there is."""
        wanted = min(wanted, self._free_of(quants))
        if quants[:1].product_id.tracking == "serial" and wanted != int(wanted):
            return []
        owed: dict[Any, float] = {}
        for quant in quants:
            if (free := quant.quantity - quant.reserved_quantity) < 0:
                owed[whereabouts(quant)] = owed.get(whereabouts(quant), 0.0) - free
        found = []
        for quant in quants:
            free = quant.quantity - quant.reserved_quantity
            if free <= 0 or wanted <= 0:
                continue
            due = min(owed.get(whereabouts(quant), 0.0), free)
            owed[whereabouts(quant)] = owed.get(whereabouts(quant), 0.0) - due
            if (amount := min(free - due, wanted)) > 0:
                found.append((quant, amount))
                wanted -= amount
        return found


def whereabouts(record: Any) -> tuple[Any, ...]:
    """Place, lot, package and owner of a quant, or of what a line takes."""
    return tuple(record[name] for name in WHERE)
