"""How does a test use the pages as people do? A real browser, with or without scripts, that may go nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PASSWORD = "a long invented password"
DESK = {"width": 1100, "height": 900}
NARROW = {"width": 320, "height": 640}


class Visitor:
    """A person at a browser. Collects what must not happen: requests elsewhere, console errors, policy reports."""

    def __init__(self, context: BrowserContext, address: str, *, scripts: bool):
        self.address = address
        self.scripts = scripts
        self.page: Page = context.new_page()
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", self._watch_request)
        self.page.on("console", self._watch_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.address}{path}")
        return self.page

    def sign_in(self, email: str) -> None:
        self.open("/sign-in/")
        self.page.fill("#email", email)
        self.page.fill("#password", PASSWORD)
        self.press_button()

    def press_button(self) -> None:
        """The one button of the page's form."""
        self.page.click("main form button.govuk-button")

    def faults(self) -> list[str]:
        """What axe finds wrong with the page: rule, and the first element that breaks it."""
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("axe.run()")
        return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found["violations"]]

    def scrolls_sideways(self) -> bool:
        return self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")

    def _watch_request(self, request) -> None:
        if not request.url.startswith(self.address):
            self.elsewhere.append(request.url)

    def _watch_console(self, message) -> None:
        # A page that answers with a refusal is reported as a failed load of itself.
        url = message.location["url"]
        if message.type in ("error", "warning") and url != self.page.url:
            self.complaints.append(f"{message.text} {url}")


@contextmanager
def chromium(address: str) -> Iterator:
    """`visit(viewport=…, scripts=…)` gives a new visitor with cookies of their own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)

        def visit(*, viewport: dict = DESK, scripts: bool = True) -> Visitor:
            return Visitor(
                browser.new_context(viewport=viewport, java_script_enabled=scripts), address, scripts=scripts
            )

        yield visit
        browser.close()
