"""What a native webhook sends, and how: one attempt, one second, unsigned; failures only go to the log."""

from __future__ import annotations

import json
import logging
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

__all__ = ["payload_of", "send"]

_log = logging.getLogger("fauxdoo.webhook")
_TIMEOUT = 1
"""Seconds."""


def payload_of(action: Any, record: Any) -> dict[str, Any]:
    """`_action`, `_id`, `_model` and the chosen fields, raw: many2one as ids, monetary rounded, empty false.

    With the fields comes `id`.
    """
    names = action.webhook_field_ids.mapped("name")
    values = record.sudo().read(names, load=None)[0] if names else {}
    for name in ("create_date", "write_date"):
        if name in values:
            values[name] = f"{record[name]}" if record[name] else False
    return {"_action": f"{action.name}(#{action.id})", "_id": record.id, "_model": record._name, **values}


def send(url: str, payload: dict[str, Any]) -> None:
    """POST a payload with sorted keys; whatever goes wrong is logged."""
    body = json.dumps(payload, sort_keys=True, default=str).encode()
    try:
        request = Request(url, body, {"Content-Type": "application/json"})
        with urlopen(request, timeout=_TIMEOUT) as response:
            _log.debug("webhook answered %s", response.status)
    except (URLError, HTTPException, OSError, ValueError) as error:
        _log.info("webhook failed: %s", type(error).__name__)
