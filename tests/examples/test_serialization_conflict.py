from concurrent.futures import ThreadPoolExecutor

from fauxdoo.harness.transports import xmlrpc
from fauxdoo.mockserver import User


def take_one(odoo, login, uid, product):
    """Reads a number and writes one less: a race, as it takes two calls."""

    def call(method, *args):
        proxy = xmlrpc.proxy(odoo, "object")
        return proxy.execute_kw(odoo.db, uid, login, "product.product", method, [*args])

    (row,) = call("read", [product], ["sequence"])
    call("write", [product], {"sequence": row["sequence"] - 1})


def test_two_clients_lose_an_update(make_odoo):
    """Both read before either writes; the same way in every run."""
    groups = ("base.group_user", "product.group_product_manager")
    odoo = make_odoo(users=[User(login, password=login, groups=groups) for login in ("ann", "bob")])
    product = odoo.env["product.product"].create({"name": "Bell", "sequence": 10})
    uids = {login: odoo.as_user(login).uid for login in ("ann", "bob")}
    clients = {login: {"user": uid} for login, uid in uids.items()}
    order = ("ann.after_read", "bob.after_read", "bob.after_commit", "ann.after_commit")
    with odoo.faults.interleave(*order, **clients), ThreadPoolExecutor() as pool:
        for future in [pool.submit(take_one, odoo, login, uid, product.id) for login, uid in uids.items()]:
            future.result()
    assert product.sequence == 9


def test_a_conflict_that_the_server_resolves(make_odoo):
    """Odoo tries a transaction five times before the client hears of it: nothing is done twice."""
    odoo = make_odoo(backoff=0.0)
    partner = xmlrpc.proxy(odoo, "object")
    arguments = (odoo.db, 2, odoo.password, "res.partner", "create", [{"name": "Ada"}])
    with odoo.faults.add("serialization", failures=4, count=1):
        partner.execute_kw(*arguments)
    assert odoo.env["res.partner"].search_count([("name", "=", "Ada")]) == 1
