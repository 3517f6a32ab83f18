"""Values as somebody may see them: without secrets, on one line."""

from __future__ import annotations

from typing import Any

__all__ = ["hidden", "is_secret", "short"]

_SECRETS = ("password", "passwd", "secret", "token", "api_key", "apikey")
_HIDDEN = "***"


def hidden(value: Any) -> Any:
    """The value with what is named like a password, key or token hidden."""
    if isinstance(value, dict):
        return {key: _HIDDEN if item and is_secret(key) else hidden(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [hidden(item) for item in value]
    return value


def is_secret(key: Any) -> bool:
    """Whether what has this name is a password, key or token."""
    name = str(key).lower()
    return name in ("key", "default_key") or any(word in name for word in _SECRETS)


def short(value: Any, length: int = 100) -> str:
    """The value on one line of at most so many characters."""
    text = " ".join((str(value) if isinstance(value, BaseException) else repr(value)).split())
    return text if len(text) <= length else f"{text[: length - 1]}…"
