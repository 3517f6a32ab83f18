"""Cash rounding: invoices whose total is a multiple of the smallest coin."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import ValidationError

__all__ = ["AccountCashRounding", "AccountMoveCashRounding"]

_WAYS = {"UP": ROUND_UP, "DOWN": ROUND_DOWN, "HALF-UP": ROUND_HALF_UP}
"""All away from zero and towards it: of what is owed as of what is claimed."""


class AccountCashRounding(models.Model):
    """The coin, and where what is rounded goes: to a line of its own, or to the biggest tax."""

    _inherit = "account.cash.rounding"

    @api.constrains("rounding")
    def _check_rounding(self) -> None:
        if any(each.rounding <= 0 for each in self):
            raise ValidationError("Please set a strictly positive rounding value.")

    def _difference(self, currency: Any, amount: float) -> float:
        """What makes an amount of the currency a multiple of the coin."""
        exact, coin = currency.round(amount), Decimal(repr(self.rounding))
        rounded = (Decimal(repr(exact)) / coin).quantize(Decimal(1), _WAYS[self.rounding_method]) * coin
        return float(currency.round(float(rounded) - exact))


class AccountMoveCashRounding(models.Model):
    """Draft invoices are rounded whenever they change."""

    _inherit = "account.move"

    def _wanted_rounding(self) -> list[dict[str, Any]]:
        """Values of the line that rounds the total; none where there is nothing, or no tax to take it."""
        others = self.line_ids.filtered(lambda line: line.display_type not in ("payment_term", "rounding"))
        rounding = self.invoice_cash_rounding_id
        difference = rounding._difference(self.currency_id, sum(others.mapped("amount_currency"))) if rounding else 0.0
        if not difference:
            return []
        if rounding.strategy == "add_invoice_line":
            lost = difference > 0 and rounding.loss_account_id
            account = lost or rounding.profit_account_id
            return [{"name": rounding.name, "account_id": account.id, "amount_currency": difference}]
        taxes = others.filtered("tax_repartition_line_id")
        biggest = max(taxes, key=lambda line: abs(line.balance), default=None)
        if biggest is None:
            return []
        share = {"account_id": biggest.account_id.id, "tax_repartition_line_id": biggest.tax_repartition_line_id.id}
        return [{"name": f"{biggest.name} (rounding)", **share, "amount_currency": difference}]

    def _round_totals(self, shown: dict[str, Any]) -> None:
        """Put what is rounded into the totals that the form shows."""
        rounding, own = self.invoice_cash_rounding_id, self.company_id.currency_id
        difference = rounding._difference(self.currency_id, shown["total_amount_currency"]) if rounding else 0.0
        if not difference:
            return
        both = {"amount_currency": difference, "amount": own.round(difference / (self.invoice_currency_rate or 1.0))}
        if rounding.strategy == "add_invoice_line":
            shown |= {f"cash_rounding_base_{name}": amount for name, amount in both.items()}
            changed = [(shown, "base"), (shown, "total")]
        else:
            groups = [(group, part) for part in shown["subtotals"] for group in part["tax_groups"]]
            if not groups:
                return
            biggest, subtotal = max(groups, key=lambda pair: abs(pair[0]["tax_amount_currency"]))
            changed = [(biggest, "tax"), (subtotal, "tax"), (shown, "tax"), (shown, "total")]
        for sums, kind in changed:
            for name, amount in both.items():
                currency = own if name == "amount" else self.currency_id
                sums[f"{kind}_{name}"] = currency.round(sums[f"{kind}_{name}"] + amount)
