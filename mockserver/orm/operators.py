"""The operators of a domain's conditions, and how they relate to each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = [
    "ALIASES",
    "ANY",
    "FALSY",
    "INEQUALITIES",
    "INTERNAL",
    "INVERSE",
    "NEGATIVE",
    "OPERATORS",
    "POSITIVE",
    "ValueSet",
    "falsy_value",
]

_NEGATION = {
    "=": "!=",
    "in": "not in",
    "any": "not any",
    "any!": "not any!",
    "like": "not like",
    "ilike": "not ilike",
    "=like": "not =like",
    "=ilike": "not =ilike",
}

POSITIVE = {negative: positive for positive, negative in _NEGATION.items()}
"""The positive operator of every negative one."""

NEGATIVE = frozenset(POSITIVE)

INVERSE = _NEGATION | POSITIVE
"""The operator that keeps exactly the other records."""

INEQUALITIES = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}
"""The same for inequalities, but for what an unset value means, which depends on the field."""

INTERNAL = frozenset({"any!", "not any!"})
"""`any` without access rights; made by search methods, refused in a caller's domain."""

ANY = ("any", "not any", "any!", "not any!")

ALIASES = {"==": "=", "<>": "!="}

OPERATORS = frozenset({*INVERSE, *INEQUALITIES, *ALIASES, "=?", "child_of", "parent_of"})

FALSY: dict[str, Any] = {
    "char": "",
    "text": "",
    "html": "",
    "integer": 0,
    "float": 0.0,
    "monetary": 0.0,
    "many2one_reference": 0,
    "boolean": False,
}
"""By type, the value that a search takes for the same as unset; the other types have none."""


def falsy_value(name: str, kind: str) -> Any:
    """The value that counts as unset in a field of this name and type, None where there is none."""
    return None if name == "id" else FALSY.get(kind)


class ValueSet(tuple[Any, ...]):
    """The values of an `in`, each once, in their order (True and 1 are one value, as in any Python set)."""

    __slots__ = ()

    def __new__(cls, values: Iterable[Any] = ()) -> ValueSet:
        return super().__new__(cls, dict.fromkeys(values))
