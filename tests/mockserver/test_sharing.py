"""Two processes on one store, here as two objects in one process, are one Odoo."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
import requests

from fauxdoo.harness.transports import requests as transport
from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.errors import AccessDenied, AccessError

Pair = tuple[FakeOdoo, FakeOdoo]


@pytest.fixture(scope="module", params=["file", "postgresql"])
def _pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    place = str(tmp_path_factory.mktemp("shared") / "odoo.db")
    if request.param == "postgresql":
        place = f"{request.getfixturevalue('postgresql')}?schema=sharing"
    pair = FakeOdoo(store=place, backoff=0), FakeOdoo(store=place, backoff=0)
    yield pair
    for odoo in pair:
        odoo.close()


@pytest.fixture
def pair(_pair: Pair) -> Pair:
    """Two servers on one store, as freshly installed."""
    _pair[0].reset()
    _pair[1].catch_up()
    return _pair


def test_the_clock(pair: Pair) -> None:
    """Both live in the time that one was set to."""
    one, other = pair
    one.clock.freeze(datetime(2030, 1, 2, 3))
    other.catch_up()
    assert other.clock.now() == datetime(2030, 1, 2, 3)
    other.clock.move(days=1)
    one.catch_up()
    assert one.clock.now() == datetime(2030, 1, 3, 3)
    other.reset()
    one.catch_up()
    assert one.clock.now().year != 2030


def test_faults(pair: Pair) -> None:
    """What one is set, the other has, until either ends it or resets; each counts for itself."""
    one, other = pair
    fault = one.faults.add("page", status=503, model="res.partner")
    other.catch_up()
    mine = other.faults.add("drop", method="write")
    one.catch_up()
    assert [each.spec for each in other.faults.all] == [fault.spec, mine.spec] == [each.spec for each in one.faults.all]
    other.faults.all[0].remove()
    one.catch_up()
    assert one.faults.all[0].spec == mine.spec
    one.reset()
    other.catch_up()
    assert other.faults.all == []
    assert not other.faults.active


def test_sessions(pair: Pair) -> None:
    """A session of one is known to the other until it is given another id."""
    one, other = pair
    session = one.sessions.new()
    session.database, session.uid, session.login, session.data = one.db, 2, "admin", {"uid": 2}
    one.sessions.save(session)
    assert other.sessions.get(session.id) == session
    old = session.id
    one.sessions.rotate(session)
    assert not other.sessions.get(old).stored
    assert len(other.sessions) == 1


def test_failed_logins(pair: Pair) -> None:
    """Ten failures, wherever they happen, make both wait."""
    for number in range(10):
        with pytest.raises(AccessDenied, match="Access Denied"):
            pair[number % 2].auth.login("odoo", "admin", "wrong", interactive=True, address="::1")
    for odoo in pair:
        with pytest.raises(AccessDenied, match="Too many login failures"):
            odoo.auth.login("odoo", "admin", "admin", interactive=True, address="::1")


def test_passwords(pair: Pair) -> None:
    """A verified password is forgotten by both when it changes."""
    one, other = pair
    for odoo in pair:
        odoo.auth.check("odoo", 2, "admin")
    one.env["res.users"].browse(2).write({"password": "other"})
    other.catch_up()
    with pytest.raises(AccessDenied):
        other.auth.check("odoo", 2, "admin")
    other.auth.check("odoo", 2, "other")


def test_rights(pair: Pair) -> None:
    """A right that is taken in one is refused by the other."""
    one, other = pair
    for odoo in pair:
        assert odoo.env["res.partner"].check_access_rights("unlink", raise_exception=False)
    domain = [("model_id.model", "=", "res.partner")]
    one.env["ir.model.access"].search(domain).write({"perm_unlink": False})
    assert not other.env["res.partner"].check_access_rights("unlink", raise_exception=False)


def test_own_fields_and_reset(pair: Pair) -> None:
    """A field made in one is there in the other, and goes from both with a reset."""
    one, other = pair
    model = one.env["ir.model"].search([("model", "=", "res.partner")]).id
    one.env["ir.model.fields"].create({"name": "x_note", "model_id": model, "ttype": "char"})
    partner = other.env["res.partner"].create({"name": "Ada", "x_note": "hers"})
    assert one.env["res.partner"].browse(partner.id).read(["x_note"])[0]["x_note"] == "hers"
    other.reset()
    assert not one.env["res.partner"].search([("name", "=", "Ada")])
    assert "x_note" not in one.env["res.partner"].fields_get()


def test_snapshots(pair: Pair) -> None:
    """What one kept the other can go back to."""
    one, other = pair
    one.env["res.partner"].create({"name": "Before"})
    name = one.snapshot()
    one.env["res.partner"].create({"name": "After"})
    other.restore(name)
    assert one.env["res.partner"].search([("name", "in", ["Before", "After"])]).mapped("name") == ["Before"]


def test_a_lost_update_is_tried_again(pair: Pair) -> None:
    """Of two that change one record at once both succeed, one of them at its second try, in PostgreSQL."""
    one, other = pair
    partner = one.env["res.partner"].create({"name": "Shared", "color": 1}).id
    tries: list[int] = []

    def add(env: object) -> None:
        record = env["res.partner"].browse(partner)  # type: ignore[index]
        color = record.color
        if not tries and not one.databases[one.db].store.dialect.name.startswith("sqlite"):
            other.env["res.partner"].browse(partner).write({"color": color + 10})
        tries.append(color)
        record.color = color + 1

    one.dispatch.together(Call("rest", one.db, 2, "res.partner", "write"), add)
    assert other.env["res.partner"].browse(partner).color == tries[-1] + 1
    assert tries in ([1], [1, 11])


def test_what_was_done_for_a_key(pair: Pair) -> None:
    """A retry at the other process makes nothing new; another request with the key is refused; a reset forgets."""

    def create(odoo: FakeOdoo, name: str, key: str = "k1") -> requests.Response:
        headers = {"Authorization": f"Bearer {odoo.api_key}", "Idempotency-Key": key}
        return transport.session(odoo).post("http://odoo.invalid/api/crm.tag", json={"name": name}, headers=headers)

    one, other = pair
    first, again = create(one, "Hot"), create(other, "Hot")
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.json(), again.headers["Location"]) == (first.json(), first.headers["Location"])
    assert one.env["crm.tag"].search_count([("name", "=", "Hot")]) == 1
    assert create(one, "Cold").status_code == 422
    assert create(other, "Cold", "k2").json()["id"] != first.json()["id"]
    with ThreadPoolExecutor(4) as pool:
        made = {reply.json()["id"] for reply in pool.map(lambda odoo: create(odoo, "Warm", "k3"), [*pair, *pair])}
    assert len(made) == 1
    one.reset()
    other.catch_up()
    assert create(other, "Cold").status_code == 201


def test_a_right_that_the_other_takes_away(pair: Pair) -> None:
    """What one has prepared for reads that come again ends with the rights it was prepared with."""
    one, other = pair
    call = Call("test", one.db, 2, "crm.tag", "read", [[1], ["name"]], {})
    for _ in range(2):
        one.dispatch.call_kw(call)
    assert one.databases[one.db].access.reads
    other.env["ir.model.access"].search([("model_id.model", "=", "crm.tag")]).write({"perm_read": False})
    one.catch_up()
    with pytest.raises(AccessError):
        one.dispatch.call_kw(call)
