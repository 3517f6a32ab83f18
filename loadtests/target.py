"""Whom a load test calls as whom, from the environment, for Locust starts its processes by itself."""

from __future__ import annotations

import os
from dataclasses import dataclass

__all__ = ["Target", "target"]


@dataclass(frozen=True, slots=True)
class Target:
    """A database and a user; the address is Locust's `--host`."""

    db: str
    login: str
    password: str
    api_key: str
    uid: int


def target() -> Target:
    """What `FAUXDOO_DB`, `_LOGIN`, `_PASSWORD`, `_API_KEY` and `_UID` say; by default a `fauxdoo serve`.

    Raises ValueError for a uid that is no number.
    """
    named = {name: os.environ.get(f"FAUXDOO_{name}", "") for name in ("DB", "LOGIN", "PASSWORD", "API_KEY", "UID")}
    password = named["PASSWORD"] or "admin"
    return Target(
        db=named["DB"] or "odoo",
        login=named["LOGIN"] or "admin",
        password=password,
        api_key=named["API_KEY"] or password,
        uid=int(named["UID"] or 2),
    )
