"""Fields of one plain value: numbers, booleans, selections."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.orm.fields.base import Field

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["Boolean", "Float", "Integer", "Monetary", "Selection", "float_round"]


_EXACT = 2.0**53
"""From here on a float has no decimals."""


def float_round(value: float, digits: int) -> float:
    """Round half away from zero at `digits` decimals, as Odoo does for weights and amounts."""
    if not math.isfinite(value) or abs(value) >= _EXACT:
        return value
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


class Boolean(Field):
    """True or false; an unset column reads as false."""

    type = "boolean"
    column_type = "INTEGER"
    empty = False

    def to_cache(self, value: Any, record: Recordset) -> Any:
        return bool(value)

    def from_column(self, value: Any) -> Any:
        return bool(value)

    def to_column(self, value: Any) -> Any:
        return None if value is None else int(value)


class Integer(Field):
    """A 32-bit integer; an unset column reads as 0."""

    type = "integer"
    column_type = "INTEGER"

    def __init__(self, string: str | None = None, **attributes: Any) -> None:
        attributes.setdefault("aggregator", "sum")
        super().__init__(string, **attributes)

    def to_cache(self, value: Any, record: Recordset) -> Any:
        if isinstance(value, Mapping):  # a many2one_reference of web_read comes back as {"id": 5}
            value = value.get("id")
        return int(value or 0)

    def to_record(self, value: Any, record: Recordset) -> Any:
        return value or 0

    def to_read(self, value: Any, record: Recordset) -> Any:
        return value or 0


_PRICES = frozenset(("list_price", "lst_price", "standard_price", "price_unit"))


class Float(Field):
    """A number; with `digits` (total, decimals) it is rounded half up to the decimals."""

    type = "float"
    column_type = "REAL"

    def __init__(self, string: str | None = None, **attributes: Any) -> None:
        self.digits: tuple[int, int] | None = None
        self.precision: str | None = None
        attributes.setdefault("aggregator", "sum")
        super().__init__(string, **attributes)

    def take_facts(self, facts: Mapping[str, Any]) -> None:
        digits = facts.get("digits")
        self.digits = tuple(digits) if digits else None
        self.precision = facts.get("precision")

    @property
    def is_price(self) -> bool:
        """Whether all digits are kept, as decimals, and some are shown at least."""
        return self.name in _PRICES

    def decimals(self, env: Environment) -> int | None:
        """Decimals kept, None for all."""
        return self.digits[1] if self.digits else None

    def to_cache(self, value: Any, record: Recordset) -> Any:
        number = float(value or 0.0)
        decimals = self.decimals(record.env)
        return number if decimals is None else float_round(number, decimals)

    def to_record(self, value: Any, record: Recordset) -> Any:
        return value or 0.0

    def to_read(self, value: Any, record: Recordset) -> Any:
        return value or 0.0

    def describe(self, env: Environment) -> dict[str, Any]:
        if self.digits:
            return {"digits": list(self.digits)}
        return {"digits": False, "min_display_digits": 2} if self.is_price else {}


class Monetary(Field):
    """An amount in the currency that `currency_field` names, rounded to that currency when set."""

    type = "monetary"
    column_type = "REAL"

    def __init__(self, string: str | None = None, **attributes: Any) -> None:
        self.currency_field: str | None = None
        attributes.setdefault("aggregator", "sum")
        super().__init__(string, **attributes)

    def take_facts(self, facts: Mapping[str, Any]) -> None:
        self.currency_field = facts.get("currency_field")

    def to_cache(self, value: Any, record: Recordset) -> Any:
        amount = float(value or 0.0)
        name = self.currency_field or "currency_id"
        if amount and len(record._ids) == 1 and name in record._fields:
            currency = record.sudo()[name]
            if currency:
                return currency.round(amount)
        return amount

    def to_record(self, value: Any, record: Recordset) -> Any:
        return value or 0.0

    def to_read(self, value: Any, record: Recordset) -> Any:
        return value or 0.0

    def describe(self, env: Environment) -> dict[str, Any]:
        return {"currency_field": self.currency_field}


class Selection(Field):
    """One of a list of (key, label)."""

    type = "selection"
    column_type = "TEXT"

    def __init__(self, selection: Any = None, string: str | None = None, **attributes: Any) -> None:
        self.selection: Any = selection or []
        self.validate = True
        super().__init__(string, **attributes)
        if selection is not None:
            self._explicit["selection"] = selection

    def take_facts(self, facts: Mapping[str, Any]) -> None:
        self.selection = [tuple(pair) for pair in facts.get("selection") or []]

    def pairs(self, env: Environment) -> list[tuple[str, str]]:
        """The keys and labels, computed by a method of the model where `selection` names one."""
        selection = self.selection
        if isinstance(selection, str):
            return list(getattr(env[self.model_name], selection)())
        return list(selection(env[self.model_name]) if callable(selection) else selection)

    def to_cache(self, value: Any, record: Recordset) -> Any:
        if value is None or value is False or value == "":
            return None
        listed = isinstance(self.selection, list)  # what a method lists may change, and Odoo takes any value
        if not listed or not self.validate or self.name == "res_model":
            return value
        if any(key == value for key, _label in self.selection):
            return value
        raise ValueError(f"Wrong value for {self}: {value!r}")

    def describe(self, env: Environment) -> dict[str, Any]:
        return {"selection": [list(pair) for pair in self.pairs(env)]}
