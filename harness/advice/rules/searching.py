"""Searches that may answer too much, or the same twice."""

from __future__ import annotations

from typing import Any

from fauxdoo.harness.advice.base import Rule, Seen

__all__ = ["PagesWithoutOrder", "SearchWithoutLimit"]

_NARROW = ("=", "in", "any", "child_of", "parent_of")
"""Operators of conditions that few records meet."""


class SearchWithoutLimit(Rule):
    """A search for all records, or for those beyond a date, without a limit."""

    key = "search-without-limit"
    advice = (
        "Give a limit and read page by page: the company that goes live has a hundred thousand records where the test "
        "has ten."
    )

    def call(self, seen: Seen) -> int:
        """Where no condition names a value, or list of values, that is to be found."""
        if not seen.is_rpc or seen.method not in ("search", "search_read") or seen.arguments.get("limit"):
            return False
        domain = seen.arguments.get("domain")
        return isinstance(domain, (list, tuple)) and not any(map(_is_narrow, domain))


class PagesWithoutOrder(Rule):
    """A page beyond the first, of records in no certain order."""

    key = "pages-without-order"
    advice = (
        "Give an order that leaves no doubt, such as 'id': without one records that change meanwhile move to another "
        "page, and are met twice or never. Better still: search for ids beyond the last one."
    )

    def call(self, seen: Seen) -> int:
        """Where there is an offset."""
        paged = seen.is_rpc and seen.method in ("search", "search_read") and bool(seen.arguments.get("offset"))
        return paged and not seen.arguments.get("order")


def _is_narrow(leaf: Any) -> bool:
    return isinstance(leaf, (list, tuple)) and len(leaf) == 3 and leaf[1] in _NARROW and not isinstance(leaf[2], bool)
