"""A transaction that met another's work is tried again, as often and with the waiting of a real Odoo."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.retrying import Retrying
from fauxdoo.mockserver.stores.base import SerializationFailure


class Unlucky:
    """Fails for the first `failures` times."""

    def __init__(self, failures: int) -> None:
        self.failures, self.tries = failures, 0

    def __call__(self) -> int:
        self.tries += 1
        if self.tries <= self.failures:
            raise SerializationFailure
        return self.tries


@pytest.mark.parametrize("failures", [0, 1, 4])
def test_tries(failures: int) -> None:
    """Up to four failures in a row are not seen; the waiting may double each time."""
    waits: list[float] = []
    assert Retrying(sleep=waits.append)(Unlucky(failures)) == failures + 1
    assert len(waits) == failures
    assert all(0 <= wait <= 2 ** (number + 1) for number, wait in enumerate(waits))


def test_the_last_try() -> None:
    """The fifth failure is raised."""
    work = Unlucky(9)
    with pytest.raises(SerializationFailure):
        Retrying(sleep=lambda _seconds: None)(work)
    assert work.tries == 5


def test_other_errors_are_raised_at_once() -> None:
    """Only what another transaction caused is tried again."""
    tries: list[int] = []

    def work() -> None:
        tries.append(1)
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        Retrying()(work)
    assert tries == [1]


def test_backoff() -> None:
    """The waiting is multiplied by the setting; nothing waits with 0."""
    waits: list[float] = []
    Retrying(0, waits.append)(Unlucky(4))
    assert waits == [0, 0, 0, 0]


def test_a_call_begins_anew() -> None:
    """What a try did before it failed is undone, and the journal shows the call once, as it succeeded."""
    odoo = FakeOdoo(backoff=0)
    times: list[int] = []

    def create(records, *args, **kwargs):  # type: ignore[no-untyped-def]
        partner = records.create({"name": "Once"})
        times.append(partner.id)
        if len(times) < 3:
            raise SerializationFailure
        return partner.id

    with odoo.stub("res.partner", "name_create", calls=create):
        call = Call("jsonrpc", odoo.db, 2, "res.partner", "name_create", ["Once"], {})
        assert odoo.dispatch.call_kw(call) == times[2]
    assert odoo.env["res.partner"].search([("name", "=", "Once")]).ids == [times[2]]
    assert len(set(times)) == 3
    odoo.close()
