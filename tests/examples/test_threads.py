from concurrent.futures import ThreadPoolExecutor
from xmlrpc.client import ServerProxy


def test_shops_do_not_meet(odoo):
    """Each thread has a database of its own, on the same port."""

    def shop(number):
        with odoo.database() as copy, ServerProxy(f"{copy.url}/xmlrpc/2/object") as models:
            for _ in range(number):
                models.execute_kw(copy.db, 2, copy.api_key, "res.partner", "create", [{"name": "Ada"}])
            return copy.env["res.partner"].search_count([("name", "=", "Ada")])

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(shop, [1, 2, 3])) == [1, 2, 3]
