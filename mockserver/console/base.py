"""What the parts of the admin API share: operations, who may use them, and the family they register in."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

from werkzeug.exceptions import BadRequest, Forbidden, NotFound, Unauthorized

from fauxdoo.mockserver.console.schemas import Schema, record, taken

if TYPE_CHECKING:
    from fauxdoo.mockserver.databases import Database
    from fauxdoo.mockserver.fake import FakeOdoo
    from fauxdoo.mockserver.protocols.base import Request

__all__ = ["Operation", "Part", "arguments_of", "check_caller"]

Action = Callable[..., Any]
"""Takes the arguments (a dictionary: of the body, or of the query of a GET) and what the path names, as keyword
arguments; answers what becomes JSON."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One verb at one address below `/_fauxdoo/`; `path` is a Werkzeug rule.

    What it declares stands in `/_fauxdoo/openapi.json`, and `takes` is what a request is held to before the action
    sees it: write both with the words of `schemas`.
    """

    verb: str
    path: str
    action: Action
    summary: str
    guarded: bool = True
    """Only with the admin token, or from this machine where there is none."""
    takes: Schema = field(default_factory=record)
    """The arguments: a `record(...)`; nothing else is accepted."""
    answers: Schema = field(default_factory=dict)
    """What the action answers, anything if it is not said."""


class Part:
    """A noun of the admin API. A subclass registers itself under its `key`."""

    key: ClassVar[str] = ""
    members: ClassVar[dict[str, type[Part]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        known = Part.members.get(cls.key)
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise TypeError(f"part {cls.key!r} of the admin API is defined twice: by {known!r} and {cls!r}")
        Part.members[cls.key] = cls

    def __init__(self, odoo: FakeOdoo) -> None:
        self.odoo = odoo

    def operations(self) -> Iterable[Operation]:
        """What can be asked of this part."""
        return ()

    def database(self, name: Any = None) -> Database:
        """The database of this name, the default one for None. Raises NotFound."""
        name = self.odoo.settings.db if name is None else name
        if not isinstance(name, str) or name not in self.odoo.databases:
            raise NotFound("No such database")
        return self.odoo.databases[name]


def arguments_of(request: Request, operation: Operation) -> dict[str, Any]:
    """The body's JSON object, for GET what the query says. Raises BadRequest for what the operation does not take."""
    if request.method == "GET":
        query = dict(parse_qsl(request.environ.get("QUERY_STRING", ""), keep_blank_values=True))
        return taken(query, operation.takes, query=True)
    return taken(_body_of(request), operation.takes)


def _body_of(request: Request) -> dict[str, Any]:
    if not request.body:
        return {}
    try:
        arguments = request.message
    except ValueError:
        raise BadRequest("The body is no JSON") from None
    if not isinstance(arguments, dict):
        raise BadRequest("The body is no JSON object")
    return arguments


def check_caller(odoo: FakeOdoo, request: Request) -> None:
    """Let nobody in who may not use the admin API. Raises Forbidden or Unauthorized."""
    token = odoo.settings.admin_token
    if not token:
        if not _is_loopback(odoo.settings.host):
            raise Forbidden("Set an admin token to use the admin API of a server others can reach.")
        if _comes_from_another_site(request):
            raise Forbidden("A page of another site may not use the admin API.")
        return
    sent = request.header("Authorization").removeprefix("Bearer ").strip()
    if not hmac.compare_digest(sent.encode(), token.encode()):
        raise Unauthorized("The admin API asks for its token: Authorization: Bearer TOKEN")


def _comes_from_another_site(request: Request) -> bool:
    origin = request.header("Origin")
    return bool(origin) and urlsplit(origin).netloc != request.header("Host")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
