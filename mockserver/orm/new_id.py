"""The id of a record that is not saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.fields.base import Field

__all__ = ["NewId"]


class NewId:
    """The id of a record that is not saved: false, equal only to itself.

    `origin` is the saved record's id, `ref` what a client calls it.
    """

    __slots__ = ("origin", "ref", "stale")

    def __init__(self, origin: int | None = None, ref: Any = None) -> None:
        self.origin, self.ref = origin, ref
        self.stale: dict[Field, Any] = {}
        """Fields that follow something that was changed, to be computed rather than taken from the origin; with the
        value they had."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return f"NewId_{self.origin or hex(id(self))}"
