"""Search among many partners: by equality and by prefix, and the memory a record takes."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.results import Result, upper
from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.orm.sql import SQL

__all__ = ["fill", "measure", "memory"]

INSERT = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
INSERT INTO res_partner (id, active, name, complete_name, email, ref, type, commercial_partner_id, country_id,
                         partner_share)
SELECT 1000000 + i, 1, printf('Partner %%07d', i), printf('Partner %%07d', i), printf('partner%%d@shop.example', i),
       printf('R%%d', i), 'contact', 1000000 + i, 1 + i %% 200, 1 FROM n
"""


def measure(count: int) -> Iterator[Result]:
    """The rows of this file, among `count` partners."""
    odoo = FakeOdoo()
    before = memory()
    fill(odoo, count)
    each = (memory() - before) / count
    yield Result(f"memory of a partner, {count:,} of them", "", f"{each:.0f} bytes", "< 600 bytes", each < 600)
    for what, leaf in _searches(count):
        times = [_timed(odoo, [leaf]) for _ in range(15)]
        yield upper(f"search {what} in {count:,} partners", times, "ms", 5)


def _searches(count: int) -> list[tuple[str, tuple[str, str, Any]]]:
    return [
        ("ref = ...", ("ref", "=", f"R{count // 2}")),
        ("name = ...", ("name", "=", f"Partner {count // 2:07}")),
        ("ref =like 'prefix%'", ("ref", "=like", f"R{count // 2}%")),
        ("name =like 'prefix%'", ("name", "=like", f"Partner {count // 20:06}%")),
    ]


def _timed(odoo: FakeOdoo, domain: list[Any]) -> float:
    with odoo.databases[odoo.db].transaction() as env:
        started = time.perf_counter()
        found = env["res.partner"].search(domain)
        elapsed = time.perf_counter() - started
        assert found, domain
    return elapsed * 1000


def fill(odoo: FakeOdoo, count: int) -> None:
    """Put `count` partners into the table, past the ORM."""
    with odoo.databases[odoo.db].transaction() as env:
        env["res.partner"].search([], limit=1)
        env.cr.execute(SQL(INSERT, count))


def memory() -> int:
    """The most memory this process has used so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
