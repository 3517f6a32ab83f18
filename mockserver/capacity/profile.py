"""A capacity profile: workers, limits, and how long calls take."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from random import Random
from typing import Any

from fauxdoo.contracts import capacities

__all__ = ["Capacity", "Service", "UnknownCapacity", "capacity_of"]

_P95 = 1.6448536269514722
"""Standard deviations from the median to the 95th percentile."""
_LONGEST = 3600.0


class UnknownCapacity(ValueError):
    """No profile has this name, or the file holds none; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Service:
    """How long a method keeps a worker: lognormal by median and 95th percentile, and so much for each record."""

    median: float = 0.01
    """Seconds."""
    p95: float = 0.0
    """Seconds; 0, or less than the median: always the median."""
    per_record: float = 0.0
    """Seconds for each record that is read, made or changed."""

    def draw(self, random: Random, records: int) -> float:
        """Seconds for one call."""
        spread = math.log(self.p95 / self.median) / _P95 if self.p95 > self.median > 0 else 0.0
        drawn = self.median * math.exp(random.gauss(0.0, spread)) if spread else self.median
        return min(drawn + records * self.per_record, _LONGEST)


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a server can do at once. Of the memory limits 0 is none."""

    workers: int = 1
    """Requests that are worked on at once; others queue, in the order in which they came."""
    pool: int = 64
    """Database connections: a call that finds all in use gets `The Connection Pool Is Full`."""
    limit_time_real: float = 120.0
    """Seconds after which a worker is killed: the connection ends without an answer, nothing of the call is done."""
    limit_memory_soft: float = 2048.0
    """Megabytes above which a worker is replaced after its answer, for which it is missing for `respawn` seconds."""
    limit_memory_hard: float = 2560.0
    """Megabytes above which it is killed at once."""
    memory_base: float = 180.0
    """Megabytes of a worker that does nothing."""
    memory_per_record: float = 8.0
    """Kilobytes of each record that a call works on."""
    respawn: float = 2.0
    """Seconds."""
    proxy_timeout: float = 720.0
    """Seconds after which the proxy answers 504 to whoever still waits for a worker."""
    service: Mapping[str, Service] = field(default_factory=lambda: {"*": Service()})
    """By `model.method`, by `method`, and `*` for all others."""

    def service_of(self, model: str, method: str) -> Service:
        """What is known best of a method."""
        for name in (f"{model}.{method}", method, "*"):
            if name in self.service:
                return self.service[name]
        return Service()

    def memory(self, records: int) -> float:
        """Megabytes of a worker that works on so many records."""
        return self.memory_base + records * self.memory_per_record / 1024

    @staticmethod
    def of(values: Mapping[str, Any]) -> Capacity:
        """The profile of plain data. Raises UnknownCapacity for a name or a value that makes no sense."""
        given = {name: value for name, value in values.items() if name != "about"}
        _check_names(given, {each.name for each in fields(Capacity)}, "a capacity has")
        services = given.pop("service", {"*": {}})
        if not isinstance(services, Mapping):
            raise UnknownCapacity(f"service is an object of methods, not {services!r}")
        for name, value in given.items():
            whole = name in ("workers", "pool")
            if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
                raise UnknownCapacity(f"{name} is a {'whole ' if whole else ''}number, not {value!r}")
            if not (1 if whole else 0) <= value <= 1e6:
                raise UnknownCapacity(f"{name} of {value} makes no sense")
        return Capacity(**given, service={str(name): _service(name, each) for name, each in services.items()})


def _service(name: str, values: Any) -> Service:
    if isinstance(values, (int, float)) and not isinstance(values, bool):
        values = {"median": values}
    if not isinstance(values, Mapping):
        raise UnknownCapacity(f"service {name} is seconds, or median, p95 and per_record, not {values!r}")
    _check_names(values, {each.name for each in fields(Service)}, f"service {name} has")
    for key, value in values.items():
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= _LONGEST:
            raise UnknownCapacity(f"service {name}: {key} is 0 to 3600 seconds, not {value!r}")
    return Service(**values)


def _check_names(given: Mapping[str, Any], known: set[str], what: str) -> None:
    for name in given:
        if name not in known:
            raise UnknownCapacity(f"{what} no {name!r}; there are: {', '.join(sorted(known))}")


def capacity_of(name: str) -> Capacity:
    """The profile of a name that comes along, or of a file (YAML, JSON). Raises UnknownCapacity."""
    if name in capacities():
        return Capacity.of(capacities()[name])
    path = Path(name)
    if not path.is_file():
        raise UnknownCapacity(f"no capacity {name!r}, and no file of that name; there are: {', '.join(capacities())}")
    text = path.read_text("utf-8", "replace")
    try:
        values = json.loads(text) if path.suffix == ".json" else _yaml(text)
    except ValueError as error:
        raise UnknownCapacity(f"{name} cannot be read: {error}") from None
    if not isinstance(values, Mapping):
        raise UnknownCapacity(f"{name} holds no capacity")
    return Capacity.of(values)


def _yaml(text: str) -> Any:
    try:
        import yaml
    except ImportError:
        raise UnknownCapacity("reading YAML needs one more library: pip install 'fauxdoo[yaml]'") from None
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from None
