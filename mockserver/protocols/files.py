"""Downloads: `/web/content`, `/web/image` and the company's logo."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha1
from mimetypes import MimeTypes
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote

from werkzeug.exceptions import NotFound

from fauxdoo.mockserver.errors import AccessError, MissingError, UserError
from fauxdoo.mockserver.protocols.base import Protocol, Reply, Request, Route
from fauxdoo.mockserver.protocols.envelopes import HTTP

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["Files"]

_PUBLIC = 3
"""Id of the user who is nobody, in every database."""

_CONTENT: tuple[str, ...] = ("", "/<xmlid>", "/<xmlid>/<filename>", "/<int:id>", "/<int:id>/<filename>")
_CONTENT += tuple(f"/<model>/<int:id>/<field>{rest}" for rest in ("", "/<filename>"))
_SIZED = tuple(
    f"{start}{rest}"
    for start in ("/<xmlid>", "/<int:id>", "/<model>/<int:id>/<field>")
    for rest in ("/<int:width>x<int:height>", "/<int:width>x<int:height>/<filename>")
)
_IMAGE = (*_CONTENT, *_SIZED, "/<int:id>-<unique>", "/<int:id>-<unique>/<filename>")

_PLACEHOLDER = base64.b64decode(
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
_TYPES = MimeTypes()
_MAGIC = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
    b"<svg": "image/svg+xml",
    b"%PDF": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    mimetype: str
    name: str


class Files(Protocol):
    """What binary fields and attachments hold, as files. Images come in the size they are stored in."""

    key = "files"

    def routes(self) -> Iterable[Route]:
        for rest in _CONTENT:
            yield Route(f"/web/content{rest}", self._content, HTTP, auth="public")
        for rest in _IMAGE:
            yield Route(f"/web/image{rest}", self._image, HTTP, auth="public")
        for path in ("/web/binary/company_logo", "/logo", "/logo.png"):
            yield Route(path, self._logo, HTTP)
        yield Route("/web/binary/upload_attachment", _upload, HTTP, auth="user", methods=frozenset({"POST", "OPTIONS"}))

    def _content(self, request: Request, **arguments: Any) -> Reply:
        """The file; whatever keeps the user from it is a page that is not found."""
        arguments = {**_query(request), **arguments}
        try:
            found = self._find(request, **arguments)
        except (UserError, ValueError):
            raise NotFound() from None
        return _send(request, found, arguments)

    def _image(self, request: Request, **arguments: Any) -> Reply:
        """The image, or a placeholder where there is none (recording io/web-image)."""
        arguments = {**_query(request), **arguments}
        try:
            found = self._find(request, **arguments)
        except (UserError, ValueError):
            if _true(arguments.get("download")):
                raise NotFound() from None
            found = _File(_PLACEHOLDER, "image/png", "placeholder.png")
        return _send(request, found, arguments)

    def _find(
        self,
        request: Request,
        xmlid: str | None = None,
        model: str = "ir.attachment",
        id: Any = None,
        field: str = "raw",
        access_token: str = "",
        **_others: Any,
    ) -> _File:
        database = self.odoo.dispatch.database(request.known_database)
        with database.transaction(_PUBLIC if request.uid is None else request.uid) as env:
            record = env.ref(xmlid, raise_if_not_found=False) if xmlid else _record(env, model, id)
            if not record or not record.exists():
                raise MissingError("Record does not exist or has been deleted.")
            return _read(_opened(record, field, access_token), field)

    def _logo(self, request: Request, **_arguments: Any) -> Reply:
        if request.database is None:
            return Reply(_PLACEHOLDER, "image/png")
        asked = _query(request).get("company", "")
        with self.odoo.dispatch.database(request.database).transaction() as env:
            uid = request.session.uid if request.session is not None else None
            company = env["res.users"].browse(uid).company_id if uid else env["res.company"].search([], limit=1)
            if asked.isdigit():
                company = env["res.company"].browse(int(asked)).exists() or company
            content = base64.b64decode(company.logo or b"") or _PLACEHOLDER
        return Reply(content, _type_of(content) or "image/png")


def _upload(request: Request) -> Reply:
    """Never reached: the web client's form comes with a token that nobody else has."""
    raise NotFound()


def _query(request: Request) -> dict[str, str]:
    return dict(parse_qsl(request.environ.get("QUERY_STRING", "")))


def _true(value: Any) -> bool:
    return str(value).lower() in ("1", "true", "yes", "y", "t", "on")


def _record(env: Environment, model: str, id: Any) -> Any:
    if model not in env:
        raise MissingError("Record does not exist or has been deleted.")
    return env[model].browse(int(id or 0))


def _opened(record: Any, field: str, token: str) -> Any:
    """The record for reading the field; raises AccessError unless the user may, or has the attachment's token."""
    if record._name == "ir.attachment" and token:
        known = record.sudo().access_token or ""
        if known and hmac.compare_digest(known.encode(), token.encode()):
            return record.sudo()
    access, described = record.env.access, record._fields.get(field)
    access.check(record, "read")
    access.check_rules(record, "read")
    if described is None or not access.field_allowed(record, described):
        raise AccessError(f"You may not read {field!r}.")
    return record.sudo()


def _read(record: Any, field: str) -> _File:
    if record._fields[field].type != "binary":
        raise UserError(f"{field!r} holds no file.")
    value = record[field] or b""
    value = value.encode() if isinstance(value, str) else value
    attachment = record._name == "ir.attachment"
    content = value if attachment and field == "raw" else base64.b64decode(value)
    if not content:
        raise MissingError("There is no content.")
    name = str(record.display_name or record.id)
    mimetype = (record.mimetype if attachment else None) or _type_of(content) or "application/octet-stream"
    return _File(content, mimetype, name if attachment else f"{name}{_TYPES.guess_extension(mimetype) or ''}")


def _type_of(content: bytes) -> str | None:
    return next((mimetype for magic, mimetype in _MAGIC.items() if content.startswith(magic)), None)


def _send(request: Request, found: _File, arguments: dict[str, Any]) -> Reply:
    tag = f'"{sha1(found.content, usedforsecurity=False).hexdigest()}"'
    kind = "attachment" if _true(arguments.get("download")) else "inline"
    name = quote(str(arguments.get("filename") or found.name))
    headers = [
        ("Content-Disposition", f"{kind}; filename*=UTF-8''{name}"),
        ("ETag", tag),
        ("Cache-Control", "no-cache"),
        ("Content-Security-Policy", "default-src 'none'"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if request.header("If-None-Match") == tag:
        return Reply(b"", found.mimetype, 304, headers)
    return Reply(found.content, found.mimetype, 200, headers)
