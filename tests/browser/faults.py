"""What must not happen on any page, whatever a test looks for there."""

from playwright.sync_api import ConsoleMessage, Page, Response


def watch(page: Page, faults: list[str]) -> None:
    """Adds to `faults` what goes wrong: exceptions and errors in the console, a broken policy among them."""
    documents = set()

    def remember_document(response: Response) -> None:
        if response.request.is_navigation_request():
            documents.add(response.url)

    def note(message: ConsoleMessage) -> None:
        # Chromium logs a page's own 404 or 400 too; what status a page has is its test's business.
        expected = message.text.startswith("Failed to load resource") and message.location["url"] in documents
        if message.type == "error" and not expected:
            faults.append(f"{page.url}: {message.text} ({message.location['url']})")

    page.on("response", remember_document)
    page.on("console", note)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
