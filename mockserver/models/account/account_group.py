"""Groups of accounts, by what their codes begin with."""

from __future__ import annotations

from fauxdoo.mockserver import models

__all__ = ["AccountGroup"]


class AccountGroup(models.Model):
    _inherit = "account.group"

    def _compute_display_name(self) -> None:
        """`10-19 Assets`: one prefix, or the first and the last."""
        for group in self:
            prefixes = dict.fromkeys(filter(None, (group.code_prefix_start, group.code_prefix_end)))
            group.display_name = " ".join(filter(None, ("-".join(prefixes), group.name)))
