"""Accounts: found and ordered by their code in the company."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver import api, fields, models
from fauxdoo.mockserver.models.yes_no import asks_yes

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.registry import Registry

__all__ = ["CLAIMS", "LIQUID", "AccountAccount"]

CLAIMS = ("asset_receivable", "liability_payable")
"""Types of accounts for what is owed by and to others."""
LIQUID = ("asset_cash", "liability_credit_card")
"""Types of accounts for money."""
_YEARLY = ("income", "expense", "off")
"""Groups of accounts that begin each year with nothing."""


class AccountAccount(models.Model):
    """The code is kept by company."""

    _inherit = "account.account"

    code = fields.Char(related="code_store")
    placeholder_code = fields.Char(related="code_store")

    def _compute_display_name(self) -> None:
        """The name, behind the code for who may read all of the accounting; formatted, before the description."""
        knows = self.env.user.has_group("account.group_account_readonly")
        formatted = self.env.context.get("formatted_display_name")
        for account in self:
            if formatted and account.code:
                below = f"\n--{account.description}--" if account.description else ""
                account.display_name = f"{account.code if knows else ''} {account.name}{below}"
            else:
                account.display_name = f"{account.code} {account.name}" if knows and account.code else account.name

    @api.model
    def _search_display_name(self, operator: str, value: Any) -> Any:
        """By the name, or by what the code begins with, where a text is looked for."""
        if operator == "in" and all(isinstance(each, str) for each in value):
            return ["|", ("code", "in", [each.partition(" ")[0] for each in value]), ("name", "in", value)]
        if operator in ("like", "ilike", "=like", "=ilike") and isinstance(value, str):
            return ["|", ("code", "=like", f"{value.partition(' ')[0]}%"), ("name", operator, value)]
        return NotImplemented if operator.startswith("not ") else super()._search_display_name(operator, value)

    @api.compute("account_type")
    @api.depends("code")
    def _compute_account_type(self) -> None:
        """Unless it is given, that of the account with the next smaller code."""
        for account in self:
            if account.code and not account.account_type:
                known = self.sudo().search([("account_type", "!=", False), ("code", "!=", False)])
                smaller = sorted((each.code, each.account_type) for each in known if (each.code or "") < account.code)
                account.account_type = smaller[-1][1] if smaller else "asset_current"

    @api.compute("reconcile")
    @api.depends("account_type")
    def _compute_reconcile(self) -> None:
        for account in self:
            if account.account_type in CLAIMS:
                account.reconcile = True
            elif account.account_type in LIQUID or account.internal_group in ("income", "expense", "equity", "off"):
                account.reconcile = False
            else:
                account.reconcile = account.reconcile

    @api.compute("internal_group", "include_initial_balance")
    def _compute_internal_group(self) -> None:
        for account in self:
            group = (account.account_type or "").partition("_")[0]
            account.internal_group = group or False
            account.include_initial_balance = group not in _YEARLY

    @api.search("internal_group")
    def _search_internal_group(self, operator: str, value: Any) -> Any:
        if operator not in ("in", "not in"):
            return NotImplemented
        known = self.fields_get(["account_type"], ["selection"])["account_type"]["selection"]
        types = [key for key, _label in known if key.partition("_")[0] in list(value)]
        return [("account_type", operator, types)]

    @api.search("include_initial_balance")
    def _search_include_initial_balance(self, operator: str, value: Any) -> list[Any]:
        return [("internal_group", "not in" if asks_yes(operator, value) else "in", list(_YEARLY))]

    @api.search("used")
    def _search_used(self, operator: str, value: Any) -> list[Any]:
        used = self.env["account.move.line"].sudo().search([("account_id", "!=", False)]).account_id.ids
        return [("id", "in" if asks_yes(operator, value) else "not in", used)]

    @api.compute("current_balance")
    def _compute_current_balance(self) -> None:
        """What the posted entries of the companies in force come to."""
        for account in self:
            domain = [("account_id", "=", account.id), ("parent_state", "=", "posted")]
            items = self.env["account.move.line"].search([*domain, ("company_id", "in", self.env.companies.ids)])
            account.current_balance = sum(items.mapped("balance"))

    @api.compute("used")
    def _compute_used(self) -> None:
        items = self.env["account.move.line"].sudo()
        for account in self:
            account.used = bool(items.search([("account_id", "=", account.id)], limit=1))

    @api.compute("company_currency_id")
    def _compute_company_currency_id(self) -> None:
        for account in self:
            account.company_currency_id = self.env.company.currency_id

    @api.compute("company_fiscal_country_code")
    def _compute_company_fiscal_country_code(self) -> None:
        for account in self:
            account.company_fiscal_country_code = self.env.company.account_fiscal_country_id.code

    def _settles(self) -> bool:
        """Whether its items can be settled with each other."""
        return bool(self.reconcile or self.account_type in LIQUID)

    @classmethod
    def _setup(cls, registry: Registry, facts: Mapping[str, Any]) -> None:
        """Take the catalogue's facts; the order is that of the column the code is kept in."""
        super()._setup(registry, {**facts, "order": "code_store"})
