"""The entry of a payment: made when it is confirmed, and in line with it while it is a draft."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.account.account_account import CLAIMS

__all__ = ["AccountPaymentEntry"]

_FOLLOWED = frozenset(
    {
        "date",
        "amount",
        "payment_type",
        "partner_type",
        "payment_reference",
        "currency_id",
        "partner_id",
        "destination_account_id",
        "partner_bank_id",
        "journal_id",
    }
)
"""Fields that the entry of a draft takes over."""


class AccountPaymentEntry(models.Model):
    """Money against what the partner owes, and what is written off."""

    _inherit = "account.payment"

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make payments; those that bring items of their entry have one from the start."""
        brought = ("write_off_line_vals", "line_ids")
        own = [{name: value for name, value in vals.items() if name not in brought} for vals in vals_list]
        payments = super().create(own)
        for payment, vals in zip(payments, vals_list, strict=True):
            if any(vals.get(name) is not None for name in brought):
                payment._make_entry(vals.get("write_off_line_vals") or [], vals.get("line_ids"))
                payment.write({"state": "in_process", "move_id": payment.move_id.id})
        return payments

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; one that is in process or paid has a posted entry, and that of a draft follows."""
        if vals.get("state") in ("in_process", "paid") and not vals.get("move_id"):
            for payment in self.filtered(lambda each: not each.move_id and each.outstanding_account_id):
                payment._make_entry([])
            self.move_id.sudo().filtered(lambda move: move.state == "draft")._post()
        super().write(vals)
        if "memo" in vals:
            self.move_id.sudo().write({"ref": vals["memo"]})
        if _FOLLOWED & set(vals):
            for payment in self.filtered(lambda each: each.move_id and each.move_id.state != "posted"):
                payment._adapt_entry("journal_id" in vals)
        return True

    def unlink(self) -> bool:
        """Delete payments with their entries; what they settled is open again."""
        moves = self.move_id.sudo()
        moves.filtered(lambda move: move.state != "draft").button_draft()
        moves.unlink()
        return bool(super().unlink())

    def _items(self) -> tuple[Any, Any, Any]:
        """The items of the payment's entry: of money, of what the partner owes, and others."""
        journal, items = self.journal_id, self.move_id.sudo().line_ids
        liquid = journal.default_account_id | self.payment_method_line_id.payment_account_id
        liquid |= self.outstanding_account_id
        money = items.filtered(lambda line: line.account_id in liquid)
        partner = (items - money).filtered(lambda line: line.account_type in CLAIMS)
        return money, partner, items - money - partner

    def _make_entry(self, write_offs: list[dict[str, Any]], lines: Any = None) -> None:
        """A draft of the payment's entry; `write_offs` are items beside its own, `lines` stand for all."""
        items = lines or [(0, 0, values) for values in self._item_values(write_offs)]
        values = {
            "move_type": "entry",
            "ref": self.memo,
            "date": self.date,
            "journal_id": self.journal_id.id,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "currency_id": self.currency_id.id,
            "partner_bank_id": self.partner_bank_id.id,
            "origin_payment_id": self.id,
            "line_ids": items,
        }
        self.move_id = self.env["account.move"].sudo().create([values])

    def _item_values(self, write_offs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Money, what it settles, and what is written off."""
        company, label = self.company_id, self._label()
        balance = self.currency_id._convert(self.amount_signed, company.currency_id, company, self.date)
        shared = {
            "name": label,
            "date_maturity": self.date,
            "partner_id": self.partner_id.id,
            "currency_id": self.currency_id.id,
        }
        money = {
            "account_id": self.outstanding_account_id.id,
            "amount_currency": self.amount_signed,
            "balance": balance,
        }
        partner = {
            "account_id": self.destination_account_id.id,
            "amount_currency": -self.amount_signed - sum(each["amount_currency"] for each in write_offs),
            "balance": -balance - sum(each["balance"] for each in write_offs),
        }
        return [{**shared, **money}, {**shared, **partner}, *write_offs]

    def _label(self) -> str:
        method = self.payment_method_line_id.name or "No Payment Method"
        return method + (f": {self.memo}" if self.memo else "")

    def _adapt_entry(self, other_journal: bool) -> None:
        """Bring the entry of a draft in line with the payment; several write-offs become one."""
        money, partner, others = self._items()
        kept = [_summed(others)] if others else []
        mine, theirs, *rest = self._item_values(kept)
        commands = [
            (1, money[:1].id, mine) if money else (0, 0, mine),
            (1, partner[:1].id, theirs) if partner else (0, 0, theirs),
            *((2, line.id, 0) for line in others),
            *((0, 0, values) for values in rest),
        ]
        values = {
            "date": self.date,
            "partner_id": self.partner_id.id,
            "currency_id": self.currency_id.id,
            "partner_bank_id": self.partner_bank_id.id,
            "line_ids": commands,
        }
        if other_journal:
            values |= {"name": "/", "journal_id": self.journal_id.id}
        self.move_id.sudo().write(values)


def _summed(items: Any) -> dict[str, Any]:
    """Items as one: the first, with the amounts of all."""
    first = items[:1]
    return {
        "name": first.name,
        "account_id": first.account_id.id,
        "partner_id": first.partner_id.id,
        "currency_id": first.currency_id.id,
        "amount_currency": sum(items.mapped("amount_currency")),
        "balance": sum(items.mapped("balance")),
    }
