"""What every protocol shares: a request, a reply, routes, and the family the protocols register in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from inspect import signature
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response

from fauxdoo.mockserver.protocols.jsons import loads

if TYPE_CHECKING:
    from fauxdoo.mockserver.fake import FakeOdoo
    from fauxdoo.mockserver.faults.delivery import Delivery
    from fauxdoo.mockserver.protocols.envelopes import Envelope
    from fauxdoo.mockserver.sessions import Session

__all__ = ["JSON", "Authentication", "Endpoint", "Protocol", "Reply", "Request", "Route", "http_error", "named", "page"]

JSON = "application/json; charset=utf-8"

_UNREAD = object()

Authentication = Literal["none", "public", "user", "bearer"]
"""Who may come in: anybody without a user, anybody, a session's user, the owner of a key (or a browser's session)."""


@dataclass(slots=True)
class Reply:
    """What goes back: bytes with their type and status; `headers` are further ones."""

    body: bytes
    content_type: str = JSON
    status: int = 200
    headers: list[tuple[str, str]] = field(default_factory=list)


class Request:
    """One HTTP request, read from the WSGI environ only as far as somebody asks."""

    __slots__ = ("_message", "body", "database", "delivery", "environ", "method", "odoo", "path", "session", "uid")

    def __init__(self, odoo: FakeOdoo, environ: dict[str, Any], path: str) -> None:
        self.odoo, self.environ, self.path = odoo, environ, path
        self.method: str = environ["REQUEST_METHOD"]
        self.database: str | None = None
        self.session: Session | None = None
        self.uid: int | None = None
        """The authenticated user, None for nobody."""
        self.delivery: Delivery | None = None
        """How a fault has the reply sent, None for just so."""
        self.body = b""
        self._message: Any = _UNREAD

    def header(self, name: str) -> str:
        """A header's value, "" where it is absent."""
        value: str = self.environ.get(_in_environ(name), "")
        return value

    @property
    def known_database(self) -> str:
        """The database, for endpoints that are not reached without one."""
        assert self.database is not None
        return self.database

    @property
    def known_uid(self) -> int:
        """The user, for endpoints that are not reached without one."""
        assert self.uid is not None
        return self.uid

    @property
    def content_type(self) -> str:
        """The media type without parameters, in lower case."""
        return _media_type(self.environ.get("CONTENT_TYPE") or "")

    @property
    def content_length(self) -> int:
        """The announced length of the body, 0 without one; raises BadRequest where it is no number."""
        value = self.environ.get("CONTENT_LENGTH") or "0"
        if not value.isdigit():
            raise BadRequest("Invalid Content-Length")
        return int(value)

    @property
    def message(self) -> Any:
        """The body as JSON; raises ValueError where it is none."""
        if self._message is _UNREAD:
            self._message = loads(self.body)
        return self._message

    def read(self) -> None:
        """Take in the whole body; raises RequestEntityTooLarge beyond `Settings.max_body`."""
        self.body = self._read()

    def _read(self) -> bytes:
        limit, length = self.odoo.settings.max_body, self.content_length
        if length > limit:
            raise RequestEntityTooLarge()
        stream = self.environ["wsgi.input"]
        if length:
            return bytes(stream.read(length))
        if not self.environ.get("wsgi.input_terminated") or self.environ.get("CONTENT_LENGTH"):
            return b""
        body = bytes(stream.read(limit + 1))
        if len(body) > limit:
            raise RequestEntityTooLarge()
        return body

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies by name."""
        pairs = (part.partition("=") for part in self.header("Cookie").split(";"))
        return {name.strip(): value.strip().strip('"') for name, _, value in pairs}

    @property
    def address(self) -> str:
        """Where the request comes from."""
        return str(self.environ.get("REMOTE_ADDR") or "")


@lru_cache(maxsize=100)
def _in_environ(name: str) -> str:
    return "HTTP_" + name.upper().replace("-", "_")


@lru_cache(maxsize=100)
def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


Endpoint = Callable[..., Any]
"""Takes the request (and what the path names, as keyword arguments); answers what its envelope encodes, or a Reply."""


@dataclass(frozen=True, slots=True)
class Route:
    """A path served by a protocol; `path` is a Werkzeug rule."""

    path: str
    endpoint: Endpoint
    envelope: Envelope
    auth: Authentication = "none"
    methods: frozenset[str] | None = None
    """The verbs taken, None for all; Odoo always adds OPTIONS to them."""
    stateless: bool = False
    """No session is looked for or saved."""
    cookie: bool = True
    """Whoever has no session gets the cookie of a new one."""
    csrf: bool = True
    """In a plain HTTP route Odoo asks for a token with every verb that may change something."""
    before: Callable[[Request], None] | None = None
    """Looked at before anybody is authenticated."""
    accepted: frozenset[str] = field(init=False)
    """The arguments the endpoint takes; Odoo drops any others."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "accepted", frozenset(signature(self.endpoint).parameters))


def named(name: str) -> Callable[[Endpoint], Endpoint]:
    """Let a function carry the name of Odoo's, which Python puts into its TypeErrors."""

    def rename(function: Endpoint) -> Endpoint:
        function.__module__, _, function.__qualname__ = name.rpartition(":")
        return function

    return rename


class Protocol:
    """A way to talk to the server. A subclass registers itself under its `key`."""

    key: ClassVar[str] = ""
    members: ClassVar[dict[str, type[Protocol]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        known = Protocol.members.get(cls.key)
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise TypeError(f"protocol {cls.key!r} is defined twice: by {known!r} and {cls!r}")
        Protocol.members[cls.key] = cls

    def __init__(self, odoo: FakeOdoo) -> None:
        self.odoo = odoo

    def routes(self) -> Iterable[Route]:
        """The paths this protocol serves."""
        return ()


def http_error(error: HTTPException, environ: dict[str, Any]) -> Reply:
    """An error page as Werkzeug writes it."""
    return _reply(error.get_response(environ), environ)


def page(response: Response, request: Request) -> Reply:
    """What Werkzeug made, as a reply."""
    return _reply(response, request.environ)


def _reply(response: Any, environ: dict[str, Any]) -> Reply:
    headers = [(key, value) for key, value in response.headers if key.lower() not in ("content-type", "content-length")]
    body = b"".join(response.iter_encoded())
    return Reply(body, response.headers["Content-Type"], response.status_code, headers)
