"""Bank accounts of contacts."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.orm.environment import Environment


def test_numbers_are_compared_without_spaces(env: Environment) -> None:
    """One number per contact (recorded in crud/bank-account)."""
    partner = env["res.partner"].create([{"name": "A"}])
    bank = env["res.partner.bank"].create([{"acc_number": "be 71-0961", "partner_id": partner.id}])
    assert (bank.sanitized_acc_number, bank.acc_holder_name, bank.acc_type) == ("BE710961", "A", "bank")
    with pytest.raises(ValidationError, match="The combination Account Number/Partner must be unique"):
        env["res.partner.bank"].create([{"acc_number": "BE71 0961", "partner_id": partner.id}])


def test_deleting_archives(env: Environment) -> None:
    """Except with the contact (recorded in command/o2m-clear and crud/bank-account)."""
    partner = env["res.partner"].create([{"name": "A", "bank_ids": [(0, 0, {"acc_number": "1"})]}])
    bank = partner.bank_ids
    bank.unlink()
    assert bank.exists()
    assert not bank.active
    partner.unlink()
    assert not bank.exists()
