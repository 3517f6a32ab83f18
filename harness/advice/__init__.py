"""What a reviewer would say of an integration, from the calls it makes."""

from __future__ import annotations

from fauxdoo.harness.advice import rules  # noqa: F401  (they register themselves)
from fauxdoo.harness.advice.adviser import Adviser
from fauxdoo.harness.advice.base import Rule
from fauxdoo.harness.advice.notes import Note, Notes

__all__ = ["Adviser", "Note", "Notes", "Rule"]
