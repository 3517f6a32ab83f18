"""Statements that are compiled already: clients ask the same again and again."""

from __future__ import annotations

import marshal
from collections.abc import Collection, Hashable, Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from fauxdoo.mockserver.orm.operators import ANY, INEQUALITIES, INVERSE

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.domain import Condition
    from fauxdoo.mockserver.orm.sql import Query

_Plan = TypeVar("_Plan")

__all__ = ["Plans", "is_plain", "lasts", "stays"]

_MOST = 1_000
"""So many plans are kept; then all are forgotten."""
_LONGEST = 2_000
"""Bytes of a key; longer domains are lists of ids, which seldom come again."""
_VERSION = 2
"""Of marshal's format: with a later one, bytes may differ for values that are equal."""

_TYPES = frozenset(("boolean", "char", "float", "integer", "many2one", "monetary", "selection", "text"))
_OPERATORS = frozenset((*INVERSE, *INEQUALITIES)).difference(ANY)
"""Those that compare a column with values."""


class Plans(Generic[_Plan]):
    """What was made of a question under the record rules in force, for as long as the models stay as they are."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Hashable, int], tuple[Any, _Plan]] = {}

    @staticmethod
    def key(*asked: Any) -> bytes | None:
        """What tells one search from another; None for one that is not worth keeping, or not made of plain values."""
        try:
            key = marshal.dumps(asked, _VERSION)
        except ValueError:
            return None
        return key if len(key) <= _LONGEST else None

    def find(self, key: Hashable, rules: Any) -> _Plan | None:
        """What was kept, not to be changed."""
        known = self._kept.get((key, id(rules)))
        return known[1] if known is not None and known[0] is rules else None

    def keep(self, key: Hashable, rules: Any, plan: _Plan) -> None:
        """Keep a plan. `rules` is the domain of the record rules, always the same object."""
        if len(self._kept) >= _MOST:
            self._kept.clear()
        self._kept[key, id(rules)] = (rules, plan)

    def forget(self) -> None:
        """Forget all plans: models have changed."""
        self._kept.clear()


def stays(model: Any, query: Query, rules: Any) -> bool:
    """Whether a query on a model is the same whoever asks: of one table, under no `rules` or such as last.

    Those that do have just been kept by `access_condition`.
    """
    if query.surroundings or query.table_query is not None:
        return False
    return rules is None or id(rules) in model.env.access.compiled


def lasts(model: Any, conditions: Iterable[Condition]) -> bool:
    """Whether conditions mean the same SQL at any time, to any user: on plain columns, without names to look up."""
    return all(_lasts(model, condition) for condition in conditions)


def _lasts(model: Any, condition: Condition) -> bool:
    if condition.operator not in _OPERATORS or not is_plain(model, condition.field_expr):
        return False
    if model._fields[condition.field_expr].type != "many2one":
        return True
    value = condition.value
    return all(isinstance(each, int) for each in (value if isinstance(value, Collection) else (value,)))


def is_plain(model: Any, name: str) -> bool:
    """Whether a field is a column that is the same for every language, company and user."""
    field = model._fields.get(name)
    if field is None or field.type not in _TYPES or not (field.is_column or name == "id"):
        return False
    return not (field.translate or field.company_dependent or field.groups)
