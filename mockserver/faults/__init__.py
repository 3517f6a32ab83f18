"""Faults that a test brings about on purpose: a file per kind, listed here."""

from __future__ import annotations

from fauxdoo.mockserver.faults import (  # noqa: F401  (they register themselves)
    content_type,
    drop,
    error,
    key_expiry,
    latency,
    maintenance,
    page,
    serialization,
    session_expiry,
    slow,
    throttle,
    time_limit,
    truncated,
)
from fauxdoo.mockserver.faults.auditor import Duplicate
from fauxdoo.mockserver.faults.base import Fault, Interrupted
from fauxdoo.mockserver.faults.delivery import sever
from fauxdoo.mockserver.faults.faults import Faults, SetFault

__all__ = ["Duplicate", "Fault", "Faults", "Interrupted", "SetFault", "sever"]
