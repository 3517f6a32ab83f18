"""A shop that reads products by pages, over every protocol."""

from __future__ import annotations

import json
import random
from urllib.parse import urlencode

from locust import between, task

from fauxdoo.loadtests.shapes import *  # noqa: F403  (Locust looks for the shape here)
from fauxdoo.loadtests.users import Json2User, JsonRpcUser, RestUser, XmlRpcUser

__all__ = ["CatalogueOverJson2", "CatalogueOverJsonRpc", "CatalogueOverRest", "CatalogueOverXmlRpc"]

_FIELDS = ["name", "default_code", "list_price", "write_date"]
_PAGE = 80


def _offset() -> int:
    return random.randrange(0, 5) * _PAGE


class CatalogueOverJson2(Json2User):
    """With an API key, as Odoo 19 advises."""

    wait_time = between(0.1, 0.5)

    @task
    def page(self) -> None:
        """A page of products."""
        page = {"fields": _FIELDS, "limit": _PAGE, "offset": _offset(), "order": "id"}
        self.call("product.product", "search_read", domain=[["sale_ok", "=", True]], **page)


class CatalogueOverJsonRpc(JsonRpcUser):
    """As most connectors do."""

    wait_time = between(0.1, 0.5)

    @task
    def page(self) -> None:
        """A page of products."""
        page = {"fields": _FIELDS, "limit": _PAGE, "offset": _offset(), "order": "id"}
        self.call("product.product", "search_read", [["sale_ok", "=", True]], **page)


class CatalogueOverXmlRpc(XmlRpcUser):
    """As the oldest ones do: two calls."""

    wait_time = between(0.1, 0.5)

    @task
    def page(self) -> None:
        """Search, then read."""
        domain = [["sale_ok", "=", True]]
        ids = self.call("product.product", "search", domain, limit=_PAGE, offset=_offset(), order="id")
        if ids:
            self.call("product.product", "read", ids, fields=_FIELDS)


class CatalogueOverRest(RestUser):
    """As the guide describes it."""

    wait_time = between(0.1, 0.5)

    @task
    def page(self) -> None:
        """A page of products."""
        query = {"fields": json.dumps(_FIELDS), "limit": _PAGE, "offset": _offset(), "order": "id"}
        self.send("GET", f"product.product?{urlencode(query)}")
