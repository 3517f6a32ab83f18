"""Records made or changed one by one."""

from __future__ import annotations

from fauxdoo.harness.advice.base import Repetition, Rule, Seen

__all__ = ["CreateOneByOne", "WriteOneByOne"]


class CreateOneByOne(Rule):
    """`create` of one record, again and again from the same place."""

    key = "create-one-by-one"
    advice = (
        "Give create a list of dictionaries: one request and one transaction for all of them, and what Odoo computes "
        "is computed once."
    )

    def __init__(self) -> None:
        self._often = Repetition()

    def call(self, seen: Seen) -> int:
        """From the third time on."""
        values = seen.arguments.get("vals_list")
        single = isinstance(values, dict) or (isinstance(values, list) and len(values) == 1)
        return self._often(seen.model, seen.caller) if seen.is_rpc and seen.method == "create" and single else 0

    def begin(self) -> None:
        """Count anew."""
        self._often.clear()


class WriteOneByOne(Rule):
    """`write` of the same values to one record after the other."""

    key = "write-one-by-one"
    advice = "The same values can be written to many records at once: give write all the ids."

    def __init__(self) -> None:
        self._often = Repetition()

    def call(self, seen: Seen) -> int:
        """From the third time on."""
        if not seen.is_rpc or seen.method != "write" or not seen.arguments.get("vals"):
            return 0
        return self._often(seen.model, seen.caller, repr(seen.arguments["vals"])[:1000])

    def begin(self) -> None:
        """Count anew."""
        self._often.clear()
