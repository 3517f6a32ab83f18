import requests


def upload(odoo, names, wait):
    """Makes partners one by one, and waits as long as the server says."""
    for name in names:
        while True:
            reply = requests.post(
                f"{odoo.url}/api/res.partner",
                json={"name": name},
                headers={"Authorization": f"Bearer {odoo.api_key}"},
                timeout=10,
            )
            if reply.status_code != 429:
                break
            wait(int(reply.headers["Retry-After"]))
        reply.raise_for_status()


def test_a_throttled_sync(odoo):
    """Ten at once, then one every six seconds; the test's clock does the waiting."""
    waited = []

    def wait(seconds):
        waited.append(seconds)
        odoo.clock.move(seconds=seconds)

    odoo.clock.freeze()
    with odoo.faults.add("throttle", rate=10):
        upload(odoo, [f"P{n}" for n in range(13)], wait)
    assert waited == [6, 6, 6]
    assert odoo.env["res.partner"].search_count([("name", "=like", "P%")]) == 13
