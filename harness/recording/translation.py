"""A request of any protocol and its reply as a step of a recording, without credentials: anybody may replay it."""

from __future__ import annotations

import json
import re
import xmlrpc.client
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote
from xml.parsers.expat import ExpatError

from defusedxml.xmlrpc import DefusedExpatParser

from fauxdoo.harness.browser import Response
from fauxdoo.harness.clients import Outcome, envelope, json2_outcome
from fauxdoo.harness.performer import plain
from fauxdoo.harness.recordings import Step

__all__ = ["outcome_of", "step_of"]

_XMLRPC = re.compile(r"/xmlrpc/2/(common|object|db)$")
_CALL_KW = re.compile(r"/web/dataset/call_kw(/|$)")
_JSON2 = re.compile(r"/json/2/([\w.]+)/(\w+)$")
_ASKED = ("about", "server_version", "version", "list", "db_exist", "list_lang", "list_countries")
"""Methods of services other than `object` that are worth a step; those that manage databases are not."""


def step_of(method: str, path: str, body: bytes) -> Step | None:
    """The step that makes this request, None for what is no call: pages, logins, whatever cannot be read."""
    path = unquote(path.partition("?")[0])
    try:
        if found := _XMLRPC.match(path):
            args, name = _read_xml(body)
            return _service(found[1], str(name), plain(list(args)), "xmlrpc")
        if found := _JSON2.match(path):
            kwargs = dict(json.loads(body or b"{}"))
            ids = {"ids": kwargs.pop("ids")} if "ids" in kwargs else {}
            return {"do": "call", "via": "json2", "model": found[1], "method": found[2], **ids, "kwargs": kwargs}
        params = dict(json.loads(body)["params"])
        if path == "/jsonrpc":
            return _service(params["service"], params["method"], params["args"], "jsonrpc")
        if _CALL_KW.match(path):
            return _call(params["model"], params["method"], params["args"], params["kwargs"], "call_kw")
    except (ValueError, LookupError, TypeError, ExpatError, xmlrpc.client.Error):
        pass
    return None


def _service(service: str, method: str, args: list[Any], via: str) -> Step | None:
    if service == "object":
        _db, _uid, _password, model, name, *rest = args
        if method == "execute":
            return _call(model, name, rest, {}, via)
        return _call(model, name, rest[0], rest[1] if len(rest) > 1 else {}, via)
    if method not in _ASKED:
        return None
    return {"do": "rpc", "via": via, "service": service, "method": method, "args": args}


def _call(model: str, method: str, args: list[Any], kwargs: Mapping[str, Any], via: str) -> Step:
    return {"do": "call", "via": via, "model": model, "method": method, "args": args, "kwargs": dict(kwargs or {})}


def _read_xml(body: bytes) -> tuple[tuple[Any, ...], str | None]:
    target = xmlrpc.client.Unmarshaller(use_datetime=True)
    parser = DefusedExpatParser(target)
    parser.feed(body)
    parser.close()
    return target.close(), target.getmethodname()


def outcome_of(step: Step, response: Response) -> Outcome:
    """What a client of the step's protocol sees of a reply."""
    outcome: Outcome = plain(_OUTCOMES.get(step.get("via", ""), envelope)(response))
    return outcome


def _of_xml(response: Response) -> Outcome:
    try:
        (result,), _name = _read_xml(response.body)
    except xmlrpc.client.Fault as fault:
        return {"fault": {"code": fault.faultCode, "string": fault.faultString}}
    except (ValueError, ExpatError, xmlrpc.client.Error):
        return {"status": response.status}
    return {"result": result}


_OUTCOMES: Mapping[str, Callable[[Response], Outcome]] = {"xmlrpc": _of_xml, "json2": json2_outcome}
