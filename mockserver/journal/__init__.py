"""What was called, by whom, and what came of it."""

from __future__ import annotations

from fauxdoo.mockserver.journal.callers import Caller
from fauxdoo.mockserver.journal.entry import Entry, Joint
from fauxdoo.mockserver.journal.journal import Journal

__all__ = ["Caller", "Entry", "Joint", "Journal"]
