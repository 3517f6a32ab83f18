"""What of an HTTP request and its reply has a schema, by the kind of route it came to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import singledispatch
from typing import Any, NamedTuple
from xml.parsers.expat import ExpatError
from xmlrpc.client import Fault, ResponseError
from xmlrpc.client import loads as loads_xml

from fauxdoo.mockserver.protocols.base import Reply, Request
from fauxdoo.mockserver.protocols.envelopes import JsonRpcEnvelope
from fauxdoo.mockserver.protocols.json2 import Json2Envelope
from fauxdoo.mockserver.protocols.jsons import loads
from fauxdoo.mockserver.protocols.rest.envelope import RestEnvelope
from fauxdoo.mockserver.protocols.xmlrpc import XmlEnvelope, read_call
from fauxdoo.mockserver.validation.violations import Side

__all__ = ["Part", "parts"]


class Part(NamedTuple):
    """A value, and the schema it is to keep to."""

    side: Side
    protocol: str
    schema: str
    value: Any


_PARAMS = {
    "/jsonrpc": "service-call",
    "/web/dataset/call_kw": "call-kw",
    "/web/dataset/call_button": "call-kw",
    "/web/session/authenticate": "authenticate",
}
"""By how the path begins."""


@singledispatch
def parts(envelope: object, request: Request, reply: Reply) -> Iterator[Part]:
    """What is to be checked; nothing of pages and files."""
    return iter(())


@parts.register
def _jsonrpc(envelope: JsonRpcEnvelope, request: Request, reply: Reply) -> Iterator[Part]:
    protocol = "jsonrpc" if request.path == "/jsonrpc" else "call_kw"
    with suppress(ValueError):
        message = request.message
        yield Part("request", protocol, "jsonrpc-request", message)
        for start, schema in _PARAMS.items():
            if request.path.startswith(start) and isinstance(message, dict) and "params" in message:
                yield Part("request", protocol, schema, without_password(message["params"]))
    if _is_json(reply):
        yield Part("response", protocol, "jsonrpc-response", loads(reply.body))


@parts.register
def _json2(envelope: Json2Envelope, request: Request, reply: Reply) -> Iterator[Part]:
    if request.body:
        with suppress(ValueError):
            yield Part("request", "json2", "json2-request", request.message)
    if reply.status >= 400 and _is_json(reply):
        yield Part("response", "json2", "error", loads(reply.body))


@parts.register
def _rest(envelope: RestEnvelope, request: Request, reply: Reply) -> Iterator[Part]:
    if reply.status >= 400:
        yield Part("response", "rest", "rest-error", loads(reply.body))


@parts.register
def _xmlrpc(envelope: XmlEnvelope, request: Request, reply: Reply) -> Iterator[Part]:
    service = request.path.rpartition("/")[2]
    with suppress(Exception):  # what is no XML-RPC the reply tells
        args, method = read_call(request.body)
        call = {"service": service, "method": method, "args": [*args]}
        yield Part("request", "xmlrpc", "service-call", without_password(call))
    try:
        (value,), _name = loads_xml(reply.body)
        answer: dict[str, Any] = {"result": value}
    except Fault as fault:
        answer = {"fault": {"faultCode": fault.faultCode, "faultString": fault.faultString}}
    except (ExpatError, ResponseError):
        answer = {}
    yield Part("response", "xmlrpc", "xmlrpc-response", answer)


def _is_json(reply: Reply) -> bool:
    return reply.content_type.startswith("application/json")


_PASSWORDS = {("common", 2), ("object", 2), ("db", 0), ("db", 4)}


def without_password(call: Any) -> Any:
    """The call of a service with the texts hidden that stand where passwords do."""
    if not isinstance(call, dict) or not isinstance(call.get("args"), list):
        return call
    service = str(call.get("service"))
    hidden = [
        "***" if isinstance(each, str) and (service, place) in _PASSWORDS else each
        for place, each in enumerate(call["args"])
    ]
    return {**call, "args": hidden}
