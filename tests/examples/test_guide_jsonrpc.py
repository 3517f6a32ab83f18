"""The API guide's JSON-RPC examples: a session, then /web/dataset/call_kw."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from fauxdoo.mockserver import FakeOdoo

pytestmark = pytest.mark.fauxdoo(dialect="guide")


class Session:
    """A logged-in `requests.Session` with the guide's `call_kw`."""

    def __init__(self, odoo: FakeOdoo) -> None:
        self.url = odoo.url
        self.http = requests.Session()
        login = {"db": odoo.db, "login": odoo.login, "password": odoo.password}
        self.uid = self.post("/web/session/authenticate", login).json()["result"]["uid"]

    def post(self, path: str, params: dict[str, Any]) -> requests.Response:
        """POST a JSON-RPC call without an id, as the guide does."""
        return self.http.post(self.url + path, json={"jsonrpc": "2.0", "method": "call", "params": params}, timeout=30)

    def reply(self, model: str, method: str, args: list[Any], kwargs: dict[str, Any] | None = None) -> dict[str, Any]:
        """The whole JSON-RPC reply."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs or {}}
        reply: dict[str, Any] = self.post("/web/dataset/call_kw", params).json()
        return reply

    def call_kw(self, model: str, method: str, args: list[Any], kwargs: dict[str, Any] | None = None) -> Any:
        """The result, None where there is none."""
        return self.reply(model, method, args, kwargs).get("result")


@pytest.fixture
def session(odoo: FakeOdoo) -> Session:
    """A session of the administrator."""
    return Session(odoo)


def test_authenticate(session: Session) -> None:
    """A login answers the user's id and sets the session cookie."""
    assert session.uid == 2
    assert "session_id" in session.http.cookies


def test_search_and_read(session: Session, shop: Any) -> None:
    """Confirmed orders are found and read field by field, partners with their names."""
    ids = session.call_kw(
        "sale.order", "search", [[["state", "=", "sale"]]], {"limit": 100, "order": "date_order desc"}
    )
    assert ids == [shop.order]
    fields = ["name", "partner_id", "amount_total", "date_order"]
    (order,) = session.call_kw("sale.order", "read", [ids], {"fields": fields})
    assert set(order) == {"id", *fields}
    assert order["partner_id"] == [shop.customer, "Azure"]
    assert order["amount_total"] == 2000.0


def test_search_read(session: Session, shop: Any) -> None:
    """Orders of American customers, the dearest first."""
    orders = session.call_kw(
        "sale.order",
        "search_read",
        [[["partner_id.country_id.code", "=", "US"]]],
        {"fields": ["name", "partner_id", "amount_total"], "limit": 50, "offset": 0, "order": "amount_total desc"},
    )
    assert [order["amount_total"] for order in orders] == [2000.0, 500.0]


def test_create_with_lines(session: Session, shop: Any) -> None:
    """An order is created with its lines in one call and answers its id."""
    line = {"product_id": shop.product, "product_uom_qty": 10, "price_unit": 150.0}
    new = session.call_kw("sale.order", "create", [{"partner_id": shop.customer, "order_line": [(0, 0, line)]}])
    assert isinstance(new, int)
    (order,) = session.call_kw("sale.order", "read", [[new]], {"fields": ["amount_untaxed", "state"]})
    assert order == {"id": new, "amount_untaxed": 1500.0, "state": "draft"}


def test_confirm(session: Session, shop: Any) -> None:
    """Confirming a quotation makes it a sales order."""
    assert session.call_kw("sale.order", "action_confirm", [[shop.quotations[0]]]) is True
    (order,) = session.call_kw("sale.order", "read", [[shop.quotations[0]]], {"fields": ["state"]})
    assert order["state"] == "sale"


def test_validate_transfer(session: Session, shop: Any) -> None:
    """Validating the delivery of a confirmed order makes it done."""
    (picking,) = session.call_kw("stock.picking", "search", [[["sale_id", "=", shop.order]]])
    session.call_kw("stock.picking", "button_validate", [[picking]])
    (row,) = session.call_kw("stock.picking", "read", [[picking]], {"fields": ["state"]})
    assert row["state"] == "done"


def test_action_of_a_button(session: Session) -> None:
    """A method of the guide alone answers the window action of the quotations."""
    action = session.call_kw("sale.order", "action_quotations_with_onboarding", [[]])
    assert action["type"] == "ir.actions.act_window"
    assert action["res_model"] == "sale.order"


@pytest.mark.parametrize(
    ("domain", "turns"),
    [
        (
            [
                ["state", "in", ["sale", "done"]],
                ["amount_total", ">=", 1000],
                ["partner_id.country_id.code", "=", "US"],
            ],
            [2],
        ),
        (["|", ["state", "=", "draft"], ["state", "=", "cancel"]], [0, 1]),
        (
            [
                "|",
                ["partner_id.country_id.code", "=", "US"],
                ["partner_id.country_id.code", "=", "GB"],
                ["amount_total", ">", 5000],
            ],
            [1],
        ),
    ],
    ids=["and", "or", "both"],
)
def test_domains(session: Session, shop: Any, domain: list[Any], turns: list[int]) -> None:
    """The guide's domains: conditions of which all hold, of which one holds, and both mixed."""
    ids = [*shop.quotations, shop.order]
    found = session.call_kw("sale.order", "search", [domain], {"order": "id"})
    assert found == [ids[turn] for turn in turns]


def test_batch_create(session: Session) -> None:
    """A list of values creates as many records and answers their ids, in order."""
    names = ["Desk", "Chair", "Lamp"]
    ids = session.call_kw("product.template", "create", [[{"name": name} for name in names]])
    assert [row["name"] for row in session.call_kw("product.template", "read", [ids, ["name"]])] == names


def test_create_multi(session: Session) -> None:
    """`create_multi`, which only the guide knows, creates a list of records and answers their ids."""
    ids = session.call_kw("product.template", "create_multi", [[{"name": "Desk"}, {"name": "Chair"}]])
    assert [row["name"] for row in session.call_kw("product.template", "read", [ids, ["name"]])] == ["Desk", "Chair"]


def test_write_many(session: Session, shop: Any) -> None:
    """One write changes a list of records."""
    assert session.call_kw("sale.order", "write", [shop.quotations, {"client_order_ref": "X1"}]) is True
    domain = [["client_order_ref", "=", "X1"]]
    assert session.call_kw("sale.order", "search_count", [domain]) == 2


def test_pagination(session: Session) -> None:
    """Pages of a search follow each other without gap or overlap."""
    session.call_kw("res.partner", "create", [[{"name": f"P{turn:02d}", "ref": "page"} for turn in range(25)]])
    domain, rows, offset = [["ref", "=", "page"]], [], 0
    while True:
        options = {"fields": ["name"], "limit": 10, "offset": offset}
        batch = session.call_kw("res.partner", "search_read", [domain], options)
        rows += batch
        if len(batch) < 10:
            break
        offset += 10
    assert sorted(row["name"] for row in rows) == [f"P{turn:02d}" for turn in range(25)]


@pytest.mark.parametrize(
    ("model", "method", "args", "code"),
    [
        ("res.partner", "write", [[999999], {"name": "A"}], 300),
        ("crm.tag", "create", [{"color": 1}], 304),
        ("res.partner", "create", [{"name": False}], 304),
        ("res.partner", "search", [[["nope", "=", 1]]], 100),
        ("res.users.apikeys", "create", [{"name": "A"}], 200),
    ],
    ids=["missing record", "missing field", "nameless contact", "server error", "access"],
)
def test_error_codes(session: Session, model: str, method: str, args: list[Any], code: int) -> None:
    """The guide's table of error codes; the message stands in `error.data.message`."""
    error = session.reply(model, method, args)["error"]
    assert error["code"] == code
    assert error["data"]["message"]


def test_access_denied_code(odoo: FakeOdoo) -> None:
    """A wrong password is error 200."""
    params = {"db": odoo.db, "login": odoo.login, "password": "wrong"}
    reply = requests.post(f"{odoo.url}/web/session/authenticate", json={"params": params}, timeout=30)
    assert reply.json()["error"]["code"] == 200


@pytest.mark.parametrize("path", ["/web/dataset/call_kw", "/jsonrpc"])
def test_bearer_key(odoo: FakeOdoo, path: str) -> None:
    """The guide's headers: an API key as bearer instead of a session, or of the password."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {odoo.api_key}"}
    call: dict[str, Any] = {"model": "res.partner", "method": "search_count", "args": [[["id", "=", 1]]], "kwargs": {}}
    if path == "/jsonrpc":
        arguments = [odoo.db, 2, "", "res.partner", "search_count", [[["id", "=", 1]]]]
        call = {"service": "object", "method": "execute_kw", "args": arguments}
    payload = {"jsonrpc": "2.0", "method": "call", "params": call}
    assert requests.post(odoo.url + path, json=payload, headers=headers, timeout=30).json()["result"] == 1


def test_retry_only_what_may_pass(odoo: FakeOdoo) -> None:
    """A client that retries by the error's code, as the guide's, gives up at once on an error of the values."""
    session = Session(odoo)
    codes = [session.reply("res.partner", "create", [{"nope": 1}])["error"]["code"] for _ in range(2)]
    assert codes == [100, 100]
