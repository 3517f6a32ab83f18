"""Faults that a test brings about on purpose: a file per kind, listed here."""

from __future__ import annotations

from fauxdoo.mockserver.faults import error, latency, page  # noqa: F401  (they register themselves)
from fauxdoo.mockserver.faults.base import Fault, Interrupted
from fauxdoo.mockserver.faults.faults import Faults

__all__ = ["Fault", "Faults", "Interrupted"]
