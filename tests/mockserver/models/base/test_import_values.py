"""From a cell's text to a field's value."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.models.base.import_values import CellError, value_of
from fauxdoo.mockserver.orm.environment import Environment


@pytest.mark.parametrize(
    ("model", "field", "cell", "value"),
    [
        ("res.partner", "name", "A", "A"),
        ("res.partner", "name", "", False),
        ("res.partner", "color", " 7 ", 7),
        ("res.partner", "partner_latitude", "1.5", 1.5),
        ("res.partner", "is_company", "Yes", True),
        ("res.partner", "is_company", "0", False),
        ("res.partner", "type", "Invoice", "invoice"),
        ("res.partner", "type", "delivery", "delivery"),
        ("crm.lead", "date_deadline", "2030-01-02", "2030-01-02"),
    ],
)
def test_values(env: Environment, model: str, field: str, cell: Any, value: Any) -> None:
    """Labels and values of selections, words for true and false."""
    assert value_of(env[model], field, [], cell) == value


@pytest.mark.parametrize(
    ("model", "field", "cell", "message"),
    [
        ("res.partner", "partner_latitude", "x", "'x' does not seem to be a number for field 'Geo Latitude'"),
        ("res.partner", "is_company", "maybe", "Unknown value 'maybe' for boolean field 'Is a Company'"),
        ("res.partner", "type", "zz", "Value 'zz' not found in selection field 'Address Type'"),
        ("crm.lead", "date_deadline", "soon", "'soon' does not seem to be a valid date for field 'Expected Closing'"),
    ],
)
def test_what_does_not_fit(env: Environment, model: str, field: str, cell: str, message: str) -> None:
    """The message names cell and field."""
    with pytest.raises(CellError) as caught:
        value_of(env[model], field, [], cell)
    assert str(caught.value) == message
    assert caught.value.details["field_name"]
