import xmlrpc.client


def customers(url, db, login, password):
    """What your integration does: the names of all customers in Belgium."""
    uid = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/common").authenticate(db, login, password, {})
    models = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/object")
    domain = [("country_id.code", "=", "BE")]
    found = models.execute_kw(db, uid, password, "res.partner", "search_read", [domain], {"fields": ["name"]})
    return [partner["name"] for partner in found]


def test_customers(odoo):
    """Customers of other countries are left out."""
    for name, country in [("Ada", "base.be"), ("Eve", "base.fr")]:
        odoo.env["res.partner"].create({"name": name, "country_id": odoo.env.ref(country)})
    assert customers(odoo.url, odoo.db, odoo.login, odoo.password) == ["Ada"]
