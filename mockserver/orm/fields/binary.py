"""Binary fields: bytes in a column, or in an attachment of the record."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.orm.fields.base import Field

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["Binary"]


class Binary(Field):
    """Bytes, base64 text on the wire; with `bin_size` in the context `read` answers a human size.

    With `attachment`, the default, the bytes are an `ir.attachment` whose `res_field` names the field.
    """

    type = "binary"
    column_type = "BLOB"

    def __init__(self, string: str | None = None, **attributes: Any) -> None:
        self.attachment = True
        super().__init__(string, **attributes)

    def take_facts(self, facts: Mapping[str, Any]) -> None:
        self.attachment = facts.get("sortable") is False  # a column can be sorted by

    def setup(self) -> None:
        super().setup()
        self.is_attached = self.store and self.attachment
        self.is_column = self.is_column and not self.attachment

    def to_cache(self, value: Any, record: Recordset) -> Any:
        if value == b"":
            return value  # the content of an empty file reads as ""
        if not value:
            return None
        return value if isinstance(value, (bytes, dict)) else str(value).encode()

    def to_read(self, value: Any, record: Recordset) -> Any:
        if not value:
            return "" if value == b"" else False
        if isinstance(value, dict):
            return value  # computed for a widget, such as the payments of an invoice
        if record.env.context.get("bin_size") or record.env.context.get(f"bin_size_{self.name}"):
            return human_size(len(decoded(value)))
        return value.decode() if isinstance(value, bytes) else value

    def to_write(self, value: Any, record: Recordset) -> Any:
        return value.decode() if value else False

    # ---------------------------------------------------------------- attachments

    def assign(self, record: Recordset, value: Any) -> None:
        super().assign(record, value)
        if self.is_attached and record.id:
            self.write_attachments(record, value)

    def load(self, records: Recordset) -> None:
        """Put the bytes of attachments into the cache."""
        found: dict[Any, Any] = dict.fromkeys(records._ids)
        for attachment in self._attachments(records):
            found[attachment.res_id] = self.to_cache(attachment.datas, records)
        records.env.bucket(self).update(found)  # last: the search computes what is pending, and forgets

    def write_attachments(self, records: Recordset, value: Any) -> None:
        """Make, change or delete the attachments that hold the field of saved records."""
        present = self._attachments(records)
        if not value:
            present.unlink()
        else:
            data = value.decode() if isinstance(value, bytes) else value
            present.write({"datas": data})
            without = set(records.ids) - set(present.mapped("res_id"))
            about = {"name": self.name, "res_model": self.model_name, "res_field": self.name, "datas": data}
            present.create([{**about, "res_id": id} for id in records.ids if id in without])
        bucket = records.env.bucket(self)
        bucket.update((id, self.to_cache(value, records)) for id in records._ids)

    def _attachments(self, records: Recordset) -> Any:
        attachments = records.env["ir.attachment"].sudo().with_context({}, bin_size=False)
        about = [("res_model", "=", self.model_name), ("res_field", "=", self.name)]
        return attachments.search([*about, ("res_id", "in", records.ids)])


def decoded(value: bytes) -> bytes:
    """The bytes of a base64 text, or the text itself where it is none."""
    try:
        return base64.b64decode(value)
    except binascii.Error:
        return value


def human_size(size: float) -> str:
    """`1.50 Kb` as Odoo writes sizes."""
    units = ("bytes", "Kb", "Mb", "Gb", "Tb")
    index = 0
    while size >= 1024 and index < len(units) - 1:
        size /= 1024
        index += 1
    return f"{size:0.2f} {units[index]}"
