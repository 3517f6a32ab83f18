"""Scheduled actions run by the server's clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from fauxdoo.mockserver import FakeOdoo

NOON = datetime(2026, 1, 31, 12)


def _cron(odoo: FakeOdoo, code: str, **values: Any) -> Any:
    odoo.env["ir.cron"].search([]).write({"active": False})
    model = odoo.env["ir.model"].search([("model", "=", "res.partner")])
    given = {"name": "Ours", "model_id": model.id, "state": "code", "code": code, "nextcall": NOON}
    return odoo.env["ir.cron"].create({**given, "interval_number": 1, "interval_type": "days", **values})


def test_runs_what_is_due(odoo: FakeOdoo) -> None:
    """Once each time, and not before its time."""
    cron = _cron(odoo, "model.create({'name': 'by cron'})")
    odoo.clock.freeze(datetime(2026, 1, 31, 11, 59))
    assert odoo.run_crons() == []
    odoo.clock.move(minutes=1)
    assert [(job.name, job.error) for job in odoo.run_crons()] == [("Ours", "")]
    assert odoo.run_crons() == []
    assert odoo.env["res.partner"].search_count([("name", "=", "by cron")]) == 1
    assert (cron.lastcall, cron.nextcall) == (NOON, datetime(2026, 2, 1, 12))


@pytest.mark.parametrize(
    ("unit", "number", "expected"),
    [
        ("minutes", 45, datetime(2026, 2, 3, 12, 45)),
        ("weeks", 1, datetime(2026, 2, 7, 12)),
        ("months", 1, datetime(2026, 2, 28, 12)),
    ],
)
def test_the_next_time(odoo: FakeOdoo, unit: str, number: int, expected: datetime) -> None:
    """Whole intervals from the planned time, past the present one; a month ends where it ends."""
    cron = _cron(odoo, "pass", interval_type=unit, interval_number=number)
    odoo.clock.freeze(datetime(2026, 2, 3, 12))
    odoo.run_crons()
    assert cron.nextcall == expected


def test_a_failure(odoo: FakeOdoo) -> None:
    """What failed is undone and counted, and the others run; after five in a week it is archived."""
    cron = _cron(odoo, "model.create({'name': 'gone'})\nraise UserError('no')")
    odoo.clock.freeze(NOON)
    for day in range(8):
        (job,) = odoo.run_crons()
        assert (job.error, cron.failure_count) == ("no", day + 1)
        odoo.clock.move(days=1)
    assert not cron.active
    assert not odoo.env["res.partner"].search_count([("name", "=", "gone")])


def test_the_clock_runs_them(make_odoo: Any) -> None:
    """With `crons` moving the clock is enough."""
    odoo = make_odoo(crons=True)
    _cron(odoo, "model.create({'name': 'by cron'})")
    odoo.clock.freeze(NOON)
    odoo.clock.move(days=1)
    assert odoo.env["res.partner"].search_count([("name", "=", "by cron")]) == 2
