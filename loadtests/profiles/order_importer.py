"""A marketplace that looks for its orders and makes the missing ones in batches."""

from __future__ import annotations

from uuid import uuid4

from locust import between, task

from fauxdoo.loadtests.shapes import *  # noqa: F403
from fauxdoo.loadtests.users import JsonRpcUser

__all__ = ["OrderImporter"]

_BATCH = 20


class OrderImporter(JsonRpcUser):
    """Twenty orders of two lines at a time, each with a reference of its own."""

    wait_time = between(1, 3)

    def on_start(self) -> None:
        """A customer and a product of its own."""
        super().on_start()
        self.partner = self.call("res.partner", "create", {"name": "Load test"})
        self.product = self.call("product.product", "create", {"name": "Load test", "list_price": 10.0})

    @task
    def batch(self) -> None:
        """Look for the references, make what is missing."""
        references = [f"load-{uuid4().hex}" for _ in range(_BATCH)]
        known = self.call("sale.order", "search_read", [["client_order_ref", "in", references]], ["client_order_ref"])
        if known is None or not self.partner or not self.product:
            return
        missing = set(references) - {row["client_order_ref"] for row in known}
        lines = [(0, 0, {"product_id": self.product, "product_uom_qty": quantity}) for quantity in (1, 2)]
        orders = [
            {"partner_id": self.partner, "client_order_ref": reference, "order_line": lines}
            for reference in sorted(missing)
        ]
        self.call("sale.order", "create", orders)
