"""Phone numbers: searching them whatever their punctuation."""

from __future__ import annotations

import re
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.domain import Domain

__all__ = ["MailThreadPhone"]

_PUNCTUATION = re.compile(r"[\s\\./()\-]+")
_COUNTRY = re.compile(r"^(\+|00)")


class MailThreadPhone(models.AbstractModel):
    """Records with phone numbers."""

    _name = "mail.thread.phone"

    @api.search("phone_mobile_search")
    def _search_phone_mobile_search(self, operator: str, value: Any) -> Any:
        """Numbers that are the given one (`=`), begin with it after `+` or `00`, or contain its digits."""
        if operator not in ("in", "like", "ilike"):
            return NotImplemented
        wanted = [str(number).strip() for number in (value if operator == "in" else [value]) if number]
        if any(len(number) < 3 for number in wanted):
            raise UserError("Please enter at least 3 characters when searching a Phone/Mobile number.")
        names: list[str] = [name for name in ("phone", "mobile") if name in self._fields and self._fields[name].store]
        with_number = Domain.OR([(name, "!=", False)] for name in names)
        records = self.sudo().with_context(active_test=False).search(with_number)
        found = [
            record.id
            for record in records
            if any(_matches(record[name] or "", number, operator == "in") for name in names for number in wanted)
        ]
        return [("id", "in", found)]


def _matches(stored: str, wanted: str, whole: bool) -> bool:
    stored, wanted = _PUNCTUATION.sub("", stored), _PUNCTUATION.sub("", wanted)
    if not _COUNTRY.match(wanted):
        return stored == wanted if whole else wanted in stored
    if not _COUNTRY.match(stored):
        return False
    stored, wanted = _COUNTRY.sub("", stored), _COUNTRY.sub("", wanted)
    return stored == wanted if whole else stored.startswith(wanted)
