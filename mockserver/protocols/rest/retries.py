"""Retries of a POST: with the same Idempotency-Key the work is done once, and its answer given again."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections import OrderedDict
from collections.abc import Callable, MutableMapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import BadRequest, UnprocessableEntity

from fauxdoo.mockserver.protocols.base import Reply, Request

if TYPE_CHECKING:
    from fauxdoo.mockserver.databases import Database

__all__ = ["Retries"]

_KEPT = 1000
_LONGEST = 255


@dataclass(slots=True)
class _Work:
    """What was asked for with a key, and its answer once it is done."""

    lock: Lock = field(default_factory=Lock)
    asked: str = ""
    reply: Reply | None = None


class Retries:
    """The answers of the last POSTs with a key, as long as their database is neither reset nor restored."""

    def __init__(self, shared: MutableMapping[str, dict[str, Any]] | None = None) -> None:
        """`shared` is where processes on one store keep the answers for each other."""
        self._shared = shared
        self._lock = Lock()
        self._works: OrderedDict[tuple[Database, int, int, str], _Work] = OrderedDict()

    def once(self, request: Request, database: Database, work: Callable[[], Reply]) -> Reply:
        """The reply of the work, or the kept one where it was done before.

        Work that raises is not kept: it left no trace, so it may be tried again. Raises UnprocessableEntity where the
        key was used for another request, BadRequest for a key that is too long.
        """
        if "HTTP_IDEMPOTENCY_KEY" not in request.environ:
            return work()
        key = request.header("Idempotency-Key")
        if not 0 < len(key) <= _LONGEST:
            raise BadRequest(f"the Idempotency-Key has not between 1 and {_LONGEST} characters")
        if self._shared is not None and not database.store.is_alone:
            with database.store.exclusively():
                return self._shared_answer(self._shared, _place(request, key), _asked(request), work)
        known = self._work(database, request.known_uid, key)
        with known.lock:
            return self._answer(known, _asked(request), work)

    @staticmethod
    def _answer(known: _Work, asked: str, work: Callable[[], Reply]) -> Reply:
        if known.reply is None:
            known.reply, known.asked = work(), asked
        elif known.asked != asked:
            raise UnprocessableEntity("the Idempotency-Key was used for another request")
        reply = known.reply
        return Reply(reply.body, reply.content_type, reply.status, [*reply.headers])

    @staticmethod
    def _shared_answer(
        answers: MutableMapping[str, dict[str, Any]], place: str, asked: str, work: Callable[[], Reply]
    ) -> Reply:
        known = answers.get(place)
        if known is None:
            reply = work()
            for name in [*answers][: -_KEPT + 1]:
                answers.pop(name, None)
            body = b64encode(reply.body).decode()
            answers[place] = {**asdict(reply), "body": body, "asked": asked}
            return reply
        if known["asked"] != asked:
            raise UnprocessableEntity("the Idempotency-Key was used for another request")
        headers = [(name, value) for name, value in known["headers"]]
        return Reply(b64decode(known["body"]), known["content_type"], known["status"], headers)

    def _work(self, database: Database, uid: int, key: str) -> _Work:
        with self._lock:
            place = (database, database.generation, uid, key)
            work = self._works.setdefault(place, _Work())
            self._works.move_to_end(place)
            if len(self._works) > _KEPT:
                self._works.popitem(last=False)
            return work


def _place(request: Request, key: str) -> str:
    return sha256(repr((request.known_database, request.known_uid, key)).encode()).hexdigest()


def _asked(request: Request) -> str:
    query = request.environ.get("QUERY_STRING") or ""
    return sha256(repr((request.method, request.path, query, request.body)).encode()).hexdigest()
