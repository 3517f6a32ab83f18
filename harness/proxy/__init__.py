"""Between a client and an Odoo: records what goes by, or compares it with the fake."""

from __future__ import annotations

from fauxdoo.harness.proxy.app import Proxy
from fauxdoo.harness.proxy.modes import MODES, Capture, Diff, Spy

__all__ = ["MODES", "Capture", "Diff", "Proxy", "Spy"]
