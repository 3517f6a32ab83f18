"""System parameters: texts by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import ValidationError

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.registry import Registry

__all__ = ["IrConfigParameter"]

_OWN = (
    *("database.secret", "database.uuid", "database.create_date", "web.base.url", "base.login_cooldown_after"),
    "base.login_cooldown_duration",
)
"""Parameters that can be neither renamed nor deleted."""
_MADE = {
    "database.secret": "4e0b2a1c-9d53-4d0f-8f0e-6a1b7c2d3e4f",
    "database.uuid": "6f9619ff-8b86-11ef-b42d-00c04fc964ff",
    "database.create_date": "2025-09-15 08:00:00",
    "web.base.url": "http://localhost:8069",
}
"""What a real database makes up when it is created."""


class IrConfigParameter(models.Model):
    """A parameter set to False or None is deleted."""

    _inherit = "ir.config_parameter"
    _sql_messages: ClassVar[dict[str, str]] = {"ir_config_parameter_key_uniq": "Key must be unique."}

    @classmethod
    def _base_records(cls, registry: Registry) -> list[dict[str, Any]]:
        """The parameters of a fresh database, with those it makes for itself (the real ones are random)."""
        own = [{"id": place, "key": key, "value": value} for place, (key, value) in enumerate(_MADE.items(), 1)]
        return [*own, *super()._base_records(registry)]

    @api.model
    def get_param(self, key: str, default: Any = False) -> Any:
        """The text of a parameter; `default` where there is none or an empty one."""
        self.browse().check_access("read")
        found = self.sudo().search([("key", "=", key)], limit=1)
        return found.value or default

    @api.model
    def set_param(self, key: str, value: Any) -> Any:
        """Set a parameter, as text; delete it for False and None. Answers the value before, False without one."""
        parameter = self.search([("key", "=", key)])
        if not parameter:
            if value is not False and value is not None:
                self.create([{"key": key, "value": str(value)}])
            return False
        old = parameter.value
        if value is False or value is None:
            parameter.unlink()
        elif str(value) != old:
            parameter.write({"value": str(value)})
        return old

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; what the database made for itself keeps its key."""
        own = [key for key in self.mapped("key") if key in _OWN] if "key" in vals else []
        if own:
            raise ValidationError(f"You cannot rename config parameters with keys {', '.join(own)}")
        return bool(super().write(vals))

    @api.ondelete(at_uninstall=False)
    def unlink_default_parameters(self) -> None:
        """Refuse to delete what the database made for itself."""
        for parameter in self:
            if parameter.key in _OWN:
                raise ValidationError(f"You cannot delete the {parameter.key} record.")
