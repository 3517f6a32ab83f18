"""That a test may not do what it wants to."""

from __future__ import annotations

__all__ = ["NotPermitted"]


class NotPermitted(Exception):
    """The test would write where it may not, or the server does not let it in; the message says what to do."""
