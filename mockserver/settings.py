"""One frozen set of settings; the environment, the command line and pytest options become one at the edge."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import Literal

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a `FakeOdoo` is set up; every default is that of `fauxdoo serve`."""

    host: str = "127.0.0.1"
    port: int = 0
    db: str = "odoo"
    login: str = "admin"
    password: str = "admin"
    api_key: str = ""
    """Key of the administrator; empty: one is made from the seed."""
    dialect: Literal["guide", "odoo"] = "guide"
    demo: bool = False
    store: str = ":memory:"
    """`:memory:` or a file."""
    modules: tuple[str, ...] = ()
    """Apps that are installed, with what they need; empty: all."""
    extensions: tuple[ModuleType, ...] = ()
    seed: int = 0
    master_password: str = "admin"
    max_body: int = 128 * 1024 * 1024
    """Bytes of a request body that are accepted."""
    admin_token: str = ""
    """Token the admin API asks for; needed when bound to other than loopback."""
