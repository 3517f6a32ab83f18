"""Who is asking: the session, the database and the user of a request."""

from __future__ import annotations

import re

from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized

from fauxdoo.mockserver.errors import AccessDenied, SessionExpired
from fauxdoo.mockserver.protocols.base import Authentication, Request

__all__ = [
    "authenticate",
    "bearer",
    "find_session",
    "keep_session",
    "may_serve",
    "refuse_two_databases",
    "session_id",
]

_BEARER = re.compile(r"bearer\s+(.+)", re.IGNORECASE)
_COOKIE = "session_id"
_COOKIE_AGE = 604800


def session_id(request: Request) -> str | None:
    """The id that the request's cookie names."""
    return request.cookies.get(_COOKIE)


def find_session(request: Request) -> None:
    """Set the request's session and database: the session's own, else that of the header, else the server's default.

    A header that names another database than the session is refused (recording protocol/session-database-header);
    without a session it makes the request stateless.
    """
    odoo = request.odoo
    session = request.session = odoo.sessions.get(session_id(request))
    wanted = request.header("X-Odoo-Database")
    if session.database in odoo.databases:
        if wanted and wanted != session.database:
            raise Forbidden("Cannot use both the session_id cookie and the x-odoo-database header.")
        request.database = session.database
    elif wanted:
        session.stateless = True
        request.database = wanted if wanted in odoo.databases else None
    else:
        request.database = default_database(request)


def default_database(request: Request) -> str | None:
    """The configured database where it exists, else the only one."""
    databases, configured = request.odoo.databases, request.odoo.settings.db
    if configured in databases:
        return configured
    return next(iter(databases)) if len(databases) == 1 else None


def refuse_two_databases(request: Request) -> None:
    """Raise Forbidden where cookie and header disagree, for routes that look at neither."""
    if "HTTP_COOKIE" in request.environ and "HTTP_X_ODOO_DATABASE" in request.environ:
        find_session(request)


def keep_session(request: Request) -> list[tuple[str, str]]:
    """The headers that give the browser its session, if it has not got them."""
    session = request.session
    if session is None or session.stateless or session_id(request) == session.id:
        return []
    return [("Set-Cookie", f"{_COOKIE}={session.id}; Max-Age={_COOKIE_AGE}; HttpOnly; Path=/; SameSite=Lax")]


def may_serve(request: Request, auth: Authentication) -> bool:
    """Whether a route with this kind of authentication exists for the request: without a database few do."""
    return (
        request.database is not None or auth == "none" or (auth == "bearer" and not request.header("X-Odoo-Database"))
    )


def bearer(request: Request) -> str | None:
    """The key in the Authorization header."""
    header = request.header("Authorization")
    match = _BEARER.fullmatch(header) if header else None
    return match[1] if match else None


def authenticate(request: Request, auth: Authentication) -> None:
    """Set the request's user as the route asks; raises what a real Odoo raises where that user is missing."""
    if auth == "none":
        return
    _take_session_user(request)
    if auth == "bearer":
        _take_key_user(request)
    elif auth == "user" and request.uid is None and not _bearer_user(request):
        raise SessionExpired()


def _take_session_user(request: Request) -> None:
    session = request.session
    if session is None or session.uid is None:
        return
    if request.odoo.auth.holds(session):
        request.uid = session.uid
    else:
        session.forget_user()


def _bearer_user(request: Request) -> bool:
    key = bearer(request) if request.odoo.dialect.bearer_everywhere else None
    if key is None:
        return False
    request.database, request.uid = request.odoo.auth.by_key(key, _named_database(request))
    return True


def _named_database(request: Request) -> str | None:
    """The database that the header or the session names; a key may choose where neither does."""
    named = request.header("X-Odoo-Database") or (request.session is not None and request.session.database)
    return request.database if named else None


def _take_key_user(request: Request) -> None:
    key = bearer(request)
    if key is None:
        _need_browser(request)
        return
    try:
        database, uid = request.odoo.auth.by_key(key, _named_database(request))
    except AccessDenied:
        raise _unauthorized("Invalid apikey") from None
    if request.uid not in (None, uid):
        raise AccessDenied("Session user does not match the used apikey.")
    request.database, request.uid = database, uid
    if request.session is not None:
        request.session.stateless = True


def _need_browser(request: Request) -> None:
    if request.uid is None:
        raise _unauthorized("User not authenticated, use an API Key with a Bearer Authorization header.")
    if not _sent_by_navigation(request):
        raise _unauthorized('Missing "Authorization" or Sec-headers for interactive usage.')


def _sent_by_navigation(request: Request) -> bool:
    """Whether a browser says that its user went to this address; other pages cannot forge these headers."""
    return (
        request.header("Sec-Fetch-Dest") == "document"
        and request.header("Sec-Fetch-Mode") == "navigate"
        and request.header("Sec-Fetch-Site") in ("none", "same-origin")
        and request.header("Sec-Fetch-User") == "?1"
    )


def _unauthorized(description: str) -> Unauthorized:
    return Unauthorized(description, www_authenticate=WWWAuthenticate("bearer"))
