"""The two dialects."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.dialects import DIALECTS, GUIDE, ODOO
from fauxdoo.mockserver.errors import (
    AccessDenied,
    AccessError,
    MissingError,
    SessionExpired,
    UserError,
    ValidationError,
)

CODES = [
    (AccessDenied(), 200, 0),
    (AccessError("no"), 200, 0),
    (MissingError("gone"), 300, 0),
    (ValidationError("The operation cannot be completed: Missing required value for the field 'Name' (name)."), 304, 0),
    (ValidationError("The operation cannot be completed: Contacts require a name"), 304, 0),
    (ValidationError("other"), 100, 0),
    (UserError("other"), 100, 0),
    (SessionExpired(), 100, 100),
    (ValueError("other"), 100, 0),
]


@pytest.mark.parametrize(("error", "guide", "odoo"), CODES)
def test_error_codes(error: Exception, guide: int, odoo: int) -> None:
    """The guide tells errors apart by number, a real Odoo only the expired session."""
    assert (GUIDE.error_code(error), ODOO.error_code(error)) == (guide, odoo)


def test_capabilities() -> None:
    """Whatever the guide adds, a real Odoo has not."""
    assert list(DIALECTS) == ["guide", "odoo"]
    for capability in ("bearer_everywhere", "rest", "signed_webhooks", "guide_methods"):
        assert (getattr(GUIDE, capability), getattr(ODOO, capability)) == (True, False)
