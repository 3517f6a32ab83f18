"""What a test says about the calls it caused: `odoo.calls`."""

from __future__ import annotations

from fauxdoo.mockserver.assertions.calls import Calls

__all__ = ["Calls"]
