"""Documents that customers and vendors find on the portal."""

from __future__ import annotations

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
    """The address of the document's page, `#` where it has none."""

    _name = "portal.mixin"

    @api.compute("access_url")
    def _compute_access_url(self) -> None:
        page = _PAGES.get(self._name, "#")
        for record in self:
            shown = self._name != "account.move" or record.is_invoice()
            record.access_url = page.format(record.id) if shown else "#"

    @api.compute("access_warning")
    def _compute_access_warning(self) -> None:
        for record in self:
            record.access_warning = ""
