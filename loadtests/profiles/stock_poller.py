"""A warehouse that asks every second what is in stock."""

from __future__ import annotations

from locust import constant_pacing, task

from fauxdoo.loadtests.shapes import *  # noqa: F403
from fauxdoo.loadtests.users import Json2User

__all__ = ["StockPoller"]


class StockPoller(Json2User):
    """Quants that changed, and what is available of storable products."""

    wait_time = constant_pacing(1)

    @task(3)
    def quants(self) -> None:
        """The latest quants."""
        fields = ["product_id", "location_id", "quantity", "reserved_quantity"]
        domain = [["location_id.usage", "=", "internal"]]
        self.call("stock.quant", "search_read", domain=domain, fields=fields, limit=200, order="id desc")

    @task
    def available(self) -> None:
        """What is available of a page of products."""
        fields = ["default_code", "qty_available", "virtual_available"]
        domain = [["is_storable", "=", True]]
        self.call("product.product", "search_read", domain=domain, fields=fields, limit=40, order="id")
