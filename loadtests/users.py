"""Virtual users, one class per protocol of Odoo; what a call answers is checked, an error in it is a failure."""

from __future__ import annotations

import xmlrpc.client
from typing import Any

from locust import FastHttpUser

from fauxdoo.loadtests.target import target

__all__ = ["Json2User", "JsonRpcUser", "OdooUser", "RestUser", "SessionUser", "XmlRpcUser"]


class CallFailed(Exception):
    """Odoo answered with an error; its text names the class of the error alone, so that alike ones are counted."""


class OdooUser(FastHttpUser):
    """A user who calls methods of models; a subclass says over which protocol."""

    abstract = True
    connection_timeout = 10.0
    network_timeout = 60.0
    protocol = ""

    def on_start(self) -> None:
        """Find out whom to call as whom."""
        self.target = target()

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """What the method answers, None where it failed; statistics know it as `PROTOCOL MODEL.METHOD`."""
        raise NotImplementedError

    def _exchange(self, path: str, what: str, read: Any, **request: Any) -> Any:
        """POST a request; `read` takes the answer apart, or raises."""
        options = {"name": f"{self.protocol} {what}", "catch_response": True, **request}
        with self.client.request(options.pop("method", "POST"), path, **options) as response:
            if not 200 <= response.status_code < 300:
                response.failure(f"HTTP {response.status_code}" if response.status_code else "no answer")
                return None
            try:
                return read(response)
            except CallFailed as error:
                response.failure(str(error))
            except ValueError:
                response.failure("not to be understood")
        return None


class JsonRpcUser(OdooUser):
    """`/jsonrpc`, `execute_kw`."""

    abstract = True
    protocol = "jsonrpc"

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """As `execute_kw` takes it: positional arguments, then named ones."""
        target = self.target
        arguments = [target.db, target.uid, target.password, model, method, args, kwargs]
        params = {"service": "object", "method": "execute_kw", "args": arguments}
        message = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        return self._exchange("/jsonrpc", f"{model}.{method}", _result, json=message)


class SessionUser(OdooUser):
    """`/web/dataset/call_kw` in a session, as the web client and apps on telephones do."""

    abstract = True
    protocol = "session"

    def on_start(self) -> None:
        """Log in."""
        super().on_start()
        target = self.target
        params = {"db": target.db, "login": target.login, "password": target.password}
        self._exchange("/web/session/authenticate", "login", _result, json={"jsonrpc": "2.0", "params": params})

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """As `execute_kw` takes it."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        message = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        return self._exchange("/web/dataset/call_kw", f"{model}.{method}", _result, json=message)


class XmlRpcUser(OdooUser):
    """`/xmlrpc/2/object`, `execute_kw`."""

    abstract = True
    protocol = "xmlrpc"

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """As `execute_kw` takes it."""
        target = self.target
        arguments = (target.db, target.uid, target.password, model, method, list(args), kwargs)
        body = xmlrpc.client.dumps(arguments, "execute_kw", allow_none=True).encode()
        headers = {"Content-Type": "text/xml"}
        return self._exchange("/xmlrpc/2/object", f"{model}.{method}", _loads, data=body, headers=headers)


class Json2User(OdooUser):
    """`/json/2/<model>/<method>` with an API key; arguments have names."""

    abstract = True
    protocol = "json2"

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """Named arguments alone; `ids` are those of the records. Raises TypeError for others."""
        if args:
            raise TypeError("JSON-2 has named arguments only")
        headers = {"Authorization": f"bearer {self.target.api_key}", "X-Odoo-Database": self.target.db}
        path = f"/json/2/{model}/{method}"
        return self._exchange(path, f"{model}.{method}", _plain, json=kwargs, headers=headers)


class RestUser(OdooUser):
    """`/api/<model>` of the guide's dialect."""

    abstract = True
    protocol = "rest"

    def send(self, verb: str, path: str, body: Any = None) -> Any:
        """What a verb answers at a path below `/api/`; statistics know it without ids and query."""
        headers = {"Authorization": f"Bearer {self.target.api_key}"}
        steps = path.partition("?")[0].split("/")
        name = f"{verb} {'/'.join('<id>' if step.isdigit() else step for step in steps)}"
        request = {"headers": headers} if body is None else {"headers": headers, "json": body}
        return self._exchange(f"/api/{path}", name, _plain, method=verb, **request)

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """A method with named arguments. Raises TypeError for others."""
        if args:
            raise TypeError("REST has named arguments only")
        return self.send("POST", f"{model}/{method}", kwargs)


def _plain(response: Any) -> Any:
    return response.json() if response.content else None


def _result(response: Any) -> Any:
    answer = response.json()
    if "error" in answer:
        raise CallFailed(answer["error"].get("data", {}).get("name") or answer["error"].get("message"))
    return answer.get("result")


def _loads(response: Any) -> Any:
    try:
        return xmlrpc.client.loads(response.content)[0][0]
    except xmlrpc.client.Fault as fault:
        raise CallFailed(f"fault {fault.faultCode}") from None
    except Exception as error:
        raise ValueError("no XML-RPC") from error
