"""What a profile needs before it starts, made over JSON-RPC by one process."""

from __future__ import annotations

import json
from typing import Any
from urllib.request import Request, urlopen

from fauxdoo.loadtests.target import target

__all__ = ["ensure_hook", "ensure_records"]

_BATCH = 2000
_GETTER = "model.create({'name': payload.get('reference')})"
_CODE = "record.write({'ref': 'paid'})"


def ensure_records(host: str, count: int) -> None:
    """Let there be that many contacts at least. Raises RuntimeError with what Odoo says."""
    missing = count - int(_call(host, "res.partner", "search_count", []))
    for start in range(0, missing, _BATCH):
        names = range(start, min(start + _BATCH, missing))
        values = [{"name": f"Load test {number}"} for number in names]
        _call(host, "res.partner", "create", values, context={"tracking_disable": True})


def ensure_hook(host: str, uuid: str) -> None:
    """Let there be an automation rule of that hook. Raises RuntimeError with what Odoo says."""
    if _call(host, "base.automation", "search_count", [["webhook_uuid", "=", uuid]]):
        return
    (model,) = _call(host, "ir.model", "search", [["model", "=", "res.partner"]])
    action = {"name": "Load test", "model_id": model, "state": "code", "code": _CODE, "usage": "base_automation"}
    rule = {
        "name": "Load test",
        "model_id": model,
        "trigger": "on_webhook",
        "webhook_uuid": uuid,
        "record_getter": _GETTER,
        "action_server_ids": [(0, 0, action)],
    }
    _call(host, "base.automation", "create", rule)


def _call(host: str, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
    who = target()
    arguments = [who.db, who.uid, who.password, model, method, args, kwargs]
    message = {"jsonrpc": "2.0", "params": {"service": "object", "method": "execute_kw", "args": arguments}}
    request = Request(f"{host}/jsonrpc", json.dumps(message).encode(), {"Content-Type": "application/json"})
    with urlopen(request, timeout=300) as reply:
        answer = json.load(reply)
    if "error" in answer:
        raise RuntimeError(answer["error"].get("data", {}).get("message") or answer["error"]["message"])
    return answer["result"]
