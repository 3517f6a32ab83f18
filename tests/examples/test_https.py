import ssl
import xmlrpc.client

import pytest


@pytest.mark.fauxdoo(tls=True)
def test_version(odoo):
    """The client trusts the fake's authority, and no other."""
    trusted = ssl.create_default_context(cafile=odoo.ca_file)
    common = xmlrpc.client.ServerProxy(f"{odoo.url}/xmlrpc/2/common", context=trusted)
    assert common.version()["server_serie"] == "19.0"
