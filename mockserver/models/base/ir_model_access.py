"""Access rights; what they do is in `mockserver.access`."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models

__all__ = ["IrModelAccess"]

_OPERATIONS = ("read", "write", "create", "unlink")


class IrModelAccess(models.Model):
    """A right holds at once."""

    _inherit = "ir.model.access"

    @api.model
    def check(self, model: str, mode: str = "read", raise_exception: bool = True) -> bool:
        """Whether the user may do this with records of a model; raises AccessError unless told not to.

        True for everything in superuser mode, False for an unknown model.
        """
        if self.env.su:
            return True
        assert mode in _OPERATIONS, "Invalid access mode"
        if model not in self.env.registry:
            return False
        access, records = self.env.access, self.env[model]
        if raise_exception:
            access.check(records, mode)
        return bool(access.allows(records, mode))

    @api.model
    def group_names_with_access(self, model_name: str, access_mode: str) -> list[str]:
        """Names of the groups with a right on a model."""
        assert access_mode in _OPERATIONS, "Invalid access mode"
        names: list[str] = self.env.access.groups_with_access(self.env, model_name, access_mode)
        return names

    @api.model
    def call_cache_clearing_methods(self) -> None:
        """Forget what is known of rights."""
        self.env.access.changed(self.env, "acl")

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make rights that hold at once."""
        rights = super().create(vals_list)
        self.env.access.changed(self.env, "acl")
        return rights

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values that hold at once."""
        super().write(vals)
        self.env.access.changed(self.env, "acl")
        return True

    def unlink(self) -> bool:
        """Delete rights."""
        super().unlink()
        self.env.access.changed(self.env, "acl")
        return True
