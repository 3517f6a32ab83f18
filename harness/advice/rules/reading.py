"""Records read whole, or one by one."""

from __future__ import annotations

from typing import Any

from fauxdoo.harness.advice.base import Repetition, Rule, Seen

__all__ = ["ReadOneByOne", "ReadWithoutFields"]


class ReadWithoutFields(Rule):
    """`read` or `search_read` that does not say which fields."""

    key = "read-without-fields"
    advice = (
        "Say which fields: without them Odoo computes and sends all it has, hundreds for a partner or product, and "
        "every module that is installed adds to them."
    )

    def call(self, seen: Seen) -> int:
        """Each time."""
        return seen.is_rpc and seen.method in ("read", "search_read") and not seen.arguments.get("fields")


class ReadOneByOne(Rule):
    """`read` of one record, or a search for one value, again and again from the same place."""

    key = "read-one-by-one"
    advice = (
        'Read all records with one call: give read all the ids, or search with the operator "in" and all the values. '
        "Values of linked records come along with web_read or can be read together afterwards."
    )

    def __init__(self) -> None:
        self._often = Repetition()

    def call(self, seen: Seen) -> int:
        """From the third time on."""
        if not seen.is_rpc or seen.method not in ("read", "search", "search_read", "search_count"):
            return 0
        shape = _shape(seen)
        return 0 if shape is None else self._often(seen.model, seen.method, seen.caller, shape)

    def begin(self) -> None:
        """Count anew."""
        self._often.clear()


def _shape(seen: Seen) -> str | None:
    """What calls of a loop have in common; None for a call that asks for many records already."""
    if seen.method == "read":
        ids = seen.arguments.get("ids")
        return "ids" if isinstance(ids, int) or (isinstance(ids, list) and len(ids) == 1) else None
    domain = seen.arguments.get("domain")
    leaves = [leaf for leaf in domain if _is_leaf(leaf)] if isinstance(domain, list) else []
    if not any(leaf[1] in ("=", "==", "=like", "=ilike") for leaf in leaves):
        return None
    return repr([(leaf[0], leaf[1]) for leaf in leaves]) + repr(seen.arguments.get("offset"))


def _is_leaf(leaf: Any) -> bool:
    return isinstance(leaf, (list, tuple)) and len(leaf) == 3
