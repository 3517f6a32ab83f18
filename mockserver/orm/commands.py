"""The command tuples that change one2many and many2many fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.fields.x2many import X2many

__all__ = ["Command", "linked", "parse"]


class Command(IntEnum):
    """The codes, with helpers that make the tuples."""

    CREATE = 0
    UPDATE = 1
    DELETE = 2
    UNLINK = 3
    LINK = 4
    CLEAR = 5
    SET = 6

    @classmethod
    def create(cls, values: Mapping[str, Any]) -> tuple[Command, int, Mapping[str, Any]]:
        """Make a record with these values and link it."""
        return (cls.CREATE, 0, values)

    @classmethod
    def update(cls, id: int, values: Mapping[str, Any]) -> tuple[Command, int, Mapping[str, Any]]:
        """Write these values on a record, linked or not."""
        return (cls.UPDATE, id, values)

    @classmethod
    def delete(cls, id: int) -> tuple[Command, int, int]:
        """Delete the record."""
        return (cls.DELETE, id, 0)

    @classmethod
    def unlink(cls, id: int) -> tuple[Command, int, int]:
        """Remove the link; a line that cannot live without its parent is deleted."""
        return (cls.UNLINK, id, 0)

    @classmethod
    def link(cls, id: int) -> tuple[Command, int, int]:
        """Link an existing record."""
        return (cls.LINK, id, 0)

    @classmethod
    def clear(cls) -> tuple[Command, int, int]:
        """Remove all links."""
        return (cls.CLEAR, 0, 0)

    @classmethod
    def set(cls, ids: Iterable[int]) -> tuple[Command, int, list[int]]:
        """Replace all links."""
        return (cls.SET, 0, list(ids))


def parse(field: X2many, value: Any) -> list[tuple[Command, Any, Any]]:
    """The commands a client's value stands for.

    `False` and `None` clear, a list whose first item is no command replaces, `[]` does nothing; unknown codes are
    ignored, and by a many2many what is no command at all (recorded in command/m2m-mixed-ids-and-commands). Raises
    ValueError for anything that is no list, IndexError where a command is too short.
    """
    if value is False or value is None:
        return [(Command.CLEAR, 0, 0)]
    if hasattr(value, "_ids"):
        return [(Command.SET, 0, list(value._ids))]
    if not isinstance(value, (list, tuple)):
        raise ValueError(f"Wrong value for {field}: {value}")
    if value and not isinstance(value[0], (list, tuple)):
        return [(Command.SET, 0, list(dict.fromkeys(value)))]
    lines = field.type == "one2many"
    return [command for item in value if (command := _command(item, lines)) is not None]


def linked(field: X2many, value: Any) -> list[Any]:
    """The ids a client's value links, be they there or not. Raises what `parse` does."""
    found: list[Any] = []
    for command, id, payload in parse(field, value):
        found += [id] if command is Command.LINK else payload if command is Command.SET else []
    return found


def _command(item: Any, lines: bool) -> tuple[Command, Any, Any] | None:
    code = item[0] if isinstance(item, (list, tuple)) and (item or lines) else None
    if not isinstance(code, (int, float)) or code not in _CODES:  # true is 1 and 4.0 is 4, recorded
        return None
    command = Command(int(code))
    if command is Command.CREATE or command is Command.UPDATE:
        return command, item[1], dict(item[2]) if lines else item[2]
    if command is Command.SET:
        return command, 0, list(item[2])
    if command is Command.CLEAR:
        return command, 0, 0
    return command, item[1], 0


_CODES = frozenset(int(code) for code in Command)
