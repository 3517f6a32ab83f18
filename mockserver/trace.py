"""What a call does to the database: the statements it runs and the records it touches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

__all__ = ["Trace"]

Deed = Literal["read", "created", "written", "unlinked"]

_STATEMENTS = 200
_IDS = 2000


class Trace:
    """Filled while a call runs, so that it costs next to nothing: references are kept, and not too many of them."""

    __slots__ = ("deeds", "kept", "statement_count", "statements")

    def __init__(self) -> None:
        self.statements: list[str] = []
        """Texts of the first 200 statements, without the values bound to them."""
        self.statement_count = 0
        self.kept = [0, 0]
        """How many ids it keeps: of records that were changed, of records that were read."""
        self.deeds: list[tuple[Deed, str, Sequence[Any]]] = []

    def run(self, statement: str) -> None:
        """Note a statement."""
        self.statement_count += 1
        if self.statement_count <= _STATEMENTS:
            self.statements.append(statement)

    def touch(self, deed: Deed, model: str, ids: Sequence[Any]) -> None:
        """Note what was done to records of a model, up to 2000 ids of changed records and as many of read ones."""
        reading = deed == "read"
        room = _IDS - self.kept[reading]
        if ids and room > 0:
            kept = ids if len(ids) <= room else ids[:room]
            self.kept[reading] += len(kept)
            self.deeds.append((deed, model, kept))

    def clear(self) -> None:
        """Forget everything: the call begins anew."""
        self.statements.clear()
        self.deeds.clear()
        self.statement_count = 0
        self.kept = [0, 0]

    def records(self, deed: Deed) -> dict[str, list[int]]:
        """The ids a deed was done to, by model, in the order of the first time."""
        found: dict[str, dict[int, None]] = {}
        for done, model, ids in self.deeds:
            if done == deed:
                found.setdefault(model, {}).update(dict.fromkeys(ids))
        return {model: list(ids) for model, ids in found.items()}
