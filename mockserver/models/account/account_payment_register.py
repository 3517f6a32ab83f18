"""The wizard that pays invoices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.models.account.account_account import CLAIMS
from fauxdoo.mockserver.models.account.account_journal import MONEY

__all__ = ["AccountPaymentRegister"]

_NOTHING_LEFT = (
    "There's nothing left to pay for the selected journal items, so no payment registration is necessary. You've got"
    " your finances under control like a boss!"
)


class AccountPaymentRegister(models.TransientModel):
    """Takes the open items of the chosen invoices and makes payments that settle them."""

    _inherit = "account.payment.register"

    @api.model
    def default_get(self, fields: Iterable[str]) -> dict[str, Any]:
        """The open items of the invoices in the context; raises UserError where nothing is open."""
        result: dict[str, Any] = super().default_get(fields)
        if "line_ids" in fields and "line_ids" not in result:
            result["line_ids"] = [(6, 0, self._open_items().ids)]
        if "payment_date" in fields and not result.get("payment_date"):
            result["payment_date"] = str(self.env.clock.today())
        return result

    def _open_items(self) -> Any:
        model, ids = self.env.context.get("active_model"), self.env.context.get("active_ids") or []
        if model == "account.move":
            items = self.env[model].browse(ids).line_ids
        elif model == "account.move.line":
            items = self.env[model].browse(ids)
        else:
            raise UserError(
                "The register payment wizard should only be called on account.move or account.move.line records."
            )
        if any(item.parent_state == "cancel" for item in items) or any(item.parent_state == "draft" for item in items):
            raise UserError("You can only register payment for posted journal entries.")
        due = items.filtered(lambda item: item.account_type in CLAIMS and not item.reconciled and item.amount_residual)
        if not due:
            raise UserError(_NOTHING_LEFT)
        if len({item.account_type for item in due}) > 1:
            raise UserError("You can't register payments for both inbound and outbound moves at the same time.")
        return due

    # ---------------------------------------------------------------- what the items say

    @api.compute(
        "source_amount",
        "source_amount_currency",
        "source_currency_id",
        "payment_type",
        "partner_type",
        "partner_id",
        "company_id",
        "can_edit_wizard",
    )
    @api.depends("line_ids")
    def _compute_from_lines(self) -> None:
        for wizard in self:
            items = wizard.line_ids._origin
            left = sum(items.mapped("amount_residual"))
            wizard.source_amount = abs(left)
            wizard.source_amount_currency = abs(sum(items.mapped("amount_residual_currency")))
            wizard.source_currency_id = items.currency_id[:1]
            wizard.payment_type = "inbound" if left > 0 else "outbound"
            receivable = items[:1].account_type == "asset_receivable"
            wizard.partner_type = "customer" if receivable else "supplier"
            wizard.partner_id = items.partner_id[:1]
            wizard.company_id = items.company_id[:1]
            wizard.can_edit_wizard = len(wizard._batches()) == 1

    @api.compute("can_group_payments")
    @api.depends("line_ids")
    def _compute_can_group_payments(self) -> None:
        for wizard in self:
            wizard.can_group_payments = any(len(batch.move_id) > 1 for batch in wizard._batches())

    @api.compute("group_payment")
    @api.depends("can_edit_wizard")
    def _compute_group_payment(self) -> None:
        for wizard in self:
            single = wizard._batches()
            wizard.group_payment = len(single) == 1 and len(single[0].move_id) == 1

    @api.compute("journal_id")
    @api.depends("company_id")
    def _compute_journal_id(self) -> None:
        for wizard in self:
            company = wizard.company_id or self.env.company
            domain = [("company_id", "=", company.id), ("type", "in", MONEY)]
            wizard.journal_id = self.env["account.journal"].search(domain, limit=1)

    @api.compute("currency_id")
    @api.depends("journal_id")
    def _compute_currency_id(self) -> None:
        for wizard in self:
            wizard.currency_id = wizard.source_currency_id or wizard.journal_id.currency_id

    @api.compute("payment_method_line_id")
    @api.depends("payment_type", "journal_id")
    def _compute_payment_method_line_id(self) -> None:
        for wizard in self:
            wizard.payment_method_line_id = wizard.journal_id._method_lines(wizard.payment_type)[:1]

    @api.compute("amount")
    @api.depends("source_amount_currency", "currency_id", "payment_date")
    def _compute_amount(self) -> None:
        for wizard in self:
            wizard.amount = wizard._full_amount()

    def _full_amount(self) -> float:
        """What is open, in the wizard's currency."""
        source, company = self.source_currency_id, self.company_id
        return float(source._convert(self.source_amount_currency, self.currency_id, company, self.payment_date))

    @api.compute("payment_difference")
    def _compute_payment_difference(self) -> None:
        for wizard in self:
            wizard.payment_difference = wizard.currency_id.round(wizard._full_amount() - wizard.amount)

    @api.compute("payment_difference_handling")
    @api.depends("line_ids")
    def _compute_payment_difference_handling(self) -> None:
        for wizard in self:
            wizard.payment_difference_handling = "open"

    @api.compute("communication")
    @api.depends("line_ids")
    def _compute_communication(self) -> None:
        for wizard in self:
            moves = wizard.line_ids._origin.move_id
            labels = [move.payment_reference or move.ref or move.name for move in moves]
            wizard.communication = ", ".join(sorted({label for label in labels if label}))

    def _batches(self) -> list[Any]:
        """The items by partner, account and currency: what one payment may settle."""
        batches: dict[Any, Any] = {}
        for item in self.line_ids._origin:
            key = (item.partner_id, item.account_id, item.currency_id, item.balance > 0)
            batches[key] = batches[key] | item if key in batches else item
        return list(batches.values())

    # ---------------------------------------------------------------- paying

    def action_create_payments(self) -> Any:
        """Make and post the payments; answers an action that shows them, true where the context asks for none."""
        payments = self._create_payments()
        if self.env.context.get("dont_redirect_to_payments"):
            return True
        action = {
            "name": "Payments",
            "type": "ir.actions.act_window",
            "res_model": "account.payment",
            "context": {"create": False},
        }
        if len(payments) == 1:
            return {**action, "view_mode": "form", "res_id": payments.id}
        return {**action, "view_mode": "list,form", "domain": [("id", "in", payments.ids)]}

    def _create_payments(self) -> Any:
        self.ensure_one()
        batches = self._batches()
        grouped = self.group_payment or (self.can_edit_wizard and len(self.line_ids.move_id) == 1)
        if not grouped:
            batches = [
                items.filtered(lambda item, move=move: item.move_id == move)
                for items in batches
                for move in items.move_id
            ]
        payments = self.env["account.payment"]
        for items in batches:
            payments |= self._pay(items, self.amount if len(batches) == 1 else None)
        return payments

    def _pay(self, items: Any, amount: float | None) -> Any:
        """One payment that settles these items, as far as its amount goes."""
        payment = self.env["account.payment"].create([self._payment_values(items, amount)])
        payment.action_post()
        counterpart = payment.move_id.line_ids.filtered(lambda line: line.account_id == payment.destination_account_id)
        (counterpart | items).reconcile()
        items.move_id.write({"matched_payment_ids": [(4, payment.id)]})
        return payment

    def _payment_values(self, items: Any, amount: float | None) -> dict[str, Any]:
        whole = abs(sum(items.mapped("amount_residual_currency")))
        return {
            "date": self.payment_date,
            "amount": whole if amount is None else amount,
            "payment_type": "inbound" if sum(items.mapped("balance")) > 0 else "outbound",
            "partner_type": self.partner_type,
            "memo": self.communication,
            "journal_id": self.journal_id.id,
            "currency_id": self.currency_id.id,
            "partner_id": items.partner_id[:1].id,
            "payment_method_line_id": self.payment_method_line_id.id,
            "destination_account_id": items.account_id[:1].id,
            "invoice_ids": [(6, 0, items.move_id.filtered(lambda move: move.is_invoice(True)).ids)],
        }
