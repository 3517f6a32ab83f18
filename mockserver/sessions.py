"""The sessions of the web protocols, timed by the server's clock."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random, SystemRandom
from typing import Any

from fauxdoo.mockserver.clock import Clock
from fauxdoo.mockserver.sharing import Kept

__all__ = ["LIFETIME", "Session", "Sessions"]

LIFETIME = timedelta(days=7)
"""A session that nobody uses for so long is over."""
_NOTED = timedelta(seconds=30)
"""That a session is used is noted this often."""


@dataclass(slots=True)
class Session:
    """What the server remembers of a browser."""

    id: str
    database: str | None = None
    uid: int | None = None
    login: str | None = None
    token: str | None = None
    """Ties the session to the user's password: another password, another token."""
    data: dict[str, Any] = field(default_factory=dict)
    """What model methods keep (`calls.http_session`)."""
    last_used: datetime | None = None
    stored: bool = False
    stateless: bool = False
    """Used for one request only: a database was named in a header."""

    def forget_user(self) -> None:
        """Log out; the database stays chosen."""
        self.uid = self.login = self.token = None
        self.data.clear()


class Sessions:
    """All sessions of a server, by id.

    Where several processes keep them in `shared` values, ids are random; else they follow from the seed.
    """

    def __init__(self, clock: Clock, seed: int = 0, shared: MutableMapping[str, bytes] | None = None) -> None:
        self._clock, self._seed = clock, seed
        self._is_shared = shared is not None
        self._by_id: MutableMapping[str, Session] = {} if shared is None else Kept(shared, "session ", _session)
        self._random = Random(seed)

    def clear(self) -> None:
        """Forget all sessions and give the same ids again."""
        self._random = Random(self._seed)
        self._by_id.clear()

    def new(self) -> Session:
        """A session that is not kept before `save`."""
        source = SystemRandom() if self._is_shared else self._random
        digest = hashlib.sha512(source.randbytes(64)).digest()
        return Session(base64.urlsafe_b64encode(digest).decode()[:84])

    def get(self, session_id: str | None) -> Session:
        """The session of this id, a new one where there is none or it is over."""
        session = self._by_id.get(session_id or "")
        if session is None:
            return self.new()
        now = self._clock.now()
        if session.last_used is not None and now - session.last_used > LIFETIME:
            del self._by_id[session.id]
            return self.new()
        if session.last_used is None or now - session.last_used > _NOTED:
            session.last_used = now
            self._by_id[session.id] = session
        return session

    def end(self, session_id: str | None) -> None:
        """Forget a session before its time."""
        self._by_id.pop(session_id or "", None)

    def note(self, session: Session) -> None:
        """Keep what a method has changed in the data of a stored session."""
        if session.stored and session.id in self._by_id:
            self._by_id[session.id] = session

    def save(self, session: Session) -> None:
        """Keep a session under its id."""
        session.stored, session.last_used = True, self._clock.now()
        self._by_id[session.id] = session

    def rotate(self, session: Session) -> None:
        """Give the session another id: the old one is worth nothing any more."""
        self._by_id.pop(session.id, None)
        session.id = self.new().id
        self.save(session)

    def __len__(self) -> int:
        return len(self._by_id)


def _session(facts: dict[str, Any]) -> Session:
    used = facts.pop("last_used")
    return Session(**facts, last_used=datetime.fromisoformat(used) if used else None)
