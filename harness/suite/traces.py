"""What a test leaves on a real Odoo, and its removal."""

from __future__ import annotations

from collections.abc import Iterable

from fauxdoo.harness.remote import Connection
from fauxdoo.mockserver.errors import OdooError

__all__ = ["Traces"]

_WATCHED = (
    "res.partner.category",
    "res.partner",
    "res.users",
    "uom.uom",
    "product.category",
    "product.template",
    "product.product",
    "product.pricelist",
    "crm.tag",
    "crm.lead",
    "project.project",
    "project.task",
    "sale.order",
    "purchase.order",
    "stock.lot",
    "stock.picking",
    "stock.move",
    "account.move",
    "account.payment",
    "mail.activity",
    "calendar.event",
    "ir.attachment",
    "ir.config_parameter",
    "base.automation",
    "ir.model.data",
)
"""Models whose new records are looked for, whoever made them; removed from the end of the list."""

_WAYS_OUT = (("action_cancel",), ("button_cancel",), ("button_draft",), ("button_draft", "button_cancel"))
"""What lets a record be deleted that cannot be as it is: confirmed orders, posted invoices."""

_ERRORS = (OdooError, AttributeError, KeyError, TypeError, ValueError)


class Traces:
    """New records of one user, by a mark in each model's ids; that user is not to work elsewhere meanwhile."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._marks: dict[str, int] = {}
        self.watch(_WATCHED)

    def watch(self, models: Iterable[str]) -> None:
        """Look for new records of these models too; those the server does not know are left out."""
        for model in models:
            if model not in self._marks and self._connection.fields(model) is not None:
                self._marks[model] = max(self._search(model, [], 1), default=0)

    def remove(self) -> list[str]:
        """Delete what came since the last time; answers a line for each record that could not be deleted."""
        found = self._found()
        reasons: dict[tuple[str, int], str] = {}
        while found:
            reasons = {record: self._reason(*record) for record in found}
            still = self._found()
            if len(still) >= len(found):
                break
            found = still
        for model, id in found:
            self._marks[model] = max(self._marks[model], id)
        return [f"{model}({id}): {reasons[model, id]}" for model, id in found]

    def _found(self) -> list[tuple[str, int]]:
        """New records, those first that others do not need."""
        mine = [("create_uid", "=", self._connection.uid)]
        found: list[tuple[str, int]] = []
        for model in reversed(self._marks):
            ids = self._search(model, [("id", ">", self._marks[model]), *mine], None)
            found.extend((model, id) for id in sorted(ids, reverse=True))
        return found

    def _reason(self, model: str, id: int) -> str:
        """Why the record cannot be deleted, "" if it is gone."""
        reason = self._refusal(model, "unlink", id)
        for methods in _WAYS_OUT if reason else ():
            for method in methods:
                self._refusal(model, method, id)
            if not self._refusal(model, "unlink", id):
                return ""
        return reason

    def _refusal(self, model: str, method: str, id: int) -> str:
        try:
            self._connection.call(model, method, [[id]], {})
        except _ERRORS as error:
            return str(error).partition("\n")[0] or type(error).__name__
        return ""

    def _search(self, model: str, domain: list[tuple[str, str, int]], limit: int | None) -> list[int]:
        options = {"limit": limit, "order": "id desc", "context": {"active_test": False}}
        try:
            ids: list[int] = self._connection.call(model, "search", [domain], options)
        except _ERRORS:
            return []
        return ids
