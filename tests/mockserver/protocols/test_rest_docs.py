"""The interactive page of REST: opened in a browser, an operation executed through it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from werkzeug.test import Client

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.protocols.rest import documentation

FLAGS = (
    "headless=new",
    "no-sandbox",
    "disable-gpu",
    "disable-quic",
    "no-first-run",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
    "window-size=1280,1600",
)
SOON = 30
"""Seconds after which a test gives up waiting for the page."""


@pytest.fixture
def odoo() -> Iterator[FakeOdoo]:
    """A server on a port."""
    with FakeOdoo() as odoo:
        yield odoo


@pytest.fixture
def browser(chromium: str, chromedriver: str, tmp_path: Path) -> Iterator[Chrome]:
    """Headless Chromium, with a profile of its own."""
    options = ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = Chrome(options, ChromeService(chromedriver))
    yield browser
    browser.quit()


@pytest.fixture
def artefacts(tmp_path: Path) -> Path:
    """Where pictures are kept: the folder that FAUXDOO_ARTEFACTS names, else one of the test."""
    folder = Path(os.environ.get("FAUXDOO_ARTEFACTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _press(browser: Any, where: str) -> None:
    element = WebDriverWait(browser, SOON).until(lambda seen: seen.find_element(By.CSS_SELECTOR, where))
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()", element)


def _answer(browser: Any) -> Any:
    """What an executed operation shows; pressed once more where that came before the page was ready for it."""
    shown = browser.find_elements(By.CSS_SELECTOR, ".live-responses-table .response-col_description pre")
    if not shown:
        _press(browser, ".opblock-get .execute")
    return shown[0] if shown else None


def test_an_operation_is_executed(odoo: FakeOdoo, browser: Chrome, artefacts: Path) -> None:
    """With the key filled in, "Execute" shows what the server answers; nothing is loaded from elsewhere."""
    odoo.env["res.partner.category"].create({"name": "Seen in the browser"})
    browser.get(f"{odoo.url}/api/docs?models=res.partner.category")
    _press(browser, ".auth-wrapper .authorize")
    key = WebDriverWait(browser, SOON).until(lambda seen: seen.find_element(By.CSS_SELECTOR, ".auth-container input"))
    key.send_keys(odoo.api_key)
    _press(browser, ".auth-container .authorize")
    _press(browser, ".auth-container .btn-done")
    _press(browser, ".opblock-get .opblock-summary-control")
    answer = WebDriverWait(browser, SOON, poll_frequency=3).until(_answer)
    assert "Seen in the browser" in answer.text
    browser.save_screenshot(str(artefacts / "rest-docs.png"))
    loaded = browser.execute_script("return performance.getEntriesByType('resource').map(entry => entry.name)")
    assert {each for each in loaded if not each.startswith((odoo.url, "data:"))} == set()
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_without_swagger_ui(odoo: FakeOdoo, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says what to install."""
    monkeypatch.setattr(documentation, "find_spec", lambda name: None)
    reply = Client(odoo.wsgi_app).get("/api/docs")
    assert reply.status_code == 503
    assert "fauxdoo[docs]" in reply.text


@pytest.mark.parametrize(
    ("asset", "status"), [("docs.js", 200), ("swagger-ui.css", 200), ("docs.html", 404), ("x", 404)]
)
def test_assets(odoo: FakeOdoo, asset: str, status: int) -> None:
    """Only what the page needs is served."""
    assert Client(odoo.wsgi_app).get(f"/api/docs/{asset}").status_code == status


@pytest.mark.parametrize("path", ["/api/docs", "/api/openapi.json", "/api/openapi/models.json"])
def test_not_on_a_real_odoo(path: str) -> None:
    """The dialect of a real Odoo has no such pages."""
    odoo = FakeOdoo(dialect="odoo")
    assert Client(odoo.wsgi_app).get(path).status_code == 404
    odoo.close()
