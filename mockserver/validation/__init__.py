"""Traffic against the contract: what a client sends, and what it is answered, by JSON Schema."""

from __future__ import annotations

from fauxdoo.mockserver.validation.violations import Violation, Violations

__all__ = ["Violation", "Violations"]
