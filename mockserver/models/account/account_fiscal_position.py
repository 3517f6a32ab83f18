"""Fiscal positions: which taxes hold for whom."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["AccountFiscalPosition"]


class AccountFiscalPosition(models.Model):
    """Found by the country of a customer, replaces taxes by others."""

    _inherit = "account.fiscal.position"

    @api.model
    def _get_fiscal_position(self, partner: Any, delivery: Any = None) -> Any:
        """The position set on the customer, else the first automatic one that fits the delivery's country."""
        if not partner:
            return self.browse()
        delivery = delivery or partner
        own = delivery.property_account_position_id or partner.property_account_position_id
        return own or (self._automatic(delivery) if delivery.country_id else self.browse())

    def _automatic(self, partner: Any) -> Any:
        positions = self.sudo().search([("auto_apply", "=", True), ("company_id", "=", self.env.company.id)])
        fitting = positions.filtered(lambda position: position._fits(partner))
        return fitting.sorted(lambda position: (-position._precision(), position.sequence, position.id))[:1]

    def _fits(self, partner: Any) -> bool:
        if self.vat_required and not partner.vat:
            return False
        if self.country_id and self.country_id != partner.country_id:
            return False
        if self.state_ids and partner.state_id not in self.state_ids:
            return False
        return not self.country_group_id or partner.country_id in self.country_group_id.country_ids

    def _precision(self) -> int:
        return 2 * bool(self.country_id) + bool(self.country_group_id) + bool(self.state_ids)

    def map_tax(self, taxes: Any) -> Any:
        """The taxes that take the place of others here."""
        if not self:
            return taxes
        result = taxes.browse()
        for tax in taxes:
            result |= self.tax_ids.filtered(lambda each, tax=tax: tax in each.original_tax_ids) or tax
        return result

    def map_account(self, account: Any) -> Any:
        """The account that takes the place of another one here."""
        mapped = self.account_ids.filtered(lambda each: each.account_src_id == account)
        return mapped[:1].account_dest_id or account
