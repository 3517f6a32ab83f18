"""Every model: what is created, changed or deleted is told to the webhooks of its model."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from fauxdoo.mockserver import api, models

__all__ = ["Base"]

_OWN = ("ir.webhook", "ir.webhook.delivery")


class Base(models.AbstractModel):
    """The outermost layer of `create`, `write` and `unlink`; it costs nothing before somebody has made a webhook."""

    _inherit = "base"
    _outermost: ClassVar[bool] = True

    def _webhooks(self, trigger: str) -> Any:
        """The active webhooks of the model for a trigger; a method's are named `method:action_confirm`."""
        if "ir_webhook" not in self.env.transaction.store.tables or self._name in _OWN:
            return ()
        return self.env["ir.webhook"]._of_model(self._name, trigger)

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make records, then tell of them."""
        records = super().create(vals_list)
        for webhook in self._webhooks("create"):
            webhook._note(records, "create")
        return records

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values, then tell of them."""
        result = super().write(vals)
        for webhook in self._webhooks("write") if self.ids else ():
            webhook._note(self, "write")
        return result

    def unlink(self) -> bool:
        """Tell of the records as they are, then delete them."""
        for webhook in self._webhooks("unlink") if self.ids else ():
            webhook._note(self, "unlink")
        return super().unlink()

    def _tell_call(self, method: str) -> None:
        """Tell of a method that a client has called on these records."""
        for webhook in self._webhooks(f"method:{method}") if self.ids else ():
            webhook._note(self, method)
