"""The signature of the guide's webhooks: hexadecimal HMAC-SHA256 of the body."""

from __future__ import annotations

import hmac
from hashlib import sha256

__all__ = ["signature"]


def signature(secret: str, body: bytes) -> str:
    """What `X-Odoo-Signature` holds."""
    return hmac.new(secret.encode(), body, sha256).hexdigest()
