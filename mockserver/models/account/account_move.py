"""Journal entries: invoices, bills and their refunds."""

from __future__ import annotations

from fauxdoo.mockserver import models
from fauxdoo.mockserver.errors import UserError

__all__ = ["AccountMove"]


class AccountMove(models.Model):
    """A draft until it is posted."""

    _inherit = "account.move"

    def button_cancel(self) -> None:
        """Cancel drafts; raises UserError for others."""
        if any(move.state != "draft" for move in self):
            raise UserError("Only draft journal entries can be cancelled.")
        self.write({"auto_post": "no", "state": "cancel"})
