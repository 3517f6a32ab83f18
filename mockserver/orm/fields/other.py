"""Fields of other kinds: json, reference."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.orm.fields.base import Field
from fauxdoo.mockserver.orm.fields.scalar import Integer, Selection

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["Json", "Many2oneReference", "Reference"]


class Json(Field):
    """A JSON value; false and null are unset."""

    type = "json"
    column_type = "TEXT"

    def to_cache(self, value: Any, record: Recordset) -> Any:
        return None if value is None or value is False or value == "" else json.loads(json.dumps(value))

    def to_column(self, value: Any) -> Any:
        return None if value is None else json.dumps(value)

    def from_column(self, value: Any) -> Any:
        return None if value is None else json.loads(value)


class Reference(Selection):
    """A record of one of several models, `model,id`."""

    type = "reference"

    def to_cache(self, value: Any, record: Recordset) -> Any:
        if hasattr(value, "_ids"):
            return f"{value._name},{value.id}" if value else None
        if isinstance(value, str) and "," in value:
            model, _, id = value.partition(",")
            if model in record.env and id.lstrip("-").isdigit():
                return value if record.env[model].browse(int(id)).exists() else None
        if not value:
            return None
        raise ValueError(f"Wrong value for {self}: {value!r}")

    def to_record(self, value: Any, record: Recordset) -> Any:
        if not value:
            return None
        model, _, id = value.partition(",")
        return record.env[model].browse(int(id))

    def to_read(self, value: Any, record: Recordset) -> Any:
        return value or False


class Many2oneReference(Integer):
    """The id of a record whose model stands in another field."""

    type = "many2one_reference"

    def __init__(self, string: str | None = None, **attributes: Any) -> None:
        self.model_field: str | None = None
        attributes.setdefault("aggregator", None)
        super().__init__(string, **attributes)

    def take_facts(self, facts: Mapping[str, Any]) -> None:
        self.model_field = facts.get("model_field")

    def to_cache(self, value: Any, record: Recordset) -> Any:
        return value.id or 0 if hasattr(value, "_ids") else super().to_cache(value, record)

    def describe(self, env: Environment) -> dict[str, Any]:
        return {"model_field": self.model_field}
