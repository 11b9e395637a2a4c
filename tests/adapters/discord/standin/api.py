"""Discord's HTTP interface: who may call, messages that are sent once by their nonce, and the calls that are held."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from fnmatch import fnmatch
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from aiohttp import web
from simcord.backend import Backend
from simcord.backend.errors import BackendError
from simcord.http.router import RouteNotImplemented, dispatch

from tests.adapters.discord.standin.holds import Holds

Payload = dict[str, Any]
TOKEN = "MTIz.stand.in"
BASE = "/api/v10"
NONCE_LENGTH = 25
REMEMBERED = timedelta(minutes=5)  # Discord says “the past few minutes”
OPEN = ("interactions", "webhooks")  # routes that carry a token of their own


class Api:
    """Answers Steward's calls; the work is done by the simulated Discord."""

    def __init__(self, backend: Backend, holds: Holds, note: Callable[[], None]) -> None:
        """`note` is told of every call that was done."""
        self.token = TOKEN
        self.gateway_url = ""
        self.calls: list[str] = []  # each with its method and path
        self.complaints: list[str] = []  # what broke a documented rule
        self._backend = backend
        self._holds = holds
        self._note = note
        self._nonces: dict[str, tuple[datetime, Payload]] = {}

    def asked(self, method: str, path: str) -> int:
        """How many calls of that method there were to a path that fits, such as `/channels/*/messages`."""
        return sum(fnmatch(one, f"{method} {path}") for one in self.calls)

    def fail(self, method: str, path: str, *, status: int, code: int = 0) -> None:
        """The next call that fits is answered so, and nothing is done."""
        fault = {"method": method, "path": path, "status": status, "code": code, "times": 1, "message": "as ordered"}
        self._backend.faults.append(fault)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call: done, held where that was ordered, and answered."""
        path = request.path.removeprefix(BASE)
        call = f"{request.method} {path}"
        self.calls.append(call)
        body, files = await _read(request)
        status, answer = self._answer(request, path, body, files)
        self._note()
        hold = self._holds.next(call)
        if hold is not None:
            await hold.go.wait()
            if hold.dropped and request.transport is not None:
                request.transport.abort()
        if answer is None:
            return web.Response(status=204)
        # discord.py takes an answer for JSON by exactly this type, without a charset
        return web.Response(status=status, body=json.dumps(answer).encode(), content_type="application/json")

    def _answer(self, request: web.Request, path: str, body: Any, files: list[Any]) -> tuple[int, Any]:
        own_token = path.strip("/").split("/")[0] in OPEN
        if not own_token and request.headers.get("Authorization") != f"Bot {self.token}":
            return 401, {"message": "401: Unauthorized", "code": 0}
        try:
            return 200, self._once(request, path, body, files)
        except BackendError as error:
            if isinstance(error, RouteNotImplemented) and path == "/gateway/bot":
                limit = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
                return 200, {"url": self.gateway_url, "shards": 1, "session_start_limit": limit}
            if error.status in (400, 501):
                self.complaints.append(f"{request.method} {path}: {error}")
            return error.status, error.to_json()

    def _once(self, request: web.Request, path: str, body: Any, files: list[Any]) -> Any:
        """Do it; a message whose nonce is enforced and was used within minutes is the first one again."""
        nonce = body.get("nonce") if isinstance(body, dict) and body.get("enforce_nonce") else None
        now = self._backend.clock.now()
        if nonce is not None:
            if len(str(nonce)) > NONCE_LENGTH:
                raise BackendError(400, 50035, "Invalid Form Body: nonce: Must be 25 or fewer in length.")
            since, message = self._nonces.get(str(nonce), (now - REMEMBERED, {}))
            if now - since < REMEMBERED:
                return message
        answer = dispatch(self._backend, request.method, path, json=body, params=dict(request.query), files=files)
        if nonce is not None:
            answer = {**answer, "nonce": nonce}
            self._nonces[str(nonce)] = (now, answer)
        return answer


async def _read(request: web.Request) -> tuple[Any, list[Any]]:
    """What was sent: the JSON, and the files with the text that belongs to each."""
    if request.content_type != "multipart/form-data":
        said = await request.text()
        return (json.loads(said) if said else None), []
    form = await request.post()
    body = json.loads(str(form["payload_json"]))
    texts = {str(one["id"]): one.get("description") for one in body.get("attachments", ())}
    files = [
        SimpleNamespace(fp=BytesIO(part.file.read()), filename=part.filename, description=texts.get(name[6:-1]))
        for name, part in form.items()
        if isinstance(part, web.FileField)
    ]
    return body, files
