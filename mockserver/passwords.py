"""How passwords and keys are kept: salted, hashed, compared in constant time."""

from __future__ import annotations

import hashlib
import hmac
import secrets

__all__ = ["hash_secret", "verify_secret"]

# scrypt's cost is far below what real passwords need: a test double logs in thousands of times and
# protects nothing but made-up users. It takes about 0.05 ms; the cost stands in each hash, so it may change.
_COST, _BLOCK, _PARALLEL = 16, 4, 1
_SALT_BYTES = 12


def hash_secret(secret: str) -> str:
    """The text to store for `secret`: `$scrypt$cost$salt$digest`, salted anew on every call."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return f"$scrypt${_COST}${salt.hex()}${_digest(secret, salt, _COST)}"


def verify_secret(secret: str, stored: str) -> bool:
    """Whether `stored`, made by `hash_secret`, is the hash of `secret`; False for anything that is no such hash."""
    try:
        empty, kind, cost, salt, digest = stored.split("$")
        known = not empty and kind == "scrypt"
        return known and hmac.compare_digest(_digest(secret, bytes.fromhex(salt), int(cost)), digest)
    except (AttributeError, TypeError, ValueError):
        return False


def _digest(secret: str, salt: bytes, cost: int) -> str:
    encoded = secret.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(encoded, salt=salt, n=cost, r=_BLOCK, p=_PARALLEL).hex()
