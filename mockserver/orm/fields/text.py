"""Fields of text: char, text, html."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.orm.fields.base import Field

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["Char", "Html", "Text"]


class Text(Field):
    """Text of any length. `""` is kept, it is not an unset field."""

    type = "text"
    column_type = "TEXT"

    def to_cache(self, value: Any, record: Recordset) -> Any:
        if value is None or value is False:
            return None
        text = value.decode() if isinstance(value, bytes) else str(value)
        if "\x00" in text:
            raise ValueError("A string literal cannot contain NUL (0x00) characters.")
        return text

    def describe(self, env: Environment) -> dict[str, Any]:
        return {"translate": bool(self.translate)}


class Char(Text):
    """Text of one line, cut at `size`; not trimmed."""

    type = "char"

    def __init__(self, string: str | None = None, **attributes: Any) -> None:
        self.size: int | None = None
        super().__init__(string, **attributes)

    def take_facts(self, facts: Mapping[str, Any]) -> None:
        self.size = facts.get("size")

    def to_cache(self, value: Any, record: Recordset) -> Any:
        text = super().to_cache(value, record)
        return text if text is None or self.size is None else text[: self.size]

    def describe(self, env: Environment) -> dict[str, Any]:
        size = {"size": self.size} if self.size else {}
        return {**size, "trim": True, "translate": bool(self.translate)}


class Html(Text):
    """Markup, cleaned of scripts when set."""

    type = "html"

    def to_cache(self, value: Any, record: Recordset) -> Any:
        text = super().to_cache(value, record)
        if not text:
            return text
        from fauxdoo.mockserver.orm.html import sanitize

        return sanitize(text)

    def describe(self, env: Environment) -> dict[str, Any]:
        return {"sanitize": True, "sanitize_tags": True, "translate": bool(self.translate)}
