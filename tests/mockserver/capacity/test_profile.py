"""Capacity profiles: read, refused, drawn from."""

from __future__ import annotations

from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

import pytest

from fauxdoo.contracts import capacities
from fauxdoo.mockserver.capacity import Capacity, UnknownCapacity, capacity_of
from fauxdoo.mockserver.capacity.profile import Service


@pytest.mark.parametrize("name", capacities())
def test_those_that_come_along(name: str) -> None:
    """Each is one, and says what it is."""
    assert capacity_of(name).workers >= 1
    assert len(capacities()[name]["about"]) > 20


def test_files(tmp_path: Path) -> None:
    """YAML and JSON; seconds alone are a median."""
    (tmp_path / "mine.yaml").write_text("workers: 3\nservice:\n  read: 0.5\n  crm.lead.read: {median: 1, p95: 2}\n")
    capacity = capacity_of(str(tmp_path / "mine.yaml"))
    assert (capacity.workers, capacity.pool) == (3, 64)
    assert capacity.service_of("crm.lead", "read") == Service(1, 2)
    assert capacity.service_of("res.partner", "read") == Service(0.5)
    assert capacity.service_of("res.partner", "write") == Service()
    (tmp_path / "mine.json").write_text('{"workers": 2}')
    assert capacity_of(str(tmp_path / "mine.json")).workers == 2


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"worker": 1}, "a capacity has no 'worker'; there are: "),
        ({"workers": 0}, "workers of 0 makes no sense"),
        ({"workers": 1.5}, "workers is a whole number, not 1.5"),
        ({"pool": True}, "pool is a whole number, not True"),
        ({"limit_time_real": "120"}, "limit_time_real is a number, not '120'"),
        ({"limit_time_real": float("nan")}, "limit_time_real of nan makes no sense"),
        ({"service": []}, "service is an object of methods, not []"),
        ({"service": {"read": "1s"}}, "service read is seconds, or median, p95 and per_record, not '1s'"),
        ({"service": {"read": {"mean": 1}}}, "service read has no 'mean'"),
        ({"service": {"read": {"median": -1}}}, "service read: median is 0 to 3600 seconds, not -1"),
    ],
)
def test_nonsense(values: dict[str, Any], message: str) -> None:
    """Is refused with its reason."""
    with pytest.raises(UnknownCapacity) as refused:
        Capacity.of(values)
    assert message in str(refused.value)


@pytest.mark.parametrize("text", ["- 1", "workers: [", "!!python/object/apply:os.system ['true']", "\0"])
def test_files_that_hold_none(tmp_path: Path, text: str) -> None:
    """Nothing in them is carried out."""
    (tmp_path / "bad.yaml").write_text(text)
    with pytest.raises(UnknownCapacity):
        capacity_of(str(tmp_path / "bad.yaml"))
    with pytest.raises(UnknownCapacity, match="no capacity 'huge', and no file of that name; there are: odoo-default"):
        capacity_of("huge")


def test_draw() -> None:
    """Lognormal by its median and its 95th percentile, and so much for each record."""
    random, service = Random(1), Service(0.1, 0.4, 0.01)
    drawn = sorted(service.draw(random, 0) for _ in range(20_000))
    assert median(drawn) == pytest.approx(0.1, rel=0.05)
    assert quantiles(drawn, n=20)[-1] == pytest.approx(0.4, rel=0.1)
    assert Service(0.1).draw(random, 7) == 0.1
    assert Service(0.1, 0.05, 0.01).draw(random, 3) == pytest.approx(0.13)
    assert Service(0, 1).draw(random, 0) == 0
