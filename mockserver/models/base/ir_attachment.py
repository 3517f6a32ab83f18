"""Attachments: files of records, seen by those who see the record."""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Mapping
from hashlib import sha1
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import uuid4

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import AccessError
from fauxdoo.mockserver.models.base.documents import closed_documents
from fauxdoo.mockserver.orm.sql import SQL

if TYPE_CHECKING:
    from fauxdoo.mockserver.stores.base import Kind

__all__ = ["IrAttachment"]

_UNKNOWN = "application/octet-stream"
_REFUSED = "Sorry, you are not allowed to access this document."
_DERIVED = ("file_size", "checksum", "store_fname")
"""What is computed of the content, whatever a client sends."""
_TYPES = mimetypes.MimeTypes()
_TYPES.add_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")
_TYPES.add_type("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")
_MAGIC = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"BM": "image/bmp",
    b"%PDF": "application/pdf",
    b"PK\x03\x04": "application/zip",
    b"<svg": "image/svg+xml",
    b"<?xml": "text/xml",
}
_WORDS = re.compile(rb"[\x20-\x7E]{4,}")


class IrAttachment(models.Model):
    """The content is a column of its own; `raw` shows it as it is, `datas` in base64."""

    _inherit = "ir.attachment"
    _hidden_columns: ClassVar[Mapping[str, Kind]] = {"content": "binary"}

    # ---------------------------------------------------------------- content

    @api.compute("raw", "datas")
    def _compute_content(self) -> None:
        contents = self._contents()
        for attachment in self:
            content = contents.get(attachment.id) or b""
            attachment.raw = content
            attachment.datas = base64.b64encode(content)

    def _contents(self) -> dict[int, bytes | None]:
        ids = self.ids
        marks = SQL(", ").join(SQL("%s", id) for id in ids)
        return dict(self.env.cr.execute(SQL("SELECT id, content FROM ir_attachment WHERE id IN (%s)", marks)))

    @api.inverse("raw")
    def _inverse_raw(self) -> None:
        for attachment in self:
            attachment._store(attachment.raw or b"")

    @api.inverse("datas")
    def _inverse_datas(self) -> None:
        for attachment in self:
            attachment._store(base64.b64decode(attachment.datas or b""))

    def _store(self, content: bytes) -> None:
        """Keep the content, and what is derived of it."""
        self.env.flush()
        for attachment in self:
            values = _derived(content, attachment.mimetype)
            super(IrAttachment, attachment.sudo()).write(values)
            self.env.cr.execute(SQL("UPDATE ir_attachment SET content = %s WHERE id = %s", content, attachment.id))
        self.env.transaction.forget_computed()

    def _guessed_type(self, vals: Mapping[str, Any], content: bytes) -> str:
        """The media type given, of the name or of the content; what a browser would run is plain text for most."""
        found = vals.get("mimetype") or _TYPES.guess_type(str(vals.get("name") or ""))[0]
        found = found or _TYPES.guess_type(str(vals.get("url") or "").partition("?")[0])[0]
        if not found or found == _UNKNOWN:
            found = _type_of_content(content)
        runs = "ht" in found or "xml" in found
        if runs and not self.env.su and not self.env["ir.ui.view"].has_access("write"):
            return "text/plain"
        return str(found)

    # ---------------------------------------------------------------- shown with it

    @api.compute("res_name")
    def _compute_res_name(self) -> None:
        for attachment in self:
            record = attachment._record()
            attachment.res_name = record.display_name if record else False

    @api.compute("local_url")
    def _compute_local_url(self) -> None:
        for attachment in self:
            shown = f"/web/image/{attachment.id}?unique={attachment.checksum}"
            attachment.local_url = attachment.url if attachment.url else shown

    @api.compute("image_src")
    def _compute_image_src(self) -> None:
        for attachment in self:
            is_image = (attachment.mimetype or "").startswith("image/")
            attachment.image_src = is_image and (attachment.url or f"/web/image/{attachment.id}/{attachment.name}")

    def _record(self) -> Any:
        """The record it belongs to, None where there is none."""
        if not self.res_model or not self.res_id or self.res_model not in self.env:
            return None
        return self.env[self.res_model].sudo().browse(self.res_id).exists()

    def generate_access_token(self) -> list[str]:
        """A token per attachment that opens it to whoever knows it; made once."""
        for attachment in self.filtered(lambda each: not each.access_token):
            attachment.write({"access_token": str(uuid4())})
        return [attachment.access_token for attachment in self]

    # ---------------------------------------------------------------- saving

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make attachments of `raw` (text or bytes) or else of `datas` (base64), on records the user may write."""
        contents: list[bytes | None] = []
        prepared = []
        for vals in vals_list:
            rest = {name: value for name, value in vals.items() if name not in (*_DERIVED, "raw", "datas")}
            contents.append(_content_of(vals))
            self._check_target(rest.get("res_model"), rest.get("res_id"))
            prepared.append({**rest, "mimetype": self._guessed_type(vals, contents[-1] or b"")})
        attachments = super().create(prepared)
        for attachment, content in zip(attachments, contents, strict=True):
            if content is not None:
                attachment._store(content)
        return attachments

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; text for `raw` is a TypeError here, unlike in `create` (recorded in field/binary-xmlrpc)."""
        self._check_documents("write")
        rest = {name: value for name, value in vals.items() if name not in (*_DERIVED, "raw", "datas")}
        content = _written_content(vals)
        if content is not None or "mimetype" in vals:
            rest["mimetype"] = self._guessed_type(vals, content or b"")
        if "res_model" in vals or "res_id" in vals:
            for attachment in self:
                model, id = rest.get("res_model", attachment.res_model), rest.get("res_id", attachment.res_id)
                self._check_target(model, id)
        super(IrAttachment, self.sudo(self.env.su)).write(rest)
        if content is not None:
            self._store(content)
        return True

    def unlink(self) -> bool:
        """Delete attachments the user may write."""
        self._check_documents("unlink")
        return bool(super().unlink())

    def copy(self, default: Mapping[str, Any] | None = None) -> Self:
        """Copies hold the same content."""
        copies = super().copy(default)
        if not {"raw", "datas"} & set(default or {}):
            contents = self._contents()
            for original, copy in zip(self, copies, strict=True):
                content = contents.get(original.id)
                if content is not None:
                    copy._store(content)
        return copies

    # ---------------------------------------------------------------- who may see it

    def _search(self, domain: Any, *args: Any, **kwargs: Any) -> Any:
        """Files of fields stay out of ordinary searches; of the others, the user finds what he may read."""
        names = _names_in(domain)
        if not {"id", "res_field"} & names:
            domain = [*_as_list(domain), ("res_field", "=", False)]
        return super()._search(domain, *args, **kwargs)

    def _kept_from_user(self, operation: str) -> Self:
        """Those of the attachments the user may not use, as he may not use their records."""
        mine = [each for each in self.sudo() if not (each.public and operation == "read")]
        documents = {each.id: (each.res_model, each.res_id) for each in mine if each.res_model and each.res_id}
        closed = closed_documents(self.env, documents.values(), "read" if operation == "read" else "write")
        kept = [id for id, document in documents.items() if document in closed]
        if not self.env.is_system():
            kept += [each.id for each in mine if each.id not in documents and each.create_uid.id != self.env.uid]
        return self.browse(kept)

    def _check_target(self, model: Any, id: Any) -> None:
        if not self.env.su and model and id and closed_documents(self.env, [(model, id)], "write"):
            raise AccessError(_REFUSED)

    def _check_documents(self, operation: str) -> None:
        if self.env.su:
            return
        if hidden := self.exists()._kept_from_user(operation):
            raise AccessError(
                f"{_REFUSED} Please contact your system administrator.\n\n(Operation: {operation})\n\n"
                f"Records: {hidden}, User: {self.env.uid}"
            )


def _content_of(vals: Mapping[str, Any]) -> bytes | None:
    """The content in values of a new attachment, None without any; `raw` wins."""
    raw = vals.get("raw")
    if raw:
        return raw.encode() if isinstance(raw, str) else bytes(raw)
    return base64.b64decode(vals["datas"]) if vals.get("datas") else None


def _written_content(vals: Mapping[str, Any]) -> bytes | None:
    if "raw" in vals:
        if vals["raw"] and not isinstance(vals["raw"], (bytes, bytearray)):
            raise TypeError("`bin_data` must be bytes or bytearray")
        return bytes(vals["raw"] or b"")
    return base64.b64decode(vals["datas"] or b"") if "datas" in vals else None


def _derived(content: bytes, mimetype: str | bool) -> dict[str, Any]:
    kind = str(mimetype or "").partition("/")[0]
    words = b"\n".join(_WORDS.findall(content)).decode("ascii")
    return {
        "file_size": len(content),
        "checksum": sha1(content, usedforsecurity=False).hexdigest(),
        "index_content": words if kind == "text" else kind or False,
    }


def _type_of_content(content: bytes) -> str:
    """The media type the first bytes show; texts of more than a character are plain text."""
    for magic, found in _MAGIC.items():
        if content.startswith(magic):
            return found
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return _UNKNOWN
    return "text/plain" if len(text) > 1 and "\0" not in text else _UNKNOWN


def _names_in(domain: Any) -> set[str]:
    return {str(item[0]) for item in domain if isinstance(item, (list, tuple)) and item} if domain else set()


def _as_list(domain: Any) -> list[Any]:
    return list(domain) if isinstance(domain, (list, tuple)) else [] if domain is True else [(0, "=", 1)]
