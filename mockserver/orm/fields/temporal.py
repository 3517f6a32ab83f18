"""Fields of time: dates, and datetimes in UTC."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.orm.fields.base import Field

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["DATETIME", "Date", "Datetime"]

DATETIME = "%Y-%m-%d %H:%M:%S"


class Date(Field):
    """A day, `YYYY-MM-DD` on the wire and in the column."""

    type = "date"
    column_type = "TEXT"

    def to_cache(self, value: Any, record: Recordset) -> Any:
        if not value:
            return None
        if isinstance(value, datetime):
            return value.date().isoformat()
        if isinstance(value, date):
            return value.isoformat()
        return datetime.strptime(value[:10], "%Y-%m-%d").date().isoformat()

    def to_record(self, value: Any, record: Recordset) -> Any:
        return date.fromisoformat(value) if value else False

    @staticmethod
    def to_string(value: date | None) -> str | bool:
        """`YYYY-MM-DD`, or false for nothing."""
        return value.isoformat()[:10] if value else False

    @staticmethod
    def today(*_records: Any) -> date:
        """The current day; with a record, that of its clock."""
        return _records[0].env.clock.today() if _records else date.today()


class Datetime(Field):
    """A moment in UTC, `YYYY-MM-DD HH:MM:SS` on the wire; columns the ORM fills keep microseconds."""

    type = "datetime"
    column_type = "TEXT"

    def to_cache(self, value: Any, record: Recordset) -> Any:
        if not value:
            return None
        if isinstance(value, datetime):
            if value.tzinfo:
                raise ValueError(f"Datetime field expects a naive datetime: {value}")
            return value.strftime(DATETIME)
        if isinstance(value, date):
            return f"{value.isoformat()} 00:00:00"
        text = value if len(value) > 10 else f"{value} 00:00:00"
        return datetime.strptime(text, DATETIME).strftime(DATETIME)

    def to_record(self, value: Any, record: Recordset) -> Any:
        return datetime.fromisoformat(value) if value else False

    def to_read(self, value: Any, record: Recordset) -> Any:
        return value[:19] if value else False

    @staticmethod
    def to_string(value: datetime | None) -> str | bool:
        """`YYYY-MM-DD HH:MM:SS`, or false for nothing."""
        return value.strftime(DATETIME) if value else False

    @staticmethod
    def now(record: Any) -> datetime:
        """The current moment of the record's clock, without microseconds."""
        moment: datetime = record.env.clock.now()
        return moment.replace(microsecond=0)
