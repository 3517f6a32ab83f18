"""Faults, time and crons over the admin API."""

from __future__ import annotations

import requests

from fauxdoo.mockserver import FakeOdoo


def _ask(odoo: FakeOdoo, verb: str, address: str, /, **arguments: object) -> requests.Response:
    return requests.request(verb, f"{odoo.url}/_fauxdoo/{address}", json=arguments, timeout=10)


def test_faults(odoo: FakeOdoo) -> None:
    """Set, listed with its hits, ended; what never hit is told."""
    made = _ask(odoo, "POST", "faults", kind="maintenance", path="/web").json()
    assert requests.get(f"{odoo.url}/web/login", timeout=10).status_code == 503
    (listed,) = _ask(odoo, "GET", "faults").json()
    assert (listed["id"], listed["hits"], listed["spec"]["path"]) == (made["id"], 1, "/web")
    other = _ask(odoo, "POST", "faults", kind="error", method="read").json()
    assert _ask(odoo, "DELETE", "faults", id=other["id"]).ok
    assert [each["id"] for each in _ask(odoo, "GET", "faults/unused").json()] == [other["id"]]
    assert _ask(odoo, "DELETE", "faults", id=other["id"]).status_code == 404
    assert _ask(odoo, "DELETE", "faults").ok
    assert requests.get(f"{odoo.url}/web/login", timeout=10).status_code == 200
    odoo.faults.clear()


def test_nonsense_is_refused(odoo: FakeOdoo) -> None:
    """What is wrong with a fault or a moment is said."""
    for arguments, told in (({"kind": "odd"}, "no fault 'odd'"), ({"kind": "page", "status": "x"}, "no page")):
        reply = _ask(odoo, "POST", "faults", **arguments)
        assert (reply.status_code, told in reply.json()["error"]) == (400, True)
    assert _ask(odoo, "POST", "clock/freeze", moment="noon").status_code == 400
    assert _ask(odoo, "POST", "clock/move", days=1e12).status_code == 400


def test_clock(odoo: FakeOdoo) -> None:
    """Frozen at a moment, moved, run, reset."""
    assert _ask(odoo, "POST", "clock/freeze", moment="2026-01-31T13:00:00+01:00").json() == {
        "now": "2026-01-31T12:00:00",
        "frozen": True,
    }
    assert _ask(odoo, "POST", "clock/move", days=1, hours=-1).json()["now"] == "2026-02-01T11:00:00"
    assert odoo.clock.now().day == 1
    assert _ask(odoo, "POST", "clock/run").json()["frozen"] is False
    assert _ask(odoo, "POST", "clock/reset").ok
    assert _ask(odoo, "GET", "clock").json()["now"] > "2026-06"


def test_crons(odoo: FakeOdoo) -> None:
    """What ran is answered by name."""
    odoo.env["ir.cron"].search([("id", ">", 1)]).write({"active": False})
    odoo.clock.freeze(odoo.env["ir.cron"].browse(1).nextcall)
    assert [job["name"] for job in _ask(odoo, "POST", "crons/run").json()] == ["Base: Auto-vacuum internal data"]
