"""The call takes longer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import log
from random import Random
from typing import ClassVar

from fauxdoo.mockserver.faults.base import Fault, Scene

__all__ = ["Latency"]

_LONGEST = 3600.0

_DISTRIBUTIONS: dict[str, Callable[[Random, float, float], float]] = {
    "fixed": lambda random, seconds, spread: seconds,
    "uniform": lambda random, seconds, spread: random.uniform(seconds - spread, seconds + spread),
    "normal": lambda random, seconds, spread: random.gauss(seconds, spread),
    "lognormal": lambda random, seconds, spread: random.lognormvariate(log(seconds), spread) if seconds else 0.0,
    "exponential": lambda random, seconds, spread: random.expovariate(1 / seconds) if seconds else 0.0,
}


@dataclass(slots=True)
class Latency(Fault):
    """Waits in real time before the call, with `committed` after its commit; other clients are served meanwhile.

    `seconds` is the mean (of `lognormal` the median) and `spread` half the width of `uniform`, the standard deviation
    of `normal`, and that of the logarithm of `lognormal`. What comes out below 0 is 0.
    """

    key: ClassVar[str] = "latency"
    seconds: float = 1.0
    distribution: str = "fixed"
    spread: float = 0.0
    committed: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.seconds <= _LONGEST or not 0 <= self.spread <= _LONGEST:
            raise ValueError("a latency is 0 to 3600 seconds")
        if self.distribution not in _DISTRIBUTIONS:
            raise ValueError(f"no distribution {self.distribution!r}; there are: {', '.join(_DISTRIBUTIONS)}")

    def before(self, scene: Scene) -> None:
        if not self.committed:
            self._wait(scene)

    def after(self, scene: Scene) -> None:
        if self.committed:
            self._wait(scene)

    def _wait(self, scene: Scene) -> None:
        drawn = _DISTRIBUTIONS[self.distribution](scene.random, self.seconds, self.spread)
        with scene.turnstile.outside():
            time.sleep(min(max(drawn, 0.0), _LONGEST))
