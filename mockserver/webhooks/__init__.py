"""Sending what the outbox holds: signed, at least once, in order per record, again and again until it is given up."""

from __future__ import annotations

from fauxdoo.mockserver.webhooks.adversary import Adversary
from fauxdoo.mockserver.webhooks.delivery import Delivery
from fauxdoo.mockserver.webhooks.manager import Webhooks

__all__ = ["Adversary", "Delivery", "Webhooks"]
