"""One frozen set of settings; the environment, the command line and pytest options become one at the edge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from fauxdoo.mockserver.users import User

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a `FakeOdoo` is set up; every default is that of `fauxdoo serve`."""

    host: str = "127.0.0.1"
    port: int = 0
    db: str = "odoo"
    databases: tuple[str, ...] = ()
    """Names of all databases, of which the first is the default unless `db` is among them; empty: `db` alone."""
    list_db: bool = True
    """Whether clients may list and manage databases, as Odoo's option of that name says."""
    login: str = "admin"
    password: str = "admin"
    api_key: str = ""
    """Key of the administrator; empty: one is made from the seed."""
    dialect: Literal["guide", "odoo"] = "guide"
    users: tuple[User, ...] = ()
    """Users that every database starts with, beside the administrator."""
    demo: bool = False
    store: str = ":memory:"
    """`:memory:`, a file, or `postgresql://…` (extra `postgres`), whose parameter `schema` is `fauxdoo` by default."""
    backoff: float = 1.0
    """What Odoo's waiting before it tries a transaction again, up to 2, 4, 8 and 16 seconds, is multiplied by."""
    modules: tuple[str, ...] = ()
    """Apps that are installed, with what they need; empty: all."""
    catalogue: str = ""
    """Folder of a catalogue that `fauxdoo contract pull` wrote; empty: that of Odoo 19.0."""
    extensions: tuple[ModuleType, ...] = ()
    lang: str = ""
    """Code of the language that is active beside English and the administrator's, such as `de_DE`."""
    seeds: tuple[str | Path | Callable[[Any], Any], ...] = ()
    """What the default database starts with besides: files (JSON, YAML), functions of `env`, `"module:function"`."""
    seed: int = 0
    """Of what is random: API key, session ids."""
    master_password: str = "admin"
    crons: bool = False
    """Run the scheduled actions that are due whenever the clock is moved; else only `odoo.run_crons()` does."""
    faults: tuple[Mapping[str, Any], ...] = ()
    """What the server starts with, as `odoo.faults.add` takes it: `{"kind": "page", "status": 504, "count": 1}`."""
    capacity: str = ""
    """Name of a capacity profile, or its file (YAML, JSON): calls take the workers and the time of a real Odoo."""
    validate: bool = False
    """Check all traffic against the schemas in `contracts/schemas`; what does not fit is in `odoo.violations`."""
    max_body: int = 128 * 1024 * 1024
    """Bytes of a request body that are accepted."""
    tls: bool = False
    """Serve HTTPS with a certificate of a throw-away authority."""
    admin_token: str = ""
    """Token the admin API asks for; needed when bound to other than loopback."""
