"""REST as the API guide describes it: `/api/<model>`, HTTP verbs, JSON; only where the dialect has it."""

from __future__ import annotations

from fauxdoo.mockserver.protocols.rest.documentation import Documentation
from fauxdoo.mockserver.protocols.rest.protocol import Rest

__all__ = ["Documentation", "Rest"]
