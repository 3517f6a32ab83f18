"""Sequences: numbers with a prefix and a suffix, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import DatabaseError, UserError
from fauxdoo.mockserver.orm.sql import SQL

if TYPE_CHECKING:
    from fauxdoo.mockserver.stores.base import Kind

__all__ = ["IrSequence", "IrSequenceDateRange"]

_PARTS = {
    **{"year": "%Y", "month": "%m", "day": "%d", "y": "%y", "doy": "%j", "woy": "%W", "weekday": "%w"},
    **{"h24": "%H", "h12": "%I", "min": "%M", "sec": "%S", "isoyear": "%G", "isoy": "%g", "isoweek": "%V"},
}
"""What stands for a part of a date in a prefix: `%(year)s`, `%(range_year)s`, `%(current_year)s`."""
_NO_RECORD = (
    "operator does not exist: integer = boolean\n"
    "LINE 1: SELECT number_next FROM ir_sequence WHERE id=false FOR UPDAT...\n"
    f"{' ' * 52}^\n"
    "HINT:  No operator matches the given name and argument types. You might need to add explicit type casts.\n"
)


class IrSequence(models.Model):
    """`number_next` of a standard sequence stays as it was set; `number_next_actual` moves."""

    _inherit = "ir.sequence"
    _hidden_columns: ClassVar[Mapping[str, Kind]] = {"next_value": "integer"}

    @api.compute("number_next_actual")
    def _compute_number_next_actual(self) -> None:
        for sequence in self:
            sequence.number_next_actual = _next_value(sequence, sequence.implementation)

    @api.inverse("number_next_actual")
    def _inverse_number_next_actual(self) -> None:
        for sequence in self:
            wanted = sequence.number_next_actual
            sequence.write({"number_next": wanted})

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make sequences. Raises DatabaseError for a standard one that could not count from where it starts."""
        sequences = super().create(vals_list)
        for sequence, vals in zip(sequences, vals_list, strict=True):
            if sequence.implementation == "standard":
                _check_start("START", vals.get("number_next") or 1, vals.get("number_increment") or 1)
        return sequences

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; a new next number takes effect at once. Raises UserError for a standard one without a step."""
        for sequence in self:
            if sequence.implementation == "standard" and vals.get("implementation", "standard") == "standard":
                step = int(vals.get("number_increment", sequence.number_increment))
                if vals.get("number_next"):
                    _check_start("RESTART", int(vals["number_next"]), sequence.number_increment)
                if step == 0 and sequence.number_increment != 0:
                    raise UserError("Step must not be zero.")
        super().write(vals)
        if "number_next" in vals or "implementation" in vals:
            for sequence in self:
                _keep_next(sequence, sequence.number_next)
        return True

    def next_by_id(self, sequence_date: Any = None) -> str:
        """The next number of this sequence, with prefix and suffix, for a day (today, or `ir_sequence_date`)."""
        self.browse().check_access("read")
        if not self:
            raise DatabaseError(_NO_RECORD, "psycopg2.errors.UndefinedFunction")
        self.ensure_one()
        return str(self.sudo()._next(sequence_date))

    @api.model
    def next_by_code(self, sequence_code: str, sequence_date: Any = None) -> str | bool:
        """The next number of the sequence with this code, the company's own before the common one; False if none."""
        self.browse().check_access("read")
        domain = [("code", "=", sequence_code), ("company_id", "in", [self.env.company.id, False])]
        found = self.sudo().search(domain, order="company_id", limit=1)
        return str(found._next(sequence_date)) if found else False

    def get_next_char(self, number_next: int) -> str:
        """A number as this sequence writes it."""
        prefix, suffix = self._prefix_suffix(None, None)
        return f"{prefix}{number_next:0{self.padding}d}{suffix}"

    def _next(self, sequence_date: Any) -> str:
        day = self.env.context.get("ir_sequence_date") or sequence_date
        if not self.use_date_range:
            return self._written(_take_next(self, self), day, None)
        span = self._range_of(day or self.env.clock.today())
        return self._written(_take_next(span, self), day or span.date_from, span.date_from)

    def _written(self, number: int, day: Any, start: Any) -> str:
        prefix, suffix = self._prefix_suffix(day, start)
        return f"{prefix}{number:0{self.padding}d}{suffix}"

    def _prefix_suffix(self, day: Any, start: Any) -> tuple[str, str]:
        now = self.env.clock.now()
        moments = {"": _moment(day) or now, "range_": _moment(start) or _moment(day) or now, "current_": now}
        values = {
            f"{key}{name}": moment.strftime(code) for key, moment in moments.items() for name, code in _PARTS.items()
        }
        try:
            return (self.prefix or "") % values, (self.suffix or "") % values
        except (ValueError, TypeError, KeyError):
            raise UserError(f"Invalid prefix or suffix for sequence “{self.name}”") from None

    def _range_of(self, day: Any) -> Any:
        """The date range a day falls into, made for its year if there is none."""
        ranges = self.env["ir.sequence.date_range"].sudo()
        domain = [("sequence_id", "=", self.id), ("date_from", "<=", day), ("date_to", ">=", day)]
        return ranges.search(domain, limit=1) or self._make_range(_moment(day))

    def _make_range(self, moment: Any) -> Any:
        day = moment.date()
        start, end = date(day.year, 1, 1), date(day.year, 12, 31)
        ranges = self.env["ir.sequence.date_range"].sudo()
        mine = [("sequence_id", "=", self.id)]
        later = ranges.search([*mine, ("date_from", ">=", day), ("date_from", "<=", end)], order="date_from", limit=1)
        earlier = ranges.search(
            [*mine, ("date_to", ">=", start), ("date_to", "<=", day)], order="date_to desc", limit=1
        )
        end = later.date_from - timedelta(days=1) if later else end
        start = earlier.date_to + timedelta(days=1) if earlier else start
        return ranges.create([{"date_from": start, "date_to": end, "sequence_id": self.id}])


class IrSequenceDateRange(models.Model):
    """The counter of a sequence for a span of days."""

    _inherit = "ir.sequence.date_range"
    _hidden_columns: ClassVar[Mapping[str, Kind]] = {"next_value": "integer"}

    @api.compute("number_next_actual")
    def _compute_number_next_actual(self) -> None:
        for span in self:
            span.number_next_actual = _next_value(span, span.sequence_id.implementation)

    @api.inverse("number_next_actual")
    def _inverse_number_next_actual(self) -> None:
        for span in self:
            span.write({"number_next": span.number_next_actual})

    @api.model
    def default_get(self, fields: Iterable[str]) -> dict[str, Any]:
        """As everywhere; a range counts from 1."""
        names = list(fields)
        values: dict[str, Any] = super().default_get(names)
        return {**values, **({"number_next_actual": 1} if "number_next_actual" in names else {})}

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make ranges that count from 1."""
        return super().create([{"number_next": 1, **vals} for vals in vals_list])

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; a new next number takes effect at once."""
        super().write(vals)
        if "number_next" in vals:
            for span in self:
                _keep_next(span, span.number_next)
        return True


def _check_start(word: str, number: int, step: int) -> None:
    """A sequence of PostgreSQL counts up from 1, or down from -1."""
    if step > 0 and number < 1:
        text = f"{word} value ({number}) cannot be less than MINVALUE (1)\n"
    elif step < 0 and number > -1:
        text = f"{word} value ({number}) cannot be greater than MAXVALUE (-1)\n"
    else:
        return
    raise DatabaseError(text, "psycopg2.errors.InvalidParameterValue")


def _moment(value: Any) -> datetime | None:
    if not value:
        return None
    if isinstance(value, datetime):
        return value
    return datetime.fromisoformat(str(value)[:19])


def _next_value(record: Any, implementation: str) -> int:
    record._ensure_table()
    saved = record._origin.id
    rows = saved and record.env.cr.execute(SQL(f"SELECT next_value FROM {record._table} WHERE id = %s", saved))
    kept = rows[0][0] if rows and implementation == "standard" else None
    return int(record.number_next if kept is None else kept)


def _keep_next(record: Any, number: int) -> None:
    record.env.cr.execute(SQL(f"UPDATE {record._table} SET next_value = %s WHERE id = %s", number, record.id))


def _take_next(record: Any, sequence: Any) -> int:
    """The next number of a sequence or of one of its ranges, and count on."""
    number = _next_value(record, sequence.implementation)
    if sequence.implementation == "standard":
        _keep_next(record, number + sequence.number_increment)
        record.env.transaction.forget_computed()
    else:
        record.number_next = number + sequence.number_increment
    return number
