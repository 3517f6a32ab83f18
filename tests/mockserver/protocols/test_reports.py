"""Documents people download, with the rights of who asks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from werkzeug.test import Client

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.calls import Call


@pytest.fixture(scope="module")
def _shared() -> Iterator[FakeOdoo]:
    odoo = FakeOdoo(dialect="odoo")
    yield odoo
    odoo.close()


@pytest.fixture
def fake(_shared: FakeOdoo) -> FakeOdoo:
    """A server with models, as just started."""
    _shared.reset()
    _shared.clock.reset()
    return _shared


def _browser(fake: FakeOdoo, login: str = "admin") -> Client:
    client = Client(fake.wsgi_app)
    client.post("/web/session/authenticate", json={"params": {"db": "odoo", "login": login, "password": login}})
    return client


@pytest.fixture
def admin(fake: FakeOdoo) -> Client:
    """A browser whose user is logged in."""
    return _browser(fake)


def _create(fake: FakeOdoo, model: str, values: dict[str, Any]) -> int:
    id: int = fake.dispatch.call_kw(Call("jsonrpc", "odoo", 2, model, "create", [values]))
    return id


def _order(fake: FakeOdoo, customer: str = "Ada Lovelace") -> int:
    partner = _create(fake, "res.partner", {"name": customer, "city": "London"})
    product = _create(fake, "product.product", {"name": "Engine", "list_price": 120.0})
    line = (0, 0, {"product_id": product, "product_uom_qty": 2, "tax_ids": False})
    return _create(fake, "sale.order", {"partner_id": partner, "order_line": [line]})


def _user(fake: FakeOdoo, *groups: str) -> None:
    with fake.databases["odoo"].transaction() as env:
        ids = [env.ref(group).id for group in groups]
        env["res.users"].create({"name": "Bob", "login": "bob", "password": "bob", "group_ids": [(6, 0, ids)]})


def _text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_an_order_as_pdf(fake: FakeOdoo, admin: Client) -> None:
    """The file is a PDF with customer, lines and total."""
    reply = admin.get(f"/report/pdf/sale.report_saleorder/{_order(fake)}")
    assert (reply.status_code, reply.mimetype, reply.data[:5]) == (200, "application/pdf", b"%PDF-")
    text = _text(reply.data)
    assert all(word in text for word in ("Quotation # S", "Ada Lovelace", "London", "Engine", "240.00"))


def test_an_order_as_a_page(fake: FakeOdoo, admin: Client) -> None:
    """The same as HTML, where names are text and never tags."""
    reply = admin.get(f"/report/html/sale.report_saleorder/{_order(fake, '<script>Ada')}")
    assert (reply.status_code, reply.mimetype) == (200, "text/html")
    assert "&lt;script&gt;Ada" in reply.text
    assert "<script" not in reply.text


def test_several_orders(fake: FakeOdoo, admin: Client) -> None:
    """Each order of the list has a page of its own, in the order asked for."""
    first, second = _order(fake, "Ada"), _order(fake, "Grace")
    reply = admin.get(f"/report/pdf/sale.report_saleorder/{second},{first}")
    pages = [page.extract_text() for page in PdfReader(BytesIO(reply.data)).pages]
    assert ["Grace" in pages[0], "Ada" in pages[1], len(pages)] == [True, True, 2]


def test_the_same_bytes(fake: FakeOdoo, admin: Client) -> None:
    """While the clock stands still, a second download is the same to the byte."""
    fake.clock.freeze()
    path = f"/report/pdf/sale.report_saleorder/{_order(fake)}"
    assert admin.get(path).data == admin.get(path).data


def test_nobody_is_sent_to_the_login_page(fake: FakeOdoo) -> None:
    """Without a session there is no document."""
    reply = Client(fake.wsgi_app).get("/report/pdf/sale.report_saleorder/1")
    assert (reply.status_code, reply.location.partition("?")[0]) == (303, "/web/login")


@pytest.mark.parametrize("kind", ["pdf", "html"])
def test_rights(fake: FakeOdoo, kind: str) -> None:
    """Who may not read orders does not read them on paper."""
    _user(fake, "base.group_user")
    reply = _browser(fake, "bob").get(f"/report/{kind}/sale.report_saleorder/{_order(fake)}")
    assert (reply.status_code, "Engine" in reply.text) == (403, False)


def test_record_rules(fake: FakeOdoo) -> None:
    """A salesperson who sees only own orders gets no document of another's."""
    _user(fake, "sales_team.group_sale_salesman")
    id = _order(fake)
    fake.dispatch.call_kw(Call("jsonrpc", "odoo", 2, "sale.order", "write", [[id], {"user_id": 2}]))
    assert _browser(fake, "bob").get(f"/report/pdf/sale.report_saleorder/{id}").status_code == 403


def test_a_salesperson_prints(fake: FakeOdoo) -> None:
    """The rights of a salesperson are enough for the whole document."""
    _user(fake, "sales_team.group_sale_salesman_all_leads")
    reply = _browser(fake, "bob").get(f"/report/pdf/sale.report_saleorder/{_order(fake)}")
    assert "Ada Lovelace" in _text(reply.data)


@pytest.mark.parametrize("path", ["sale.report_saleorder/999999", "no.report/1", "sale.order/1", "docx/x/1"])
def test_what_is_not_there(admin: Client, path: str) -> None:
    """An unknown report or record is not found."""
    assert admin.get(f"/report/pdf/{path}").status_code == 404


@pytest.mark.parametrize(
    "ids",
    ["", "0", "x", "-1", "1,", "1 or 1=1", "1.5", "²", "99999999999999999999", "4294967296", ",".join(["1"] * 501)],
)
def test_strange_ids(admin: Client, ids: str) -> None:
    """What is no list of ids is refused."""
    for kind in ("pdf", "html"):
        assert admin.get(f"/report/{kind}/sale.report_saleorder/{ids}").status_code == 400


def test_without_the_library(fake: FakeOdoo, admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the PDF library is missing, the answer says how to get it; pages need none."""
    monkeypatch.delitem(sys.modules, "fauxdoo.mockserver.reports.paper", raising=False)
    monkeypatch.setitem(sys.modules, "fpdf", None)
    path = f"sale.report_saleorder/{_order(fake)}"
    reply = admin.get(f"/report/pdf/{path}")
    assert reply.status_code == 500
    assert "fauxdoo[reports]" in reply.text
    assert admin.get(f"/report/html/{path}").status_code == 200
