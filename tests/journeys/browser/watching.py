"""What goes wrong in a browser unseen: messages of its console, answers with errors, requests to other hosts."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response


class Watch:
    """Notes what goes wrong in the pages of one browser; a violation of the policy is a message of the console."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.faults: list[str] = []
        self.expected: set[int] = set()
        context.on("console", self._message)
        context.on("weberror", lambda error: self.faults.append(f"error in a script: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def expect(self, *statuses: int) -> None:
        """From here on these refusals are part of the story."""
        self.expected.update(statuses)

    def _message(self, message: ConsoleMessage) -> None:
        tells_a_status = message.text.startswith(("Failed to load resource", "Response Status Error Code"))
        if message.type in ("error", "warning") and not tells_a_status:
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.faults.append(f"asks another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.status} for {response.url}")
