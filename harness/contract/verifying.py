"""Verifying a usage contract on a live Odoo: what an integration uses is there, as its user sees it. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from http.client import HTTPException
from typing import Any

from fauxdoo.harness.browser import Browser
from fauxdoo.harness.clients import RemoteError, XmlRpc
from fauxdoo.harness.contract.asking import Asker
from fauxdoo.harness.contract.finding import Finding, Outcome
from fauxdoo.harness.contract.usage import FieldUse, ModelUse, Usage

__all__ = ["verify_usage"]

_ATTRIBUTES = ["type", "relation", "selection", "required", "store", "searchable", "sortable", "groupable"]

Fields = Mapping[str, Mapping[str, Any]]


def verify_usage(usage: Usage, asker: Asker) -> Iterator[Finding]:
    """One finding per protocol, model, right, method and field. Raises RemoteError for wrong credentials.

    Raises ServerNotReached where nothing answers.
    """
    asker.check_login()
    for protocol in sorted(usage.protocols):
        yield _protocol(protocol, asker)
    for name, use in sorted(usage.models.items()):
        yield from _model(name, use, asker)


# -------------------------------------------------------------------- endpoints


def _protocol(name: str, asker: Asker) -> Finding:
    probe, what = _PROBES.get(name), f"protocol {name}"
    if probe is None:
        return Finding(what, Outcome.UNKNOWN, "no way is known to see whether the server speaks it")
    reason = probe(asker)
    return Finding(what, Outcome.FAILED, reason) if reason else Finding(what)


def _jsonrpc(asker: Asker) -> str:
    params = {"service": "common", "method": "version", "args": []}
    return _answers(asker, "POST", "/jsonrpc", {"jsonrpc": "2.0", "method": "call", "params": params})


def _web(asker: Asker) -> str:
    return _answers(asker, "POST", "/web/webclient/version_info", {"jsonrpc": "2.0", "params": {}})


def _json2(asker: Asker) -> str:
    return _answers(asker, "POST", "/json/2/res.users/context_get", {})


def _rest(asker: Asker) -> str:
    return _answers(asker, "GET", "/api", None)


def _xmlrpc(asker: Asker) -> str:
    client = XmlRpc(asker.target)
    try:
        outcome = client.service("common", "version", [])
    finally:
        client.close()
    return "" if "result" in outcome else f"/xmlrpc/2/common does not answer: {outcome}"


_PROBES: Mapping[str, Callable[[Asker], str]] = {
    "call_kw": _web,
    "json2": _json2,
    "jsonrpc": _jsonrpc,
    "rest": _rest,
    "web": _web,
    "xmlrpc": _xmlrpc,
}
"""By protocol: what is wrong with its endpoint, "" for nothing."""


def _answers(asker: Asker, method: str, path: str, payload: Any) -> str:
    browser = Browser(asker.target.url, asker.target.timeout)
    key, database = asker.target.api_key, asker.target.db
    headers = {"X-Odoo-Database": database, **({"Authorization": f"Bearer {key}"} if key else {})}
    try:
        response = browser.request_json(method, path, payload, headers)
    except (OSError, HTTPException) as error:
        return f"{path} does not answer: {error}"
    finally:
        browser.close()
    return "" if response.status == 200 else f"{path} answers with status {response.status}"


# -------------------------------------------------------------------- models


def _model(name: str, use: ModelUse, asker: Asker) -> Iterator[Finding]:
    try:
        fields: Fields = asker.ask(name, "fields_get", attributes=_ATTRIBUTES)
    except RemoteError as error:
        yield Finding(name, Outcome.FAILED, f"the model cannot be used: {error.message or error}")
        return
    yield Finding(name)
    for right in sorted(use.rights):
        yield _right(name, right, asker)
    yield from _methods(name, use, asker)
    for field, used in sorted(use.fields.items()):
        yield _field(f"{name}.{field}", used, fields.get(field))
    if "create" in use.rights:
        yield from _newly_required(name, use, fields, asker)


def _right(model: str, right: str, asker: Asker) -> Finding:
    what = f"{model} right to {right}"
    try:
        allowed = asker.ask(model, "has_access", [], operation=right)
    except RemoteError as error:
        return Finding(what, Outcome.FAILED, error.message)
    return Finding(what) if allowed else Finding(what, Outcome.FAILED, "this user has it not")


def _methods(model: str, use: ModelUse, asker: Asker) -> Iterator[Finding]:
    """Against the server's own documentation: to call them might change something."""
    documented = (asker.page(f"/doc-bearer/{model}.json") or {}).get("methods")
    for name in sorted(use.methods):
        what = f"{model}.{name}()"
        if documented is None:
            yield Finding(what, Outcome.UNKNOWN, "/doc-bearer is not shown to this user")
        elif name not in documented:
            yield Finding(what, Outcome.FAILED, "the method does not exist")
        else:
            yield Finding(what)


def _field(what: str, use: FieldUse, facts: Mapping[str, Any] | None) -> Finding:
    reasons = ["the field does not exist"] if facts is None else [*_complaints(use, facts)]
    return Finding(what, Outcome.FAILED, "; ".join(reasons)) if reasons else Finding(what)


def _complaints(use: FieldUse, facts: Mapping[str, Any]) -> Iterator[str]:
    if facts["type"] != use.type:
        yield f"is of type {facts['type']}, was {use.type}"
    if use.relation and facts.get("relation") != use.relation:
        yield f"leads to {facts.get('relation')}, was {use.relation}"
    for kind, attribute in (("filter", "searchable"), ("sort", "sortable"), ("group", "groupable")):
        if kind in use.uses and facts.get(attribute) is False:
            yield f"is not {attribute}"
    if use.type == "selection":
        gone = use.values - {value for value, _label in facts.get("selection") or ()}
        if gone:
            yield f"has no value {', '.join(sorted(gone))}"


def _newly_required(model: str, use: ModelUse, fields: Fields, asker: Asker) -> Iterator[Finding]:
    """Fields that a new record must have now, which the integration does not give and the server does not fill in."""
    required = {name for name, facts in fields.items() if facts.get("required") and facts.get("store", True)}
    new = [name for name in sorted(required - use.required) if "write" not in _uses(use, name)]
    defaults = asker.try_ask(model, "default_get", fields=new) if new else {}
    for name in new:
        what = f"{model}.{name}"
        if defaults is None:
            yield Finding(what, Outcome.UNKNOWN, "is required now; whether it has a default is not shown to this user")
        elif name not in defaults:
            yield Finding(what, Outcome.FAILED, "is required now, has no default, and is never given")


def _uses(use: ModelUse, name: str) -> set[str]:
    return use.fields[name].uses if name in use.fields else set()
