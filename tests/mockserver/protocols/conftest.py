"""A server with the real protocols and no models: what the protocol tests talk to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from werkzeug.test import Client

from fauxdoo.mockserver.app import App
from fauxdoo.mockserver.calls import Call, http_session
from fauxdoo.mockserver.clock import Clock
from fauxdoo.mockserver.dialects import DIALECTS
from fauxdoo.mockserver.errors import AccessDenied, UnknownDatabase, UserError
from fauxdoo.mockserver.faults import Faults
from fauxdoo.mockserver.journal import Journal
from fauxdoo.mockserver.protocols import Sessions
from fauxdoo.mockserver.sessions import Session
from fauxdoo.mockserver.sessions import Sessions as SessionStore
from fauxdoo.mockserver.settings import Settings
from fauxdoo.mockserver.turnstile import Turnstile

KEY = "k" * 40


class StubDispatch:
    """Answers what a test put into `answers` (a value, a function or an error to raise), by method."""

    def __init__(self) -> None:
        self.databases: dict[str, Any] = {}
        self.answers: dict[str, Any] = {}
        self.calls: list[Call] = []
        self.sessions: list[Any] = []
        self.around = None

    def database(self, name: str) -> Any:
        if name not in self.databases:
            raise UnknownDatabase(name)
        return self.databases[name]

    def call_kw(self, call: Call) -> Any:
        self.calls.append(call)
        self.sessions.append(http_session.get())
        if call.model not in self.databases[call.database].registry:
            raise UserError(f"Object {call.model} doesn't exist")
        answer = self.answers.get(call.method)
        if isinstance(answer, Exception):
            raise answer
        return answer(call) if callable(answer) else answer


class StubAuth:
    """One user, admin/admin with uid 2 and the key KEY."""

    def __init__(self, odoo: StubOdoo) -> None:
        self.odoo = odoo
        self.tokens = {2: "token"}

    def login(self, database: str, login: Any, password: Any, *, interactive: bool = False, address: str = "") -> int:
        self.odoo.dispatch.database(database)
        if login != "admin" or password not in ("admin", "" if interactive else KEY) or not password:
            raise AccessDenied()
        return 2

    def check(self, database: str, uid: int, password: Any) -> None:
        if uid != 2 or password not in ("admin", KEY):
            raise AccessDenied()

    def by_key(self, key: str, database: str | None = None) -> tuple[str, int]:
        if key != KEY:
            raise AccessDenied()
        return database or "odoo", 2

    def token(self, database: str, uid: int) -> str | None:
        return self.tokens.get(uid)

    def holds(self, session: Session) -> bool:
        return session.token == self.tokens.get(session.uid or 0)


class StubOdoo:
    """The parts of a FakeOdoo that protocols use."""

    key = KEY
    answered = meter = validator = None

    def __init__(self, **settings: Any) -> None:
        self.settings = Settings(**settings)
        self.dialect = DIALECTS[self.settings.dialect]
        self.clock, self.turnstile = Clock(), Turnstile(turns=False)
        self.sessions = SessionStore(self.clock)
        self.journal = Journal()
        self.dispatch = StubDispatch()
        self.faults = Faults(self.dispatch, self.turnstile, self.clock, 0)  # type: ignore[arg-type]
        self.auth = StubAuth(self)
        self.databases = self.dispatch.databases
        self.add_database("odoo")
        self.app = App(self)  # type: ignore[arg-type]

    def catch_up(self) -> None:
        """Nobody else changes anything."""

    def add_database(self, name: str) -> None:
        @contextmanager
        def transaction(uid: int = 1, context: Any = None, su: bool = False) -> Any:
            yield SimpleNamespace(uid=uid)

        self.databases[name] = SimpleNamespace(name=name, registry={"res.partner": object}, transaction=transaction)

    def rpc(self, service: Any, method: Any, *args: Any) -> Any:
        """The reply of `/jsonrpc`, decoded."""
        params = {"service": service, "method": method, "args": list(args)}
        return self.post("/jsonrpc", params)

    def post(self, path: str, params: Any, client: Client | None = None, **headers: str) -> Any:
        """The reply of a JSON-RPC route, decoded."""
        message = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        return (client or self.client()).post(path, json=message, headers=headers).json

    def client(self) -> Client:
        """A caller with a cookie jar of its own."""
        return Client(self.app)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Callable[..., StubOdoo]:
    """Makes a server; keyword arguments are settings. What a session says about its user needs no models."""
    monkeypatch.setattr(Sessions, "_session_info", lambda self, request: {"uid": request.uid, "db": request.database})
    return StubOdoo


@pytest.fixture
def odoo(server: Callable[..., StubOdoo]) -> StubOdoo:
    """A server that speaks as a real Odoo does."""
    return server(dialect="odoo")
