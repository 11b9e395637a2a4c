"""The stand-in's HTTP side: Web API, file uploads and response_urls, with the faults that were ordered."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from aiohttp import web

from tests.adapters.slack.standin import reading
from tests.adapters.slack.standin.faults import Fault, Faults
from tests.adapters.slack.standin.limits import check_message
from tests.adapters.slack.standin.methods import NEEDS, Methods, Shown
from tests.adapters.slack.standin.shape import Invalid, Json, Refused
from tests.adapters.slack.standin.workspace import (
    APP_TOKEN,
    BOT_TOKEN,
    BOT_USER,
    RESPONSE_SECONDS,
    RESPONSE_USES,
    SCOPES,
    Message,
    ResponseUrl,
    Workspace,
)

PARSED = ("blocks", "view", "metadata", "files", "attachments")


class WebApi:
    """Answers Steward's calls. What breaks a documented limit is refused and kept in `complaints`."""

    def __init__(
        self, workspace: Workspace, methods: Methods, faults: Faults, open_socket: Callable[[], str], shown: Shown
    ) -> None:
        self.workspace = workspace
        self.methods = methods
        self.faults = faults
        self.bot_token, self.app_token = BOT_TOKEN, APP_TOKEN
        self.scopes = set(SCOPES)
        self.app_scopes = {"connections:write"}
        self.complaints: list[str] = []
        self.calls: list[tuple[str, Json]] = []
        self._open_socket = open_socket
        self._shown = shown

    def routes(self) -> list[web.RouteDef]:
        """Where Steward calls."""
        return [
            web.route("*", "/api/{method}", self._api),
            web.post("/upload/v1/{file}", self._upload),
            web.post("/respond/{key}", self._respond),
        ]

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method, args = request.match_info["method"], await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or args.pop("token", "")
        args.pop("token", None)
        self.calls.append((method, args))
        return await self._faulty(request, method, lambda: self._call(method, token, args))

    async def _faulty(self, request: web.Request, name: str, do: Callable[[], Json]) -> web.StreamResponse:
        """Do it, unless a fault was ordered; then what the fault says."""
        fault = self.faults.next(name)
        if fault is None:
            return self._answered(do())
        answer = do() if fault.performed else {}
        if fault.slow:
            with suppress(TimeoutError):
                await fault.go.wait()
        if fault.dropped and request.transport is not None:
            request.transport.abort()
        return self._answered(answer, fault)

    def _answered(self, answer: Json, fault: Fault | None = None) -> web.Response:
        status, text = answer.pop("_status", 200), answer.pop("_text", None)
        headers = {"x-oauth-scopes": ",".join(sorted(self.scopes)), "x-slack-req-id": "stand-in"}
        if fault is not None and fault.error:
            answer, status = {"ok": False, "error": fault.error}, fault.status
            if fault.retry_after:
                headers["Retry-After"] = str(fault.retry_after)
        if text is not None and status == 200:
            return web.Response(text=text)
        return web.json_response(answer, status=status, headers=headers)

    def _call(self, method: str, token: str, args: Json) -> Json:
        try:
            if method == "apps.connections.open":
                self._allowed(token, self.app_token, "connections:write", self.app_scopes)
                return {"ok": True, "url": self._open_socket()}
            self._allowed(token, self.bot_token, self._scope(method, args), self.scopes)
            return {"ok": True, **self.methods.call(method, args)}
        except Refused as refused:
            return {"ok": False, "error": refused.error, **refused.more}
        except Invalid as invalid:
            return self._complain(method, str(invalid))
        except (KeyError, TypeError, ValueError) as error:
            return self._complain(method, f"invalid_arguments: {error!r}")

    def _complain(self, method: str, why: str) -> Json:
        self.complaints.append(f"{method}: {why}")
        error = "invalid_blocks" if why.startswith("blocks") else "invalid_arguments"
        return {"ok": False, "error": error, "response_metadata": {"messages": [f"[ERROR] {why}"]}}

    @staticmethod
    def _allowed(token: str, wanted: str, scope: str, scopes: set[str]) -> None:
        if not token:
            raise Refused("not_authed")
        if token != wanted:
            kind = token.partition("-")[0] in ("xoxb", "xapp", "xoxp")
            raise Refused("not_allowed_token_type" if kind and token[:4] != wanted[:4] else "invalid_auth")
        if scope and scope not in scopes:
            raise Refused("missing_scope", needed=scope, provided=",".join(sorted(scopes)))

    @staticmethod
    def _scope(method: str, args: Json) -> str:
        if method in ("conversations.history", "conversations.replies", "conversations.info"):
            direct = str(args.get("channel", "")).startswith("D")
            part = "read" if method.endswith("info") else "history"
            return f"{'im' if direct else 'channels'}:{part}"
        return NEEDS.get(method, "")

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        kept = self.workspace.files.get(request.match_info["file"])
        if kept is None:
            return web.Response(status=404, text="no such upload")
        body = await request.read()
        if request.content_type.startswith("multipart/"):
            return web.Response(status=400, text="the stand-in takes the bytes as they are")
        return await self._faulty(request, "upload", lambda: self._keep(kept, body))

    def _keep(self, kept: Json, body: bytes) -> Json:
        kept["data"] = body
        if len(body) != kept["length"]:
            self.complaints.append(f"upload: {len(body)} bytes, {kept['length']} were announced")
        return {"_text": f"OK - {len(body)}"}

    # -- response_url

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        key = request.match_info["key"]
        try:
            args = json.loads(await request.text())
        except ValueError:
            args = {}
        self.calls.append(("response_url", args))
        return await self._faulty(request, "response_url", lambda: self._answer(key, args))

    def _answer(self, key: str, args: Json) -> Json:
        url = self.workspace.urls.get(key)
        if url is None:
            return {"ok": False, "error": "invalid_url", "_status": 404}
        if url.uses >= RESPONSE_USES:
            self.complaints.append("response_url: used a sixth time")
            return {"ok": False, "error": "used_url", "_status": 404}
        if self.workspace.now() - url.made > RESPONSE_SECONDS:
            self.complaints.append("response_url: used after half an hour")
            return {"ok": False, "error": "expired_url", "_status": 404}
        url.uses += 1
        try:
            self._show(url, args, key)
        except Invalid as invalid:
            return {**self._complain("response_url", str(invalid)), "_status": 400}
        return {"ok": True}

    def _show(self, url: ResponseUrl, args: Json, key: str) -> None:
        pressed = self.workspace.messages.get((url.channel, url.about))
        if args.get("delete_original"):
            if pressed is not None:
                pressed.deleted = True
                self._shown("respond", (key, pressed))
            return
        self._shown("respond", (key, self.respond(url, args)))

    def respond(self, url: ResponseUrl, args: Json) -> Message:
        """What was answered, as a message: shown to the asker, or to all where it says so. Raises Invalid."""
        check_message(args)
        pressed = self.workspace.messages.get((url.channel, url.about))
        blocks = args.get("blocks") or []
        if args.get("replace_original") and pressed is not None:
            pressed.text, pressed.blocks = args["text"], reading.with_ids(blocks)
            pressed.edited += 1
            return pressed
        only = "" if args.get("response_type") == "in_channel" else url.user
        made = Message(url.channel, self.workspace.ts(), BOT_USER, args["text"], list(blocks), only=only)
        return self.workspace.post(made)


async def _arguments(request: web.Request) -> Json:
    """The arguments of a call, from wherever the SDK puts them."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        body: Any = json.loads(await request.text() or "{}")
        args |= body if isinstance(body, dict) else {}
    elif request.method == "POST":
        args |= dict(await request.post())
    for name in PARSED:
        if isinstance(args.get(name), str) and args[name]:
            args[name] = json.loads(args[name])
    return args
