"""What a trace keeps."""

from __future__ import annotations

from fauxdoo.mockserver.trace import Trace


def test_statements() -> None:
    """The first 200 are kept, all are counted."""
    trace = Trace()
    for number in range(300):
        trace.run(f"SELECT {number}")
    assert (len(trace.statements), trace.statements[-1], trace.statement_count) == (200, "SELECT 199", 300)


def test_records() -> None:
    """Ids by deed and model, each once, in the order of the first time."""
    trace = Trace()
    trace.touch("written", "res.partner", [2, 1])
    trace.touch("written", "sale.order", [7])
    trace.touch("written", "res.partner", [1, 3])
    trace.touch("written", "crm.lead", [])
    assert trace.records("written") == {"res.partner": [2, 1, 3], "sale.order": [7]}
    assert trace.records("read") == {}


def test_many_records() -> None:
    """Up to 2000 of those that were changed; reading much does not keep these out."""
    trace = Trace()
    for _ in range(3):
        trace.touch("read", "res.partner", range(1, 1501))
    trace.touch("created", "res.partner", range(1, 1501))
    trace.touch("written", "res.country", range(1, 1501))
    assert (len(trace.records("read")["res.partner"]), sum(trace.kept)) == (1500, 4000)
    assert len(trace.records("created")["res.partner"]) == 1500
    assert len(trace.records("written")["res.country"]) == 500


def test_begin_anew() -> None:
    """Nothing stays."""
    trace = Trace()
    trace.run("SELECT 1")
    trace.touch("read", "res.partner", [1])
    trace.clear()
    assert (trace.statements, trace.statement_count, trace.deeds, trace.kept) == ([], 0, [], [0, 0])
