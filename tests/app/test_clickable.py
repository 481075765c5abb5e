"""The buttons that copy, in a browser that has no clipboard for pages of plain http."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from assistant.views.clickable import _SCRIPT, copy_buttons
from tests.app.conftest import OpenPage

ADDRESS = "http://library.lan/"
QUOTE = '“Dunes *move*.” <b>"3 < 4"</b>\n\nRoe, J. (2020). Dunes.'
PAGE = """<!doctype html><meta charset="utf-8"><title>Copying</title>
<div id="place"><div class="clickable"></div></div><label>Paste <textarea></textarea></label>
<script type="module">
import show from "/clickable.js";
const parentElement = document.querySelector("#place");
const html = HTML;
show({ data: { html }, parentElement, setTriggerValue() {} });
</script>"""


def test_a_quote_is_copied_at_an_address_without_https(open_page: OpenPage) -> None:
    page = open_page()
    html = copy_buttons({"Copy quote": QUOTE})

    def answer(route: Route) -> None:
        if route.request.url.endswith(".js"):
            route.fulfill(body=_SCRIPT, content_type="text/javascript")
        else:
            route.fulfill(body=PAGE.replace("HTML", f"`{html}`"), content_type="text/html")

    page.route("**/*", answer)
    page.goto(ADDRESS)
    assert page.evaluate("navigator.clipboard === undefined")
    button = page.get_by_role("button")
    expect(button).to_have_text("Copy quote")
    button.click()
    expect(button).to_have_text("Copied")
    expect(button).to_be_focused()
    button.click()
    expect(button).to_have_text("Copy quote")
    page.get_by_label("Paste").focus()
    page.keyboard.press("ControlOrMeta+V")
    expect(page.get_by_label("Paste")).to_have_value(QUOTE)
