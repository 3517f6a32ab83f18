"""The recordings of a real Odoo, replayed in process: per area a floor of matching steps that only goes up.

`FAUXDOO_RAISE_FLOORS=1 pytest tests/test_conformance.py` writes what is reached now into conformance_floors.json.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fauxdoo.contracts import recordings
from fauxdoo.harness.clients import Target
from fauxdoo.harness.recordings import load
from fauxdoo.harness.verifier import Area, Report, parity, verify
from fauxdoo.mockserver import FakeOdoo

DIFFERENCES = Path(__file__).parent.parent / "docs" / "DIFFERENCES.md"
FLOORS = Path(__file__).with_name("conformance_floors.json")
RAISE = bool(os.environ.get("FAUXDOO_RAISE_FLOORS"))
FILES = {file.name.removesuffix(".json"): file for file in recordings()}
SHOWN = 10
"""Differences that a failure shows."""


def _floors() -> dict[str, int]:
    floors: dict[str, int] = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    return floors


def _steps() -> dict[str, int]:
    """How many steps were recorded, by area."""
    return {area: sum(len(case["steps"]) for case in load([file])) for area, file in FILES.items()}


def _documented(area: str) -> set[str]:
    """Cases and steps of an area that docs/DIFFERENCES.md lists, as `area/case 3`."""
    rows = re.findall(rf"^\| `({area}/[^`]+)` \| ([\d, ]+) \|", DIFFERENCES.read_text("utf-8"), re.MULTILINE)
    return {f"{case} {step}" for case, steps in rows for step in steps.split(", ")}


def _replayed(area: str, odoo: FakeOdoo) -> Report:
    target = Target(odoo.url, odoo.db, odoo.login, odoo.password, odoo.api_key)
    return verify(target, load([FILES[area]]))


def _raise_floor(area: Area) -> None:
    floors = _floors()
    floors[area.name] = max(area.steps_ok, floors.get(area.name, 0))
    FLOORS.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n")


@pytest.mark.parametrize("area", FILES)
def test_floor(area: str) -> None:
    """At least as many steps of the area match as ever before, and docs/DIFFERENCES.md lists those that do not."""
    with FakeOdoo(dialect="odoo") as odoo:
        report = _replayed(area, odoo)
    total = report.total
    if RAISE:
        _raise_floor(Area(area, total.steps_ok, total.steps))
    shown = "\n".join(str(difference) for difference in report.differences[:SHOWN])
    assert total.steps_ok >= _floors().get(area, 0), f"{total}\n{shown}"
    assert {f"{found.case} {found.index}" for found in report.differences} == _documented(area), shown


@pytest.fixture(scope="module")
def on_postgresql(postgresql: str) -> Iterator[FakeOdoo]:
    """A server for all areas: a schema takes longer to make than to empty."""
    with FakeOdoo(dialect="odoo", store=f"{postgresql}?schema=replay", backoff=0) as odoo:
        yield odoo


@pytest.mark.parametrize("area", FILES)
def test_floor_on_postgresql(area: str, on_postgresql: FakeOdoo) -> None:
    """PostgreSQL answers as the database in memory does."""
    on_postgresql.reset()
    report = _replayed(area, on_postgresql)
    shown = "\n".join(str(difference) for difference in report.differences[:SHOWN])
    assert report.total.steps_ok >= _floors()[area], f"{report.total}\n{shown}"


def test_every_area_has_a_floor() -> None:
    """No area is left out, and no floor is beyond its steps."""
    steps = _steps()
    assert _floors().keys() == steps.keys()
    assert {area for area, floor in _floors().items() if floor > steps[area]} == set()


def test_the_readme_tells() -> None:
    """It has the table that `fauxdoo verify --markdown` prints."""
    text = Path(__file__).parents[1].joinpath("README.md").read_text("utf-8")
    areas = [Area(area, floor, _steps()[area]) for area, floor in _floors().items()]
    assert parity(areas) in text
    assert f"Of the {sum(_steps().values()):,} recorded steps {sum(_floors().values()):,} match" in text
