"""Versions of a record: the ETag of what it holds, If-Match and If-None-Match."""

from __future__ import annotations

import re
from hashlib import sha1
from typing import Any

from werkzeug.datastructures import ETags
from werkzeug.exceptions import BadRequest, PreconditionFailed
from werkzeug.http import parse_etags

from fauxdoo.mockserver.protocols.base import Request
from fauxdoo.mockserver.protocols.jsons import dumps

__all__ = ["CONDITION", "check_version", "is_known", "version"]

_TAG = '(W/)?"[!#-~]*"'
CONDITION = rf"^(\*|{_TAG}([ \t]*,[ \t]*{_TAG})*)$"
"""What the headers If-Match and If-None-Match may hold (RFC 9110, 13.1)."""


def version(record: dict[str, Any]) -> str:
    """The ETag of a record, of the values of its default fields: two changes in one second make two versions."""
    return sha1(dumps(record), usedforsecurity=False).hexdigest()


def check_version(request: Request, current: str) -> None:
    """Raise PreconditionFailed where If-Match names other versions than the current one."""
    wanted = _condition(request, "If-Match")
    if wanted is not None and not wanted.contains(current):
        raise PreconditionFailed("the record was changed meanwhile: its ETag is none of those in If-Match")


def is_known(request: Request, current: str) -> bool:
    """Whether the client has this version already, by If-None-Match."""
    known = _condition(request, "If-None-Match")
    return known is not None and known.contains_weak(current)


def _condition(request: Request, name: str) -> ETags | None:
    """The versions a header names, None without it. Raises BadRequest where it holds anything else."""
    if "HTTP_" + name.upper().replace("-", "_") not in request.environ:
        return None
    value = request.header(name)
    if not re.fullmatch(CONDITION, value):
        raise BadRequest(f'{name} is no list of versions such as "5d41402a"')
    return parse_etags(value)
