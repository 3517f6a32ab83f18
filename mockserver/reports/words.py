"""How values are written on paper: dates, numbers, amounts and addresses in the reader's language."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html import unescape
from re import sub
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["Words", "address", "plain"]

_DATE = "%m/%d/%Y"


class Words:
    """The language of a recordset's context, English where it has none."""

    def __init__(self, records: Any) -> None:
        env = records.env
        code = env.lang or "en_US"
        self._lang = env["res.lang"].sudo().with_context(active_test=False).search([("code", "=", code)], limit=1)
        self._zone = _zone(env.context.get("tz") or env.user.tz or "UTC")

    def date(self, value: date | datetime | None) -> str:
        """The day; a moment (naive UTC) falls on a day of the user's time zone."""
        if not value:
            return ""
        if isinstance(value, datetime):
            value = value.replace(tzinfo=UTC).astimezone(self._zone)
        return value.strftime(self._lang.date_format or _DATE)

    def number(self, value: float, digits: int = 2) -> str:
        """A number with as many decimals."""
        return str(self._lang.format(f"%.{digits}f", value or 0.0, grouping=True))

    def amount(self, value: float, currency: Any) -> str:
        """An amount with the currency's symbol where the currency has it."""
        text = self.number(currency.round(value or 0.0), currency.decimal_places)
        parts = (currency.symbol, text) if currency.position == "before" else (text, currency.symbol)
        return ("" if currency.position == "before" else "\N{NO-BREAK SPACE}").join(parts)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def address(partner: Any) -> tuple[str, ...]:
    """Name, postal address and tax number, a line each; nothing for nobody."""
    if not partner:
        return ()
    vat = (f"Tax ID: {partner.vat}",) if partner.vat else ()
    return (partner.display_name or "", *partner._display_address(without_company=True).split("\n"), *vat)


def plain(html: str | None) -> str:
    """The text of an HTML field."""
    broken = sub(r"(?i)<br\s*/?>|</(?:p|div|li|h\d)>", "\n", str(html or ""))
    return unescape(sub(r"<[^>]*>", "", broken)).strip()
