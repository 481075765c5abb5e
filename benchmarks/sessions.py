"""Ten browsers asking at once: errors, mixed conversations, memory.

    python benchmarks/sessions.py [--sessions 10] [--minutes 5]

Each session is a browser of its own that asks, waits for the answer, opens a citation, and goes
on after some seconds, as a reader would. Every question has the session's own number in it, so
that a question that shows in another session is found. Memory is that of the server and its
children (resident set size).
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from app_server import QUIET, ROOT, installed_browser, served
from playwright.async_api import Browser, Error, Page, async_playwright

from assistant import Assistant

PATIENCE_MS = 60_000
PAUSE_S = (4.0, 10.0)
"""How long a reader looks at an answer, from and to."""

ASKED = (
    "What is polycentric governance in lesson {n}?",
    "What does participatory governance mean, for group {n}?",
    "How does the Belt and Road relate to international organisations, topic {n}?",
    "What are the three parts of the concept of governance, part {n}?",
)


@dataclass(slots=True)
class Session:
    """What happened in one browser."""

    number: int
    waits_s: list[float] = field(default_factory=list)
    openings_s: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    strangers: int = 0


def main() -> None:
    """Run the sessions, and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=10)
    parser.add_argument("--minutes", type=float, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        with Assistant.open(library) as assistant:
            assistant.add(ROOT / "samples")
        log = Path(folder) / "log"
        with served(library, log, GOVASSIST_MODEL="none") as app:
            sessions, memory = asyncio.run(
                _run(app.address, app.process, options.sessions, options.minutes * 60)
            )
        _report(sessions, memory, log.read_text())


async def _run(
    address: str, process: int, count: int, seconds: float
) -> tuple[list[Session], list[float]]:
    sessions = [Session(number) for number in range(101, 101 + count)]
    memory: list[float] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=installed_browser(), args=QUIET)
        end = time.monotonic() + seconds
        watching = asyncio.create_task(_watch(process, memory))
        await asyncio.gather(*(_session(browser, address, one, end) for one in sessions))
        watching.cancel()
        await browser.close()
    return sessions, memory


async def _watch(process: int, memory: list[float]) -> None:
    """Note the server's memory every five seconds, in MB."""
    server = psutil.Process(process)
    while True:
        everything = [server, *server.children(recursive=True)]
        memory.append(sum(one.memory_info().rss for one in everything) / 1e6)
        await asyncio.sleep(5)


async def _session(browser: Browser, address: str, session: Session, end: float) -> None:
    context = await browser.new_context(locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    page = await context.new_page()
    page.on("pageerror", lambda error: session.errors.append(str(error)))
    chance = random.Random(session.number)
    try:
        await page.goto(address)
        asked = 0
        while time.monotonic() < end:
            question = ASKED[asked % len(ASKED)].format(n=session.number)
            await _ask(page, session, question, asked)
            asked += 1
            await asyncio.sleep(chance.uniform(*PAUSE_S))
    except Error as error:
        session.errors.append(str(error).splitlines()[0])
    await context.close()


async def _ask(page: Page, session: Session, question: str, before: int) -> None:
    """Ask, open the first citation of the answer, and look for what is not of this session."""
    started = time.monotonic()
    box = page.get_by_role("textbox", name="Ask about governance…")
    await box.fill(question)
    await box.press("Enter")
    await page.locator(".sources").nth(before).wait_for()
    session.waits_s.append(time.monotonic() - started)
    if await page.get_by_test_id("stException").count():
        session.errors.append("a traceback is shown")
    asked = await page.locator(".asked").all_inner_texts()
    listed = await page.locator(".st-key-recent").all_inner_texts()
    numbers = {n for text in (*asked, *listed) for n in re.findall(r"\b1\d\d\b", text)}
    session.strangers += len(numbers - {str(session.number)})
    started = time.monotonic()
    await page.locator(".sources").nth(before).get_by_role("button").first.click()
    await page.get_by_role("dialog").get_by_text("Copy quote with reference").wait_for()
    session.openings_s.append(time.monotonic() - started)
    await page.keyboard.press("Escape")


def _report(sessions: list[Session], memory: list[float], log: str) -> None:
    waits = sorted(wait for session in sessions for wait in session.waits_s)
    openings = sorted(took for session in sessions for took in session.openings_s)
    errors = [f"{s.number}: {error}" for s in sessions for error in s.errors]
    print(f"sessions {len(sessions)}, questions {len(waits)}")
    for name, taken in (("answer", waits), ("opening a citation", openings)):
        if taken:
            late = taken[int(0.95 * (len(taken) - 1))]
            print(f"{name}: median {statistics.median(taken):.2f} s, 95th percentile {late:.2f} s")
    print(f"errors {len(errors)}, questions of other sessions {sum(s.strangers for s in sessions)}")
    print("\n".join(errors[:10]))
    print(f"tracebacks in the server's log: {log.count('Traceback')}")
    thirds = [memory[i * len(memory) // 3 : (i + 1) * len(memory) // 3] for i in range(3)]
    means = ", ".join(f"{statistics.mean(third):.0f}" for third in thirds if third)
    print(f"memory in MB, means of the three thirds of the time: {means}; most {max(memory):.0f}")


if __name__ == "__main__":
    main()
