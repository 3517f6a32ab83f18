"""The wizard that pays invoices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.models.account.account_account import CLAIMS
from fauxdoo.mockserver.models.account.account_journal import MONEY
from fauxdoo.mockserver.models.account.account_payment_totals import Totals, totals_on

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
        due = items.filtered(lambda item: item.account_type in CLAIMS and item.amount_residual_currency)
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
        """Of items that one payment may settle; only company and direction of others."""
        for wizard in self:
            batches = wizard._batches()
            if not batches:
                raise UserError(
                    "You can't open the register payment wizard without at least one receivable/payable line."
                )
            items = batches[0]
            wizard.can_edit_wizard = single = len(batches) == 1
            wizard.company_id = items.company_id[:1]
            wizard.payment_type = _direction(items)
            wizard.source_currency_id = items.currency_id if single else False
            wizard.source_amount = abs(sum(items.mapped("amount_residual"))) if single else 0.0
            foreign = abs(sum(items.mapped("amount_residual_currency")))
            wizard.source_amount_currency = foreign if single else 0.0
            wizard.partner_type = _side(items) if single else False
            wizard.partner_id = items.partner_id if single else False

    @api.compute("can_group_payments")
    @api.depends("line_ids")
    def _compute_can_group_payments(self) -> None:
        """Where there are several items, but not those of a single invoice."""
        for wizard in self:
            batches = wizard._batches()
            alone = len(batches) == 1 and len(batches[0].move_id) == 1 and batches[0].move_id.is_invoice(True)
            wizard.can_group_payments = any(len(batch) != 1 for batch in batches) and not alone

    @api.compute("group_payment")
    @api.depends("can_edit_wizard")
    def _compute_group_payment(self) -> None:
        for wizard in self:
            wizard.group_payment = wizard.can_edit_wizard and len(wizard._batches()[0].move_id) == 1

    @api.compute("is_register_payment_on_draft")
    def _compute_is_register_payment_on_draft(self) -> None:
        for wizard in self:
            wizard.is_register_payment_on_draft = any(item.parent_state == "draft" for item in wizard.line_ids)

    @api.compute("available_journal_ids")
    @api.depends("line_ids")
    def _compute_available_journal_ids(self) -> None:
        for wizard in self:
            company = wizard.company_id or self.env.company
            journals = self.env["account.journal"].search([("company_id", "=", company.id), ("type", "in", MONEY)])
            directions = {_direction(batch) for batch in wizard._batches()}
            wizard.available_journal_ids = journals.filtered(
                lambda journal, directions=directions: any(journal._method_lines(each) for each in directions)
            )

    @api.compute("journal_id")
    @api.depends("company_id")
    def _compute_journal_id(self) -> None:
        """The first journal to pay through, in the currency of the items where there is one."""
        for wizard in self:
            journals, currency = wizard.available_journal_ids, wizard.source_currency_id
            own = journals.filtered(lambda journal, currency=currency: currency and journal.currency_id == currency)
            wizard.journal_id = wizard.journal_id if wizard.journal_id in journals else (own or journals)[:1]

    @api.compute("currency_id")
    @api.depends("journal_id")
    def _compute_currency_id(self) -> None:
        for wizard in self:
            own = wizard.company_id.currency_id
            wizard.currency_id = wizard.journal_id.currency_id or wizard.source_currency_id or own

    @api.compute("available_payment_method_line_ids")
    def _compute_available_payment_method_line_ids(self) -> None:
        for wizard in self:
            wizard.available_payment_method_line_ids = wizard.journal_id._method_lines(wizard.payment_type)

    @api.compute("payment_method_line_id")
    @api.depends("payment_type", "journal_id")
    def _compute_payment_method_line_id(self) -> None:
        for wizard in self:
            known, available = wizard.payment_method_line_id, wizard.journal_id._method_lines(wizard.payment_type)
            wizard.payment_method_line_id = known if known and known in available else available[:1]

    @api.compute("show_partner_bank_account")
    def _compute_show_partner_bank_account(self) -> None:
        for wizard in self:
            wizard.show_partner_bank_account = wizard.journal_id._shows_partner_bank(wizard.payment_method_line_id)

    @api.compute("available_partner_bank_ids")
    def _compute_available_partner_bank_ids(self) -> None:
        for wizard in self:
            inbound = wizard.payment_type == "inbound"
            banks = wizard.journal_id.bank_account_id if inbound else wizard.partner_id.bank_ids
            wizard.available_partner_bank_ids = banks if wizard.can_edit_wizard else False

    @api.compute("partner_bank_id")
    @api.depends("partner_id", "journal_id", "payment_type")
    def _compute_partner_bank_id(self) -> None:
        for wizard in self:
            usable = wizard.available_partner_bank_ids
            asked = wizard.line_ids._origin.move_id.partner_bank_id[:1]
            wizard.partner_bank_id = asked if asked and asked in usable else usable[:1]

    # ---------------------------------------------------------------- amounts

    def _totals(self) -> Totals:
        return totals_on(self.line_ids._origin, self.currency_id, self.payment_date)

    @api.compute("amount")
    @api.depends("source_amount_currency", "currency_id", "payment_date")
    def _compute_amount(self) -> None:
        for wizard in self:
            wizard.amount = wizard._totals().by_default

    @api.compute("installments_mode")
    @api.depends("amount")
    def _compute_installments_mode(self) -> None:
        for wizard in self:
            totals, compare = wizard._totals(), wizard.currency_id.compare_amounts
            by_default = compare(wizard.amount, totals.by_default) == 0 != compare(wizard.amount, totals.full)
            wizard.installments_mode = totals.mode if by_default else "full"

    @api.compute("early_payment_discount_mode", "hide_writeoff_section")
    def _compute_early_payment_discount_mode(self) -> None:
        for wizard in self:
            totals, compare = wizard._totals(), wizard.currency_id.compare_amounts
            whole = any(compare(wizard.amount, amount) == 0 for amount in (totals.by_default, totals.full))
            wizard.early_payment_discount_mode = wizard.hide_writeoff_section = totals.is_early and whole

    @api.compute("payment_difference")
    def _compute_payment_difference(self) -> None:
        for wizard in self:
            totals, whole = wizard._totals(), wizard.installments_mode == "full"
            wanted = totals.full_for_difference if whole else totals.for_difference
            wizard.payment_difference = wizard.currency_id.round(wanted - wizard.amount)

    @api.compute("payment_difference_handling")
    @api.depends("line_ids", "amount")
    def _compute_payment_difference_handling(self) -> None:
        for wizard in self:
            handling: Any = "reconcile" if wizard.early_payment_discount_mode else "open"
            if not wizard.can_edit_wizard:
                handling = False
            wizard.payment_difference_handling = handling

    @api.compute("communication")
    @api.depends("line_ids", "amount")
    def _compute_communication(self) -> None:
        for wizard in self:
            whole = wizard.can_edit_wizard and wizard.installments_mode == "full"
            items = (
                wizard.line_ids._origin
                if whole
                else wizard.line_ids.browse([each.id for each in wizard._totals().items])
            )
            wizard.communication = wizard._communication(items)

    def _communication(self, items: Any) -> str:
        """What the payment of items says: the reference of their invoice, or of all that are paid out, or a number."""
        labels = [move.payment_reference or move.ref or move.name for move in items.move_id]
        if len(labels) == 1:
            return str(labels[0] or "")
        if any(move.is_outbound() for move in items.move_id):
            return ", ".join(sorted({label for label in labels if label}))
        return str((self.company_id or self.env.company).batch_payment_sequence_id.next_by_id())

    def _batches(self) -> list[Any]:
        """The items by partner, account, currency and bank account: what one payment may settle."""
        batches: dict[Any, Any] = {}
        for item in self.line_ids._origin:
            bank = item.move_id.partner_bank_id if item.move_id.is_invoice(True) else False
            key = (item.partner_id, item.account_id, item.currency_id, bank)
            batches[key] = batches[key] | item if key in batches else item
        return list(batches.values())

    # ---------------------------------------------------------------- paying

    def action_create_payments(self) -> Any:
        """Make and post the payments; answers an action that shows them, true where the context asks for none."""
        if self.is_register_payment_on_draft:
            self.payment_difference_handling = "open"
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
        if self.can_edit_wizard and (len(batches[0]) == 1 or self.group_payment):
            return self._pay(batches[0], self._own_values(batches[0]))
        if not self.group_payment:
            batches = [part for items in batches for part in self._by_invoice(items)]
        payments = self.env["account.payment"]
        for items in batches:
            payments |= self._pay(items, self._batch_values(items))
        return payments

    def _by_invoice(self, items: Any) -> list[Any]:
        """The items of each invoice that are to be paid."""
        chosen = items if self.installments_mode == "full" else items.browse([each.id for each in self._totals().items])
        wanted = items.filtered(lambda item: item in chosen)
        return [wanted.filtered(lambda item, move=move: item.move_id == move) for move in wanted.move_id]

    def _pay(self, items: Any, values: dict[str, Any]) -> Any:
        """One payment that settles these items, as far as its amount goes."""
        payment = self.env["account.payment"].create([values])
        payment.action_post()
        paid = payment.move_id.line_ids.filtered(lambda line: line.account_type in CLAIMS and not line.reconciled)
        for account in paid.account_id:
            same = (paid | items).filtered(lambda line, account=account: line.account_id == account)
            same.filtered(lambda line: not line.reconciled).reconcile()
        items.move_id.write({"matched_payment_ids": [(4, payment.id)]})
        payment._follow_invoices()
        return payment

    def _own_values(self, items: Any) -> dict[str, Any]:
        """Values of the payment as it stands in the wizard."""
        return {
            **self._shared_values(items),
            "amount": self.amount,
            "memo": self.communication,
            "currency_id": self.currency_id.id,
            "partner_bank_id": self.partner_bank_id.id,
            "payment_method_line_id": self.payment_method_line_id.id,
            "write_off_line_vals": self._write_offs(items),
        }

    def _batch_values(self, items: Any) -> dict[str, Any]:
        """Values of the payment of a batch: all that is open of it, less what an early payment saves."""
        currency = items.currency_id
        totals = totals_on(items, currency, self.payment_date)
        return {
            **self._shared_values(items),
            "amount": totals.by_default if totals.is_early else abs(sum(items.mapped("amount_residual_currency"))),
            "memo": self._communication(items),
            "currency_id": currency.id,
            "payment_method_line_id": self.journal_id._method_lines(_direction(items))[:1].id,
            "write_off_line_vals": items._early_write_offs(currency, self.payment_date) if totals.is_early else [],
        }

    def _shared_values(self, items: Any) -> dict[str, Any]:
        return {
            "date": self.payment_date,
            "payment_type": _direction(items),
            "partner_type": _side(items),
            "journal_id": self.journal_id.id,
            "company_id": self.company_id.id,
            "partner_id": items.partner_id[:1].id,
            "destination_account_id": items.account_id[:1].id,
        }

    def _write_offs(self, items: Any) -> list[dict[str, Any]]:
        """The items of what is not paid although the invoice is to be settled."""
        if self.payment_difference_handling != "reconcile":
            return []
        if self.early_payment_discount_mode:
            return list(items._early_write_offs(self.currency_id, self.payment_date))
        if self.currency_id.is_zero(self.payment_difference):
            return []
        amount = self.payment_difference if self.payment_type == "inbound" else -self.payment_difference
        own = self.company_id.currency_id
        return [
            {
                "name": self.writeoff_label,
                "account_id": self.writeoff_account_id.id,
                "partner_id": self.partner_id.id,
                "currency_id": self.currency_id.id,
                "amount_currency": amount,
                "balance": self.currency_id._convert(amount, own, self.company_id, self.payment_date),
            }
        ]


def _direction(items: Any) -> str:
    return "inbound" if sum(items.mapped("balance")) > 0 else "outbound"


def _side(items: Any) -> str:
    return "customer" if items[:1].account_type == "asset_receivable" else "supplier"
