"""Small callers of every protocol: what an integration sends, and what it gets back as a plain dictionary."""

from __future__ import annotations

import xmlrpc.client
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from fauxdoo.harness.browser import Browser, Response

__all__ = [
    "CLIENTS",
    "Client",
    "Json2",
    "JsonRpc",
    "Outcome",
    "RemoteError",
    "RpcClient",
    "Target",
    "WebSession",
    "XmlRpc",
    "envelope",
    "json2_outcome",
    "result_of",
]

Outcome = dict[str, Any]
"""`{"result": …}`, `{"error": {name, message, code or status}}`, `{"fault": {code, string}}`, or without an envelope
`{"status": …, "text": …}`."""


class RemoteError(Exception):
    """The server refused a call; `outcome` is what it answered, `name` and `message` are Odoo's."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        error = outcome.get("error") or {}
        fault = outcome.get("fault") or {}
        self.name: str = error.get("name") or ""
        self.code: Any = error.get("code", error.get("status", fault.get("code", outcome.get("status"))))
        self.message: str = error.get("message") or fault.get("string") or outcome.get("text") or ""
        super().__init__(f"{self.name or self.code}: {self.message}")


@dataclass(frozen=True, slots=True)
class Target:
    """Where an Odoo listens and who calls it."""

    url: str
    db: str
    login: str = "admin"
    password: str = "admin"
    api_key: str = ""
    timeout: float = 60


class Client(ABC):
    """One user's calls over one protocol."""

    name: ClassVar[str]

    def __init__(self, target: Target, browser: Browser | None = None) -> None:
        self.target = target
        self.browser = browser or Browser(target.url, target.timeout)

    @abstractmethod
    def outcome(self, model: str, method: str, args: list[Any], kwargs: dict[str, Any]) -> Outcome:
        """Call a model's method and answer what came back, errors too."""

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """Call a model's method; the result, or RemoteError."""
        return result_of(self.outcome(model, method, list(args), kwargs))

    def close(self) -> None:
        """Close the connection."""
        self.browser.close()


class RpcClient(Client):
    """A protocol with the services `common`, `object` and `db`."""

    @cached_property
    def uid(self) -> Any:
        """The user's id, asked for once; False where the credentials are wrong. May be set."""
        login = [self.target.db, self.target.login, self.target.password, {}]
        return self.service("common", "authenticate", login).get("result")

    @abstractmethod
    def service(self, service: str, method: str, args: list[Any]) -> Outcome:
        """Call a method of a service."""

    def outcome(self, model: str, method: str, args: list[Any], kwargs: dict[str, Any]) -> Outcome:
        """`execute_kw` as the user."""
        full = [self.target.db, self.uid, self.target.password, model, method, args, kwargs]
        return self.service("object", "execute_kw", full)


class JsonRpc(RpcClient):
    """POST /jsonrpc."""

    name = "jsonrpc"

    def service(self, service: str, method: str, args: list[Any]) -> Outcome:
        """Call a method of a service."""
        return envelope(self.browser.post_json("/jsonrpc", _rpc(service=service, method=method, args=args)))


class XmlRpc(RpcClient):
    """/xmlrpc/2/<service> through `xmlrpc.client`; bytes and datetimes come as such."""

    name = "xmlrpc"

    def __init__(self, target: Target, browser: Browser | None = None) -> None:
        super().__init__(target, browser)
        self._proxies: dict[str, xmlrpc.client.ServerProxy] = {}

    def service(self, service: str, method: str, args: list[Any]) -> Outcome:
        """Call a method of a service."""
        try:
            return {"result": getattr(self._proxy(service), method)(*args)}
        except xmlrpc.client.Fault as fault:
            return {"fault": {"code": fault.faultCode, "string": fault.faultString}}
        except xmlrpc.client.ProtocolError as error:
            return {"status": error.errcode}

    def close(self) -> None:
        """Close all connections."""
        super().close()
        for proxy in self._proxies.values():
            proxy("close")()

    def _proxy(self, service: str) -> xmlrpc.client.ServerProxy:
        if service not in self._proxies:
            url = f"{self.browser.url}/xmlrpc/2/{service}"
            self._proxies[service] = xmlrpc.client.ServerProxy(url, allow_none=True, use_builtin_types=True)
        return self._proxies[service]


class WebSession(Client):
    """A session of the web client: a cookie, then /web/dataset/call_kw."""

    name = "call_kw"

    def __init__(self, target: Target, browser: Browser | None = None) -> None:
        super().__init__(target, browser)
        self._entered = False

    def authenticate(self) -> Outcome:
        """Log in; a success leaves the cookie in the browser."""
        self._entered = True
        user = {"db": self.target.db, "login": self.target.login, "password": self.target.password}
        return envelope(self.browser.post_json("/web/session/authenticate", _rpc(**user)))

    def outcome(self, model: str, method: str, args: list[Any], kwargs: dict[str, Any]) -> Outcome:
        """`call_kw` in the session, which the first call opens."""
        if not self._entered:
            self.authenticate()
        payload = _rpc(model=model, method=method, args=args, kwargs=kwargs)
        return envelope(self.browser.post_json(f"/web/dataset/call_kw/{model}/{method}", payload))


class Json2(Client):
    """POST /json/2/<model>/<method> with a bearer key; arguments have names, records are `ids=[…]`."""

    name = "json2"

    def outcome(self, model: str, method: str, args: list[Any], kwargs: dict[str, Any]) -> Outcome:
        """Call with named arguments; the protocol has no others."""
        if args:
            raise TypeError("JSON-2 takes named arguments only; give records as ids=[…]")
        headers = {"Authorization": f"bearer {self.target.api_key}", "X-Odoo-Database": self.target.db}
        return json2_outcome(self.browser.post_json(f"/json/2/{model}/{method}", kwargs, headers))


CLIENTS: Mapping[str, type[Client]] = {kind.name: kind for kind in (JsonRpc, XmlRpc, WebSession, Json2)}
"""The protocols by the name a recording gives them."""


def result_of(outcome: Outcome) -> Any:
    """The result of an outcome; RemoteError where there is none."""
    if "result" not in outcome:
        raise RemoteError(outcome)
    return outcome["result"]


def json2_outcome(response: Response) -> Outcome:
    """What a JSON-2 reply says; a reply that is no JSON gives its status and text."""
    try:
        body = response.json()
    except ValueError:
        return {"status": response.status, "text": response.text[:300]}
    if response.status == 200:
        return {"result": body}
    return {"error": {"status": response.status, "name": body.get("name"), "message": body.get("message")}}


def envelope(response: Response) -> Outcome:
    """What a JSON-RPC reply says; a reply without the envelope gives its status and text."""
    try:
        body = response.json()
    except ValueError:
        return {"status": response.status, "type": response.content_type, "text": response.text[:300]}
    if not isinstance(body, dict):
        return {"result": body}
    if error := body.get("error"):
        data = error.get("data") or {}
        message = data.get("message", error.get("message"))
        return {"error": {"code": error.get("code"), "name": data.get("name"), "message": message}}
    return {"result": body.get("result")}


def _rpc(**params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
