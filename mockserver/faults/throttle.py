"""Too many requests: a token bucket per address, user or database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import ClassVar

from werkzeug.exceptions import TooManyRequests

from fauxdoo.mockserver.faults.base import Fault, Interrupted, Moment, Scene
from fauxdoo.mockserver.faults.nginx import nginx_page

__all__ = ["Throttle"]

_BUCKETS = 10_000
"""So many clients are told apart; then all begin anew."""


@dataclass(slots=True)
class Throttle(Fault):
    """`rate` requests a minute, `burst` of them at once (as many as `rate` by default); 60 is what the guide advises.

    The rest gets 429 with `Retry-After`: the proxy's page, below `/api` JSON. `per` is `ip`, `user` or `database`; by
    address all requests count, else calls. The server's clock says how much time has passed.
    """

    key: ClassVar[str] = "throttle"
    rate: float = 60.0
    burst: int | None = None
    per: str = "ip"
    _buckets: dict[object, tuple[float, datetime]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        if self.per not in ("ip", "user", "database"):
            raise ValueError(f"throttled is by ip, user or database, not by {self.per!r}")
        if self.rate <= 0 or (self.burst is not None and self.burst < 1):
            raise ValueError("a rate is above 0, a burst at least 1")

    @property
    def moment(self) -> Moment:
        return "arrival" if self.per == "ip" else "call"

    def arrive(self, scene: Scene) -> None:
        assert scene.request is not None
        self._take(scene.request.address, scene)

    def before(self, scene: Scene) -> None:
        assert scene.call is not None
        self._take((scene.call.database, scene.call.uid) if self.per == "user" else scene.call.database, scene)

    def _take(self, client: object, scene: Scene) -> None:
        """A token out of the client's bucket. Raises what is answered where it is empty."""
        now, size = scene.clock.now(), float(self.burst or ceil(self.rate))
        left, at = self._buckets.get(client, (size, now))
        left = min(size, left + max(0.0, (now - at).total_seconds()) * self.rate / 60)
        if len(self._buckets) >= _BUCKETS:
            self._buckets.clear()
        self._buckets[client] = (left - 1 if left >= 1 else left), now
        if left < 1:
            self._refuse(ceil((1 - left) * 60 / self.rate), scene)

    @staticmethod
    def _refuse(seconds: int, scene: Scene) -> None:
        if scene.request is not None and scene.request.path.startswith("/api"):
            raise TooManyRequests("Too many requests", retry_after=seconds)
        raise Interrupted(nginx_page(429, [("Retry-After", str(seconds))]))
