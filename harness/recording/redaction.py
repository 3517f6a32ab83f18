"""Leaves out of a recording what is nobody's business: secrets, and what is known of people."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from fauxdoo.harness.clients import Target
from fauxdoo.harness.recordings import Case
from fauxdoo.mockserver.journal.telling import is_secret

__all__ = ["PERSONAL", "Redaction"]

PERSONAL = frozenset(
    {
        "acc_number",
        "barcode",
        "birthday",
        "complete_name",
        "contact_address",
        "display_name",
        "email",
        "email_formatted",
        "email_from",
        "email_normalized",
        "login",
        "mobile",
        "name",
        "phone",
        "phone_sanitized",
        "signature",
        "street",
        "street2",
        "vat",
        "zip",
    }
)
"""Fields whose texts are left out unless the case itself wrote them."""

_LONG = 8
"""A secret of so many characters is found wherever it stands, a shorter one where it is all there is."""


class Redaction:
    """What is left out of the cases of one server."""

    def __init__(self, target: Target, fields: Iterable[str] = PERSONAL) -> None:
        self._secrets = {"{{apikey}}": target.api_key, "{{password}}": target.password}
        if target.password == target.login and len(target.password) < _LONG:
            del self._secrets["{{password}}"]  # a login is no secret, and this password is none either
        self._fields = frozenset(fields)

    def redacted(self, case: Case) -> Case:
        """The case without secrets, tracebacks, and texts of personal fields that do not come from its own steps."""
        tasks = [{key: value for key, value in step.items() if key != "expect"} for step in case["steps"]]
        own = json.dumps(tasks, ensure_ascii=False)
        answers = [self._answer(step["expect"], own) for step in case["steps"]]
        pairs = zip(tasks, answers, strict=True)
        return {**case, "steps": [{**self._task(task), "expect": answer} for task, answer in pairs]}

    def _task(self, value: Any) -> Any:
        """What is sent, with secrets as what they are filled in for."""
        if isinstance(value, dict):
            return {key: self._task(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._task(item) for item in value]
        for name, secret in self._secrets.items():
            if isinstance(value, str) and _holds(value, secret):
                value = value.replace(secret, name)
        return value

    def _answer(self, value: Any, own: str) -> Any:
        if isinstance(value, dict):
            answer = {key: self._member(key, item, own) for key, item in value.items() if key != "debug"}
            is_error = {"name", "message"} <= value.keys() and "id" not in value  # its name is its class
            return {**answer, "name": value["name"]} if is_error else answer
        if isinstance(value, list):
            if len(value) == 2 and isinstance(value[1], str) and not isinstance(value[0], str):  # a many2one
                return [self._answer(value[0], own), self._member("name", value[1], own)]
            return [self._answer(item, own) for item in value]
        secret = isinstance(value, str) and any(_holds(value, each) for each in self._secrets.values())
        return {"$any": "str"} if secret else value

    def _member(self, key: str, value: Any, own: str) -> Any:
        if isinstance(value, str) and value and (is_secret(key) or (key in self._fields and not _is_known(value, own))):
            return {"$any": "str"}
        return self._answer(value, own)


def _holds(text: str, secret: str) -> bool:
    return bool(secret) and (secret in text if len(secret) >= _LONG else secret == text)


def _is_known(text: str, own: str) -> bool:
    """Whether a text comes from the case itself, or was masked already."""
    return "{{" in text or json.dumps(text, ensure_ascii=False)[1:-1] in own
