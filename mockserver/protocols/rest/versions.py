"""Versions of a record: the ETag of what it holds, If-Match and If-None-Match."""

from __future__ import annotations

from hashlib import sha1
from typing import Any

from werkzeug.exceptions import PreconditionFailed
from werkzeug.http import parse_etags

from fauxdoo.mockserver.protocols.base import Request
from fauxdoo.mockserver.protocols.jsons import dumps

__all__ = ["check_version", "is_known", "version"]


def version(record: dict[str, Any]) -> str:
    """The ETag of a record, of the values of its default fields: two changes in one second make two versions."""
    return sha1(dumps(record), usedforsecurity=False).hexdigest()


def check_version(request: Request, current: str) -> None:
    """Raise PreconditionFailed where If-Match names other versions than the current one."""
    wanted = request.header("If-Match")
    if wanted and not parse_etags(wanted).contains(current):
        raise PreconditionFailed("the record was changed meanwhile: its ETag is none of those in If-Match")


def is_known(request: Request, current: str) -> bool:
    """Whether the client has this version already, by If-None-Match."""
    known = request.header("If-None-Match")
    return bool(known) and parse_etags(known).contains_weak(current)
