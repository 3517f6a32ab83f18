import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fauxdoo.harness.strategies import domains, records
from fauxdoo.mockserver import FakeOdoo


@pytest.fixture(scope="module")
def server():
    """One for all examples."""
    with FakeOdoo() as odoo:
        yield odoo


def export(odoo, domain):
    """The integration under test: reads contacts page by page."""
    last, found = 0, []
    while page := odoo.env["res.partner"].search([("id", ">", last), *domain], limit=3, order="id"):
        found += page.ids
        last = page.ids[-1]
    return found


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_contact_is_lost(server, data):
    """Whatever is in the database and whatever is asked for, the pages together have all of it."""
    partners = server.env["res.partner"]
    fields = partners.fields_get(["name", "city", "ref", "color"])
    partners.create([{**vals, "name": "x"} for vals in data.draw(st.lists(records(fields), max_size=4))])
    domain = data.draw(domains(fields))
    assert export(server, domain) == partners.search(domain, order="id").ids
