"""Bank accounts of contacts: compared without spaces, archived instead of deleted."""

from __future__ import annotations

import re

from fauxdoo.mockserver import api, models

__all__ = ["ResPartnerBank"]


class ResPartnerBank(models.Model):
    """The account number is unique per contact in its compact form."""

    _inherit = "res.partner.bank"
    _sql_messages = {
        "res_partner_bank_unique_number": "The combination Account Number/Partner must be unique.",
    }

    @api.compute("sanitized_acc_number")
    def _compute_sanitized_acc_number(self) -> None:
        for bank in self:
            number = re.sub(r"\W+", "", bank.acc_number or "").upper()
            bank.sanitized_acc_number = number or False

    @api.compute("acc_holder_name")
    def _compute_acc_holder_name(self) -> None:
        for bank in self:
            bank.acc_holder_name = bank.acc_holder_name or bank.partner_id.name

    @api.compute("acc_type")
    def _compute_acc_type(self) -> None:
        for bank in self:
            bank.acc_type = self.retrieve_acc_type(bank.acc_number)

    @api.model
    def retrieve_acc_type(self, acc_number: str) -> str:
        """The kind of an account number; "bank" for all, as without the IBAN module."""
        return "bank"

    @api.model
    def get_supported_account_types(self) -> list[tuple[str, str]]:
        """The kinds of account numbers."""
        return [("bank", "Normal")]

    @api.compute("color")
    def _compute_color(self) -> None:
        for bank in self:
            bank.color = 10 if bank.allow_out_payment else 1

    def _compute_display_name(self) -> None:
        for bank in self:
            bank.display_name = f"{bank.acc_number} - {bank.bank_id.name}" if bank.bank_id else bank.acc_number or ""

    def unlink(self) -> bool:
        """Archive the accounts, as entries may refer to them (recorded in command/o2m-clear)."""
        self.check_access("unlink")
        self.filtered("active").write({"active": False})
        return True
