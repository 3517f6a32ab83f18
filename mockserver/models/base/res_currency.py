"""Currencies and their rates."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

__all__ = ["ResCurrency", "ResCurrencyRate"]


class ResCurrency(models.Model):
    """Rounds amounts and converts them at the rate of a day."""

    _inherit = "res.currency"
    _sql_messages = {
        "res_currency_unique_name": "The currency code must be unique!",
        "res_currency_rounding_gt_zero": "The rounding factor must be greater than 0!",
    }

    @api.constrains("active")
    def _check_company_currency_stays_active(self) -> None:
        archived = self.filtered(lambda currency: not currency.active)
        if archived and self.env["res.company"].search_count([("currency_id", "in", archived.ids)], limit=1):
            raise UserError("This currency is set on a company and therefore cannot be deactivated.")

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make currencies; with a second active one everybody works with several."""
        currencies = super().create(vals_list)
        self._toggle_group_multi_currency()
        return currencies

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; the number of active currencies says whether everybody works with several."""
        super().write(vals)
        if "active" in vals:
            self._toggle_group_multi_currency()
        return True

    def unlink(self) -> bool:
        """Delete currencies; with one that is left nobody works with several."""
        super().unlink()
        self._toggle_group_multi_currency()
        return True

    def _toggle_group_multi_currency(self) -> None:
        users, several = self.env(su=True).ref("base.group_user"), self.env(su=True).ref("base.group_multi_currency")
        wanted = self.search_count([("active", "=", True)]) > 1
        if wanted != (several in users.implied_ids):
            users.write({"implied_ids": [(4 if wanted else 3, several.id)]})

    @api.compute("decimal_places")
    def _compute_decimal_places(self) -> None:
        for currency in self:
            below_one = 0 < currency.rounding < 1
            currency.decimal_places = math.ceil(math.log10(1 / currency.rounding)) if below_one else 0

    @api.compute("rate", "inverse_rate", "rate_string", "date")
    def _compute_rate(self) -> None:
        company = self.env.company
        for currency in self:
            currency.rate = currency._rate_on(self.env.context.get("date"), company)
            currency.inverse_rate = 1 / currency.rate if currency.rate else 0.0
            own = company.currency_id.name
            currency.rate_string = (
                f"1 {own} = {currency.rate:.6f} {currency.name}" if currency != company.currency_id else ""
            )
            currency.date = currency.rate_ids[:1].name

    @api.compute("is_current_company_currency")
    def _compute_is_current_company_currency(self) -> None:
        for currency in self:
            currency.is_current_company_currency = currency == self.env.company.currency_id

    def _rate_on(self, day: Any, company: Any) -> float:
        """Units of this currency for one of the company's own, on the day (today without one)."""
        day = str(day or self.env.clock.today())[:10]
        own: float = company.currency_id._raw_rate(day, company)
        return self._raw_rate(day, company) / own

    def _raw_rate(self, day: str, company: Any) -> float:
        domain = [("currency_id", "=", self.id), ("company_id", "in", [False, company.root_id.id or company.id])]
        rates = self.env["res.currency.rate"].sudo()
        found = rates.search([*domain, ("name", "<=", day)], order="company_id, name desc", limit=1)
        found = found or rates.search(domain, order="company_id, name asc", limit=1)
        return float(found.rate or 1.0)

    def _convert(self, amount: float, to: Any, company: Any = None, day: Any = None, round: bool = True) -> float:
        """An amount of this currency in another one, at the day's rate."""
        source, company = self or to, company or self.env.company
        target = to or source
        rate = 1.0 if source == target else target._rate_on(day, company) / source._rate_on(day, company)
        return float(target.round(amount * rate)) if round else amount * rate

    def round(self, amount: float) -> float:
        """The amount, rounded half away from zero to the currency's smallest coin."""
        self.ensure_one()
        coin = Decimal(repr(self.rounding or 0.01))
        return float((Decimal(repr(amount)) / coin).quantize(Decimal(1), ROUND_HALF_UP) * coin)

    def is_zero(self, amount: float) -> bool:
        """Whether the amount rounds to nothing."""
        return self.round(amount) == 0

    def compare_amounts(self, amount1: float, amount2: float) -> int:
        """-1, 0 or 1 as the first rounded amount is below, equal or above the second."""
        first, second = self.round(amount1), self.round(amount2)
        return (first > second) - (first < second)

    def format(self, amount: float) -> str:
        """The amount as it is shown, with the symbol."""
        text = f"{self.round(amount):,.{self.decimal_places}f}"
        return (
            f"{self.symbol}\N{NO-BREAK SPACE}{text}"
            if self.position == "before"
            else f"{text}\N{NO-BREAK SPACE}{self.symbol}"
        )


class ResCurrencyRate(models.Model):
    """One currency's rate from a day on."""

    _inherit = "res.currency.rate"
    _sql_messages = {
        "res_currency_rate_unique_name_per_day": "Only one currency rate per day allowed!",
        "res_currency_rate_currency_rate_check": "The currency rate must be strictly positive.",
    }

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make rates; of several ways to say one the technical rate comes first, then the company's."""
        return super().create([_one_rate(vals) for vals in vals_list])

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; of several ways to say the rate the technical one comes first, then the company's."""
        return bool(super().write(_one_rate(vals)))

    @api.compute("company_rate")
    def _compute_company_rate(self) -> None:
        for rate in self:
            rate.company_rate = (rate.rate or rate._latest() or 1.0) / rate._of_company()

    def _latest(self) -> float:
        """The currency's rate before this one's day."""
        company = self.company_id or self.env.company.root_id
        domain = [("currency_id", "=", self.currency_id.id), ("company_id", "=", company.id)]
        earlier = [("name", "<", self.name or self.env.clock.today()), ("rate", "!=", 0)]
        return float(self.sudo().search([*domain, *earlier], order="name desc", limit=1).rate)

    def _of_company(self) -> float:
        """The last rate of the company's own currency, 1 where it has none."""
        company = self.company_id or self.env.company.root_id
        domain = [("currency_id", "=", company.currency_id.id), ("company_id", "in", [company.id, False])]
        found = self.sudo().search([*domain, ("rate", "!=", 0)], order="name desc", limit=1)
        return float(found.rate) or 1.0

    @api.inverse("company_rate")
    def _inverse_company_rate(self) -> None:
        for rate in self:
            rate.rate = rate.company_rate * rate._of_company()

    @api.compute("inverse_company_rate")
    def _compute_inverse_company_rate(self) -> None:
        for rate in self:
            rate.inverse_company_rate = 1.0 / (rate.company_rate or 1.0)

    @api.inverse("inverse_company_rate")
    def _inverse_inverse_company_rate(self) -> None:
        for rate in self:
            rate.company_rate = 1.0 / (rate.inverse_company_rate or 1.0)


def _one_rate(vals: dict[str, Any]) -> dict[str, Any]:
    """The values with a single way to say the rate."""
    ways = [name for name in ("rate", "company_rate", "inverse_company_rate") if name in vals]
    return {name: value for name, value in vals.items() if name not in ways[1:]}
