import requests


def push_customers(url, key, names):
    """A connector: customers that Odoo does not know yet are made, all at once."""
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {key}"
        known = {"domain": [["name", "in", names]], "fields": ["name"]}
        rows = session.post(f"{url}/json/2/res.partner/search_read", json=known, timeout=5).json()
        new = [{"name": name} for name in names if name not in {row["name"] for row in rows}]
        session.post(f"{url}/json/2/res.partner/create", json={"vals_list": new}, timeout=5)


def test_customers_are_made_at_once(odoo):
    """One call for all that are new, after one search."""
    odoo.env["res.partner"].create({"name": "Ada"})
    push_customers(odoo.url, odoo.api_key, ["Ada", "Bob", "Eve"])

    create = odoo.calls.of("res.partner", "create")
    create.assert_called_once(vals_list=[{"name": "Bob"}, {"name": "Eve"}])
    assert len(create[0].created["res.partner"]) == 2
    odoo.calls.of("res.partner", "write").assert_not_called()
    odoo.calls.assert_sequence("res.partner.search_read", "res.partner.create")
    odoo.calls.assert_no_errors()
