"""The app as a browser sees it: listened to, and clicked."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlparse

from playwright.sync_api import ConsoleMessage, Locator, Page, WebSocket


@dataclass
class Heard:
    """What a page asked for and complained of."""

    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("request", lambda request: self.note(request.url))
        page.on("websocket", self.note_socket)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        page.on("console", self.note_console)

    def note_console(self, said: ConsoleMessage) -> None:
        # Below the address of a view Streamlit looks for its own base first, in vain.
        if said.type == "error" and "/_stcore/" not in said.location["url"]:
            self.complaints.append(said.text)

    def note_socket(self, opened: WebSocket) -> None:
        self.note(opened.url)

    def note(self, url: str) -> None:
        parts = urlparse(url)
        if parts.scheme not in {"data", "blob"}:
            self.hosts.add(parts.hostname or url)

    def check(self) -> None:
        assert self.hosts == {"localhost"}
        assert not self.complaints


def ask(page: Page, question: str) -> Locator:
    """Type and send a question; the answer, when it is there."""
    answers = page.get_by_test_id("stChatMessage").filter(has=page.locator(".sources"))
    before = answers.count()
    box = page.get_by_role("textbox", name="Ask about governance…")
    box.fill(question)
    box.press("Enter")
    answer = answers.nth(before)
    answer.wait_for()
    return answer


def without_space(text: str) -> str:
    """Text without its line breaks and blanks."""
    return "".join(text.split())
