"""What was called, for tests in other languages to look at and to make assertions about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from werkzeug.exceptions import BadRequest

from fauxdoo.mockserver.assertions import Calls
from fauxdoo.mockserver.console.base import Operation, Part
from fauxdoo.mockserver.console.schemas import (
    ANY,
    FLAG,
    NUMBER,
    STATUS,
    TEXT,
    WHOLE,
    Schema,
    listed,
    record,
    told,
)
from fauxdoo.mockserver.journal import Entry

__all__ = ["CallsPart"]

_NULL_OR_TEXT: Schema = {"type": ["string", "null"]}
_IDS: Schema = {"type": "object", "additionalProperties": listed(WHOLE)}
_PICK: Mapping[str, Schema] = {
    "db": told(TEXT, "Only calls on this database."),
    "protocol": told(TEXT, "Only calls over this protocol; without it all but those of a test in Python."),
    "model": told(TEXT, "Only calls of this model."),
    "method": told(TEXT, "Only calls of this method."),
}
_CALL = record(
    ["protocol", "db", "user", "model", "method", "state"],
    protocol=TEXT,
    db=TEXT,
    user=WHOLE,
    model=TEXT,
    method=TEXT,
    args=ANY,
    kwargs=ANY,
    arguments=told(ANY, "By the names of the method's parameters, whatever protocol the call came over."),
    result=ANY,
    error=told(_NULL_OR_TEXT, "Class of the error, null for none."),
    message=_NULL_OR_TEXT,
    state={"type": "string", "enum": ["done", "failed", "undone"]},
    duration=told(NUMBER, "Seconds."),
    at=told(TEXT, "UTC, by the server's clock."),
    caller=told(_NULL_OR_TEXT, "The line of code it comes from, where that is known."),
    read=_IDS,
    created=_IDS,
    written=_IDS,
    unlinked=_IDS,
    statements=listed(TEXT),
    statement_count=WHOLE,
)
_VERDICT = record(
    ["ok", "message"],
    ok=FLAG,
    message=told(TEXT, "If it is not so: the nearest calls and how they differ."),
)
_VERIFY = record(
    ["model", "method"],
    **_PICK,
    arguments={
        "type": "object",
        "description": "By name; those that are not named may be anything, an object may have further keys.",
    },
    times={"type": "integer", "minimum": 0, "description": "How often just; at least once if it is left out."},
)
_SEQUENCE = record(
    ["calls"],
    db=_PICK["db"],
    protocol=_PICK["protocol"],
    calls=told(listed(TEXT), 'Such as "sale.order.create".'),
    gaps=told(FLAG, "Whether other calls may lie between them, which they may if it is left out."),
)


class CallsPart(Part):
    """The journal; what is named like a password is hidden. Verdicts say why not, as the assertions in Python do."""

    key = "journal"

    def operations(self) -> Iterable[Operation]:
        """A list, and what can be said about it."""
        filters = record(**_PICK, state=_CALL["properties"]["state"], limit={"type": "integer", "minimum": 1})
        summary = "The last calls since the reset, oldest first, those of a test in Python among them"
        yield Operation("GET", "journal", self._journal, summary, takes=filters, answers=listed(_CALL))
        yield Operation("DELETE", "journal", self._clear, "Forget the calls", answers=STATUS)
        for path, action, summary, takes in (
            ("verify", self._verify, "Whether a method was called so, or so often", _VERIFY),
            ("verify/sequence", self._verify_sequence, "Whether methods were called in this order", _SEQUENCE),
            ("verify/no-errors", self._verify_no_errors, "Whether no call failed", record(**_PICK)),
        ):
            yield Operation("POST", path, action, summary, takes=takes, answers=_VERDICT)

    def _journal(self, arguments: dict[str, Any]) -> Any:
        calls = Calls(lambda: list(self.odoo.journal), self.odoo.calls.named_by)
        picked = list(_picked(calls, arguments))
        wanted = arguments.get("state")
        found = [entry for entry in picked if wanted in (None, entry.state)][-arguments.get("limit", len(picked)) :]
        return [self._told(entry) for entry in found]

    def _told(self, entry: Entry) -> dict[str, Any]:
        return entry.as_dict() | {"arguments": entry.presentable(self.odoo.calls.arguments(entry))}

    def _clear(self, arguments: dict[str, Any]) -> Any:
        self.odoo.journal.clear()
        return {"status": "ok"}

    def _verify(self, arguments: dict[str, Any]) -> Any:
        calls, wanted = _picked(self.odoo.calls, arguments), arguments.get("arguments", {})
        times = arguments.get("times")
        if times is None:
            return _verdict(lambda: calls.assert_called(**wanted))
        return _verdict(lambda: calls.assert_called_times(times, **wanted))

    def _verify_sequence(self, arguments: dict[str, Any]) -> Any:
        calls = _picked(self.odoo.calls, arguments)
        return _verdict(lambda: calls.assert_sequence(*arguments["calls"], gaps=arguments.get("gaps", True)))

    def _verify_no_errors(self, arguments: dict[str, Any]) -> Any:
        return _verdict(_picked(self.odoo.calls, arguments).assert_no_errors)


def _picked(calls: Calls, arguments: Mapping[str, Any]) -> Calls:
    wanted = {key: arguments[name] for name, key in (("db", "database"), ("protocol", "protocol")) if name in arguments}
    if wanted:
        calls = calls.where(lambda entry: all(getattr(entry, key) == value for key, value in wanted.items()))
    return calls.of(arguments.get("model"), arguments.get("method"))


def _verdict(assertion: Callable[[], None]) -> dict[str, Any]:
    try:
        assertion()
    except AssertionError as error:
        return {"ok": False, "message": str(error)}
    except ValueError as error:
        raise BadRequest(str(error)) from None
    return {"ok": True, "message": ""}
