"""The server's time over the admin API, and what is to run by it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from werkzeug.exceptions import BadRequest

from fauxdoo.mockserver.console.base import Operation, Part
from fauxdoo.mockserver.console.schemas import FLAG, NUMBER, TEXT, listed, record, told

__all__ = ["ClockPart"]

_MOMENT = told(TEXT, "ISO 8601; in UTC unless it has an offset.")
_TIME = record(now=_MOMENT, frozen=FLAG)


class ClockPart(Part):
    """One clock for all databases."""

    key = "clock"

    def operations(self) -> Iterable[Operation]:
        """Read, freeze, move, run, reset; scheduled actions."""
        yield Operation("GET", "clock", self._read, "What time it is there", answers=_TIME)
        summary = "Stop the clock, at a moment or now"
        yield Operation("POST", "clock/freeze", self._freeze, summary, takes=record(moment=_MOMENT), answers=_TIME)
        takes = record(days=NUMBER, hours=NUMBER, minutes=NUMBER, seconds=NUMBER)
        yield Operation("POST", "clock/move", self._move, "Go forward, or back", takes=takes, answers=_TIME)
        yield Operation("POST", "clock/run", self._run, "Tick again", answers=_TIME)
        yield Operation("POST", "clock/reset", self._reset, "Real time again", answers=_TIME)
        summary = "Run the scheduled actions that are due"
        answers = listed(record(name=TEXT, error=TEXT))
        yield Operation("POST", "crons/run", self._run_crons, summary, answers=answers)

    def _read(self, arguments: dict[str, Any]) -> Any:
        return {"now": self.odoo.clock.now().isoformat(), "frozen": self.odoo.clock.frozen}

    def _freeze(self, arguments: dict[str, Any]) -> Any:
        self.odoo.clock.freeze(_moment(arguments["moment"]) if "moment" in arguments else None)
        return self._read(arguments)

    def _move(self, arguments: dict[str, Any]) -> Any:
        try:
            self.odoo.clock.move(**arguments)
        except OverflowError:
            raise BadRequest("No calendar goes that far") from None
        return self._read(arguments)

    def _run(self, arguments: dict[str, Any]) -> Any:
        self.odoo.clock.run()
        return self._read(arguments)

    def _reset(self, arguments: dict[str, Any]) -> Any:
        self.odoo.clock.reset()
        return self._read(arguments)

    def _run_crons(self, arguments: dict[str, Any]) -> Any:
        return [{"name": job.name, "error": job.error} for job in self.odoo.run_crons()]


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadRequest(f"{text!r} is no moment in ISO 8601") from None
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
