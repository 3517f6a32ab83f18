"""What a contact's form does when a value is typed into it."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.base.places import bring_country, leave_state
from fauxdoo.mockserver.models.base.res_partner_address import ADDRESS

__all__ = ["ResPartner"]


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.onchange("parent_id")
    def onchange_parent_id(self) -> dict[str, Any] | None:
        """A contact takes the address of its company, where that has one."""
        if not self.parent_id:
            return None
        if self.type == "contact" and any(self.parent_id[name] for name in ADDRESS):
            for name in ADDRESS:
                self[name] = self.parent_id[name]
        before = self._origin.parent_id
        if before and before != self.parent_id:
            message = (
                "Changing the company of a contact should only be done if it was never correctly set. If an existing "
                "contact starts working for a new company then a new contact should be created under that new company."
            )
            return {"warning": {"title": "Warning", "message": message}}
        return None

    @api.onchange("country_id")
    def _onchange_country_id(self) -> None:
        leave_state(self, "country_id", "state_id")

    @api.onchange("state_id")
    def _onchange_state(self) -> None:
        bring_country(self, "country_id", "state_id")

    @api.onchange("company_type")
    def onchange_company_type(self) -> None:
        """Company or person is a check box too."""
        self.is_company = self.company_type == "company"
