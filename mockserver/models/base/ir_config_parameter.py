"""System parameters: texts by key."""

from __future__ import annotations

from typing import Any, ClassVar

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import ValidationError

__all__ = ["IrConfigParameter"]

_OWN = (
    *("database.secret", "database.uuid", "database.create_date", "web.base.url", "base.login_cooldown_after"),
    "base.login_cooldown_duration",
)
"""Parameters a database makes for itself; they can be neither renamed nor deleted."""


class IrConfigParameter(models.Model):
    """A parameter set to False or None is deleted."""

    _inherit = "ir.config_parameter"
    _sql_messages: ClassVar[dict[str, str]] = {"ir_config_parameter_key_uniq": "Key must be unique."}

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
