"""A real Odoo in the place of the fake one: the same recordsets over RPC, and care for what is in there."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from fauxdoo.harness.clients import RemoteError
from fauxdoo.harness.permission import NotPermitted, check_for_tests
from fauxdoo.harness.remote import READING, Connection, RemoteEnvironment, who_owns
from fauxdoo.harness.suite.traces import Traces
from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.seeds import QUIET, plant

__all__ = ["RealOdoo", "RealServer"]

_OF_A_FAKE = frozenset(
    {
        "auth",
        "certificates",
        "clock",
        "databases",
        "dialect",
        "dispatch",
        "faults",
        "journal",
        "sessions",
        "settings",
        "webhooks",
    }
)
"""Attributes that a fake Odoo has beside the methods and properties of its class."""


class RealServer:
    """The server of `--fauxdoo-url` during a session."""

    def __init__(self, url: str, db: str, api_key: str, *, writes: bool) -> None:
        """Raises NotPermitted for a server that is not reached, refuses the key, or must not be written to."""
        try:
            self.target = who_owns(url.rstrip("/"), db, api_key)
        except (RemoteError, OSError) as error:
            raise NotPermitted(f"{url} does not let the API key into the database {db!r}: {error}") from error
        self.connection = Connection(self.target)
        self.writes = writes
        if writes:
            check_for_tests(self.connection)
        self._traces = Traces(self.connection) if writes else None

    def refuse(self) -> NoReturn:
        """Raise NotPermitted."""
        raise NotPermitted(
            f"the test may write to the database {self.target.db!r} at {self.target.url}: "
            "this needs --fauxdoo-allow-writes"
        )

    def missing(self, wanted: Mapping[str, Any]) -> str:
        """What the marker's arguments ask for and this server does not have, "" if there is nothing."""
        for name, value in wanted.items():
            if name == "dialect" and value == "odoo":
                continue
            if name == "modules":
                names = value.split(",") if isinstance(value, str) else value
                if absent := self._absent([name.strip() for name in names]):
                    return f"the apps {', '.join(absent)}"
            elif name == "lang":
                if not self._count("res.lang", [("code", "=", value)]):
                    return f"the language {value}"
            elif name != "seed":
                return f"{name}={value!r}"
        return ""

    def _absent(self, names: list[str]) -> list[str]:
        return [name for name in names if not self._count("ir.module.module", [("name", "=", name), _INSTALLED])]

    def _count(self, model: str, domain: list[tuple[str, str, str]]) -> int:
        return int(self.connection.call(model, "search_count", [domain], {}))

    def plant(self, seed: Any) -> None:
        """Make the records of a seed. Raises SeedError."""
        if not self.writes:
            self.refuse()
        plant(RemoteEnvironment(self.connection, QUIET), seed)

    def odoo(self, skip: Callable[[str], Any]) -> RealOdoo:
        """What the fixture gives; `skip` is told of what only a fake can do."""
        return RealOdoo(self, skip)

    def clean(self) -> list[str]:
        """Remove what a test made; answers a line for each record that stays."""
        return self._traces.remove() if self._traces else []

    def note(self, model: str, method: str) -> None:
        """A test is about to call a method: it has to be allowed, and its model is watched."""
        if method in READING:
            return
        if self._traces is None:
            self.refuse()
        self._traces.watch([model])

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


_INSTALLED = ("state", "=", "installed")


class RealOdoo:
    """What the fixture `odoo` gives for a real server; where only a fake can do something, `skip` is told so."""

    def __init__(self, server: RealServer, skip: Callable[[str], Any]) -> None:
        self._server, self._skip = server, skip
        server.connection.before = server.note
        self.env = RemoteEnvironment(server.connection)

    @property
    def url(self) -> str:
        """Where the server listens. Raises NotPermitted where nothing may be written, as all that follow."""
        return self._access("url")

    @property
    def db(self) -> str:
        """Name of the database."""
        return self._access("db")

    @property
    def login(self) -> str:
        """The login of the user who owns the key."""
        return self._access("login")

    @property
    def password(self) -> str:
        """The key, which counts as that user's password."""
        return self._access("password")

    @property
    def api_key(self) -> str:
        """The key."""
        return self._access("api_key")

    def _access(self, name: str) -> str:
        """A part of what a client needs to get in, and then to write."""
        if not self._server.writes:
            self._server.refuse()
        value: str = getattr(self._server.target, name)
        return value

    def __getattr__(self, name: str) -> Any:
        if name in _OF_A_FAKE or inspect.getattr_static(FakeOdoo, name, None) is not None:
            self._skip(f"only a fake Odoo has odoo.{name}")
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
