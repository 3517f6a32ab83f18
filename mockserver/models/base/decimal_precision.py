"""Decimal precisions: how many digits prices, quantities and weights have."""

from __future__ import annotations

from fauxdoo.mockserver import api, models

__all__ = ["DecimalPrecision"]


class DecimalPrecision(models.Model):
    """Digits by use."""

    _inherit = "decimal.precision"
    _sql_messages = {"decimal_precision_name_uniq": "Only one value can be defined for each given usage!"}

    @api.model
    def precision_get(self, application: str) -> int:
        """The digits of a use, 2 for one that is not known."""
        known = self.sudo().search([("name", "=", application)], limit=1)
        return int(known.digits) if known else 2
