"""Documents that customers and vendors find on the portal."""

from __future__ import annotations

import uuid
from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["PortalMixin"]

_PAGES = {
    "account.move": "/my/invoices/{}",
    "project.project": "/my/projects/{}",
    "project.task": "/my/tasks/{}",
    "purchase.order": "/my/purchase/{}",
    "sale.order": "/my/orders/{}",
}


class PortalMixin(models.AbstractModel):
    """The address of the document's page, `#` where it has none; a token lets in whoever has the link."""

    _name = "portal.mixin"

    @api.compute("access_url")
    def _compute_access_url(self) -> None:
        page = _PAGES.get(self._name, "#")
        for record in self:
            record.access_url = page.format(record.id)

    @api.compute("access_warning")
    def _compute_access_warning(self) -> None:
        for record in self:
            record.access_warning = ""

    def get_portal_url(
        self,
        suffix: str | None = None,
        report_type: str | None = None,
        download: bool | None = None,
        query_string: str | None = None,
        anchor: str | None = None,
    ) -> str:
        """The address with a token, which is made where there is none yet."""
        self.ensure_one()
        if not self.access_token:
            self.sudo().write({"access_token": str(uuid.uuid4())})
        more = f"&report_type={report_type}" if report_type else ""
        more += ("&download=true" if download else "") + (query_string or "")
        more += f"#{anchor}" if anchor else ""
        return f"{self.access_url}{suffix or ''}?access_token={self.access_token}{more}"

    def _portal_action(self) -> dict[str, Any]:
        """The page, as an action of the web client."""
        return {"type": "ir.actions.act_url", "target": "self", "url": self.get_portal_url()}
