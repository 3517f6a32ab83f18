"""One call of a model's method and what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.journal.sizes import cut, pack, size, unpack
from fauxdoo.mockserver.journal.telling import hidden, short
from fauxdoo.mockserver.trace import Trace

if TYPE_CHECKING:
    from fauxdoo.mockserver.journal.callers import Caller

__all__ = ["Entry", "Joint"]


class Joint:
    """The transaction that several calls share."""

    __slots__ = ("undone",)

    def __init__(self) -> None:
        self.undone = False
        """Whether it was rolled back, and with it what its calls had done."""


class Entry:
    """A call as it came in, its result or error, and what it did; everything else is read from these when asked for."""

    __slots__ = ("_packed", "_result", "at", "call", "caller", "duration", "error", "joint", "size", "trace")

    at: datetime
    """When it ended, naive UTC by the server's clock."""

    def __init__(self, call: Call, joint: Joint | None = None) -> None:
        self.call, self.joint, self.trace = call, joint, Trace()
        self._result: Any = None
        self._packed: bytes | None = None
        """The result where it is a long list: rows that lie about as objects slow down all that is made after them."""
        self.error: BaseException | None = None
        self.duration = 0.0
        """Seconds."""
        self.caller: Caller | None = None
        """The line it comes from: known of calls from Python, of others where advice looks for it."""
        self.size = 0
        """About how many bytes it holds."""

    @property
    def result(self) -> Any:
        """What the method answered, as plain values; None where it failed."""
        return self._result if self._packed is None else unpack(self._packed)

    @result.setter
    def result(self, result: Any) -> None:
        self._result, self._packed = result, None

    @property
    def protocol(self) -> str:
        """`xmlrpc`, `jsonrpc`, `json2`, `rest`, `call_kw`; `python` for what a test does by `odoo.env`."""
        return self.call.protocol

    @property
    def database(self) -> str:
        """Name of the database."""
        return self.call.database

    @property
    def user(self) -> int:
        """Id of the user."""
        return self.call.uid

    @property
    def model(self) -> str:
        """Name of the model, "" where there is none (`odoo.env.ref`)."""
        return str(self.call.model)

    @property
    def method(self) -> str:
        """Name of the method."""
        return str(self.call.method)

    @property
    def args(self) -> list[Any]:
        """Positional arguments as `execute_kw` takes them: the ids first, where the method is one of records."""
        call = self.call
        args = [*call.args] if isinstance(call.args, (list, tuple)) else [call.args]
        return args if call.ids is None else [call.ids, *args]

    @property
    def kwargs(self) -> dict[str, Any]:
        """Arguments by name."""
        return self.call.kwargs

    @property
    def state(self) -> Literal["done", "failed", "undone"]:
        """Whether what it did stays: `undone` if it succeeded in a transaction that was rolled back later."""
        if self.error is not None:
            return "failed"
        return "undone" if self.joint is not None and self.joint.undone else "done"

    @property
    def read(self) -> dict[str, list[int]]:
        """Ids of the records whose values were fetched, by model; those that only rights asked for among them."""
        return self.trace.records("read")

    @property
    def created(self) -> dict[str, list[int]]:
        """Ids of the records that were made, by model."""
        return self.trace.records("created")

    @property
    def written(self) -> dict[str, list[int]]:
        """Ids of the records whose values were changed, by model, recomputed ones among them."""
        return self.trace.records("written")

    @property
    def unlinked(self) -> dict[str, list[int]]:
        """Ids of the records that were deleted, by model, those that went along among them."""
        return self.trace.records("unlinked")

    @property
    def statements(self) -> list[str]:
        """Texts of the SQL statements, of the first 200; `trace.statement_count` tells how many there were."""
        return self.trace.statements

    def weigh(self, largest: int) -> None:
        """Find out the size; what is larger than `largest` bytes is cut, as far as it can be."""
        if (packed := pack(self._result)) is not None:
            self._result, self._packed = None, packed
        self.size = self._measured()
        if self.size > largest:
            call = self.call
            self.call = replace(call, args=cut(call.args), kwargs=cut(call.kwargs), ids=cut(call.ids))
            self.result = cut(self.result)
            self.trace.statements[:] = cut(self.trace.statements)
            self.size = self._measured()

    def _measured(self) -> int:
        call, trace = self.call, self.trace
        held = 500 + 8 * sum(trace.kept) + sum(map(len, trace.statements)) + len(self._packed or b"")
        return held + size((call.ids, call.args, call.kwargs, self._result))

    def __repr__(self) -> str:
        end = "" if self.state == "done" else f" {self.state}"
        return f"<{self.protocol} {self.database} {self.user}: {self.model}.{self.method}{end}>"

    def presentable(self, value: Any) -> Any:
        """A value of this call of moderate length and without secrets."""
        secret = any(word in self.method for word in ("password", "apikey", "api_key"))
        return "***" if secret else hidden(cut(value))

    def as_dict(self) -> dict[str, Any]:
        """The call as plain data of moderate length; what is named like a password or key is hidden."""
        return {
            "protocol": self.protocol,
            "db": self.database,
            "user": self.user,
            "model": self.model,
            "method": self.method,
            "args": self.presentable(self.args),
            "kwargs": self.presentable(self.kwargs),
            "result": self.presentable(self.result),
            "error": None if self.error is None else type(self.error).__name__,
            "message": None if self.error is None else short(self.error, 500),
            "state": self.state,
            "duration": self.duration,
            "at": self.at.isoformat(sep=" "),
            "caller": None if self.caller is None else str(self.caller),
            "read": self.read,
            "created": self.created,
            "written": self.written,
            "unlinked": self.unlinked,
            "statements": self.statements,
            "statement_count": self.trace.statement_count,
        }
