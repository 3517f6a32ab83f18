import requests

from fauxdoo.harness.transports.requests import Adapter
from fauxdoo.mockserver import FakeOdoo


def test_customers_without_a_port():
    """The shop's own session, its own address: only the adapter is the test's."""
    with requests.Session() as session:
        odoo = FakeOdoo(demo=True)
        session.mount("https://erp.example.com", Adapter(odoo))
        reply = session.post(
            "https://erp.example.com/json/2/res.partner/search_count",
            json={"domain": [["city", "=", "Berlin"], ["is_company", "=", True]]},
            headers={"Authorization": f"Bearer {odoo.api_key}"},
            timeout=5,
        )
        assert reply.json() == 1
        odoo.calls.of("res.partner", "search_count").assert_called_once()
