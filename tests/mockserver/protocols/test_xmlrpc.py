"""XML-RPC: requests read, results written, faults numbered."""

from __future__ import annotations

import xmlrpc.client
from datetime import date, datetime
from typing import Any

import pytest

from fauxdoo.mockserver.errors import (
    AccessDenied,
    AccessError,
    MissingError,
    RedirectWarning,
    UserError,
    ValidationError,
)

ERRORS = [
    (AccessError("no"), 4, "no", "warning -- AccessError\n\nno", ""),
    (AccessDenied(), 3, "Access Denied", "AccessDenied", "Access Denied"),
    (MissingError("gone"), 2, "gone", "warning -- MissingError\n\ngone", ""),
    (ValidationError("bad"), 2, "bad", "warning -- UserError\n\nbad", ""),
    (UserError("bad"), 2, "bad", "warning -- UserError\n\nbad", ""),
    (RedirectWarning("go"), 2, "go", "warning -- Warning\n\ngo", ""),
    (
        KeyError("zz"),
        1,
        "Traceback (most recent call last):\nKeyError: 'zz'\n",
        "zz",
        "Traceback (most recent call last):\nKeyError: 'zz'\n",
    ),
]


def _post(odoo: Any, body: str | bytes, path: str = "/xmlrpc/2/object") -> Any:
    return odoo.client().post(path, data=body, content_type="text/xml")


def _call(odoo: Any, *args: Any, path: str = "/xmlrpc/2/object") -> Any:
    """The result of `execute_kw` on a partner; raises Fault."""
    body = xmlrpc.client.dumps(("odoo", 2, "admin", "res.partner", "f", list(args)), "execute_kw", allow_none=True)
    reply = _post(odoo, body, path)
    assert (reply.status_code, reply.mimetype) == (200, "text/xml")
    return xmlrpc.client.loads(reply.data, use_builtin_types=True)[0][0]


def _fault(odoo: Any, *args: Any, path: str = "/xmlrpc/2/object") -> tuple[Any, str]:
    with pytest.raises(xmlrpc.client.Fault) as info:
        _call(odoo, *args, path=path)
    return info.value.faultCode, info.value.faultString


def _method(name: str) -> str:
    return f"<methodCall><methodName>{name}</methodName><params/></methodCall>"


@pytest.mark.parametrize(("error", "code", "text", "old_code", "old_text"), ERRORS)
def test_faults(odoo: Any, error: Exception, code: int, text: str, old_code: str, old_text: str) -> None:
    """Version 2 has numbers, version 1 texts (recording protocol/xmlrpc1-fault-codes)."""
    odoo.dispatch.answers["f"] = error
    assert _fault(odoo) == (code, text)
    assert _fault(odoo, path="/xmlrpc/object") == (old_code, old_text)


def test_a_reply_byte_for_byte(odoo: Any) -> None:
    """White space too is that of a real Odoo (recording protocol/xmlrpc-untyped-value-is-string)."""
    untyped = "".join(f"<param><value>{value}</value></param>" for value in ("odoo", "admin", "admin"))
    body = f"<methodCall><methodName>login</methodName><params>{untyped}</params></methodCall>"
    assert _post(odoo, body, "/xmlrpc/2/common").text == (
        '<?xml version="1.0"?>\n<methodResponse>\n<params>\n<param>\n<value><int>2</int></value>\n</param>\n'
        "</params>\n\n</methodResponse>\n"
    )


VALUES = [
    (True, True),
    ("Ünï <&> 日本", "Ünï <&> 日本"),
    ("tab\tnl\nctl\x01", "tab\tnl\nctl"),
    ({"a\x01": ["x"]}, {"a": ["x"]}),
    (b"AAEC/w==", "AAEC/w=="),
    (date(2024, 2, 29), "2024-02-29"),
    (datetime(2024, 2, 29, 10, 11, 12), "2024-02-29 10:11:12"),
    ([1, 2.5, (3,)], [1, 2.5, [3]]),
]


@pytest.mark.parametrize(("value", "seen"), VALUES)
def test_results(odoo: Any, value: Any, seen: Any) -> None:
    """Dates and bytes are text, control characters go."""
    odoo.dispatch.answers["f"] = value
    assert _call(odoo) == seen


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (None, "TypeError: cannot marshal None unless allow_none is enabled"),
        ([{"a": None}], "TypeError: cannot marshal None unless allow_none is enabled"),
        (2**31, "OverflowError: int exceeds XML-RPC limits"),
        ({1: "a"}, "TypeError: dictionary key must be string"),
    ],
)
def test_results_xml_cannot_hold(odoo: Any, value: Any, error: str) -> None:
    """What cannot be written is a fault, though the work is done."""
    odoo.dispatch.answers["f"] = value
    code, text = _fault(odoo)
    assert (code, text.strip().splitlines()[-1]) == (1, error)
    assert len(odoo.dispatch.calls) == 1


def test_arguments(odoo: Any) -> None:
    """nil is None, dateTime a datetime, a struct a dict."""
    _fault(odoo, None, datetime(2024, 3, 1, 8), {"a": [1]})
    assert odoo.dispatch.calls[0].args == [None, datetime(2024, 3, 1, 8), {"a": [1]}]
    assert odoo.dispatch.calls[0].protocol == "xmlrpc"


@pytest.mark.parametrize("verb", ["GET", "HEAD", "PUT", "DELETE"])
def test_other_verbs_are_refused(odoo: Any, verb: str) -> None:
    """Only POST calls: HTTP 405 (recording protocol/xmlrpc-http-methods)."""
    assert odoo.client().open("/xmlrpc/2/common", method=verb).status_code == 405


def test_options_calls_too(odoo: Any) -> None:
    """OPTIONS is let through, to a fault as it has no body."""
    reply = odoo.client().open("/xmlrpc/2/common", method="OPTIONS")
    assert (reply.status_code, reply.mimetype) == (200, "text/xml")


@pytest.mark.parametrize("content_type", ["application/json", "application/x-www-form-urlencoded", ""])
def test_the_content_type_is_ignored(odoo: Any, content_type: str) -> None:
    """XML is XML whatever it is called."""
    reply = odoo.client().post("/xmlrpc/2/common", data=_method("version"), content_type=content_type)
    assert xmlrpc.client.loads(reply.data)[0][0]["server_version"] == "19.0"  # type: ignore[index]


def test_services_that_are_gone(odoo: Any) -> None:
    """`/xmlrpc/2/report` is no service any more."""
    with pytest.raises(xmlrpc.client.Fault, match="KeyError: 'report'"):
        xmlrpc.client.loads(_post(odoo, _method("render"), "/xmlrpc/2/report").data)


def test_small_entities_are_expanded(odoo: Any) -> None:
    """As a real Odoo does (recording protocol/xmlrpc-entities)."""
    body = '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "version">]>' + _method("&a;")
    assert "19.0" in _post(odoo, body, "/xmlrpc/2/common").text


def _bomb(levels: int, width: int) -> str:
    entities = ['<!ENTITY e0 "version">']
    entities += [f'<!ENTITY e{n} "{f"&e{n - 1};" * width}">' for n in range(1, levels)]
    return f'<?xml version="1.0"?><!DOCTYPE m [{"".join(entities)}]>' + _method(f"&e{levels - 1};")


@pytest.mark.parametrize(
    "body",
    [
        _bomb(10, 10),
        _bomb(3, 2000),
        '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + _method("&x;"),
        '<?xml version="1.0"?><!DOCTYPE m SYSTEM "http://127.0.0.1:1/x.dtd">' + _method("&x;"),
        "<methodCall><methodName>f</methodName><params><param>" + "<value><array><data>" * 5000,
        "<methodCall>",
        "{}",
        "",
    ],
)
def test_bad_xml_is_a_fault(odoo: Any, body: str) -> None:
    """Bombs, external entities, bottomless nesting and what is no XML: fault 1, soon."""
    reply = _post(odoo, body, "/xmlrpc/2/common")
    with pytest.raises(xmlrpc.client.Fault) as info:
        xmlrpc.client.loads(reply.data)
    assert (reply.status_code, info.value.faultCode) == (200, 1)
    assert "root:" not in info.value.faultString
