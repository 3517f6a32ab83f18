"""How much a real Odoo can do at once, and how long it takes: for load tests that queue as they would there."""

from __future__ import annotations

from fauxdoo.mockserver.capacity.meter import Meter
from fauxdoo.mockserver.capacity.profile import Capacity, UnknownCapacity, capacity_of

__all__ = ["Capacity", "Meter", "UnknownCapacity", "capacity_of"]
