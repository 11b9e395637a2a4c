"""Files that people attach to forms: told of as Slack does, and handed over to whoever may read them."""

from collections.abc import Callable
from contextlib import suppress

from aiohttp import web

from tests.adapters.slack.standin.faults import Faults
from tests.adapters.slack.standin.shape import Json
from tests.adapters.slack.standin.web_api import WebApi
from tests.adapters.slack.standin.workspace import TEAM, Workspace

TYPES = {"csv": "text/csv", "yaml": "text/plain", "txt": "text/plain", "html": "text/html", "png": "image/png"}
PAGE = "<!DOCTYPE html><html><title>Sign in to Library association</title></html>"


class Attached:
    """Keeps and serves them. `downloads` names all that were asked for, `led_away` those that were not handed over.

    `pages` counts how often the page for signing in was opened.
    """

    def __init__(self, workspace: Workspace, api: WebApi, faults: Faults, base: Callable[[], str]) -> None:
        """`base` is the stand-in's own address."""
        self.workspace = workspace
        self.api = api
        self.faults = faults
        self.downloads: list[str] = []
        self.led_away: list[str] = []
        self.pages = 0
        self._base = base

    def routes(self) -> list[web.RouteDef]:
        """Where files are fetched, and where whoever may not is led."""
        return [web.get("/files-pri/{id}/download/{name}", self._download), web.get("/", self._page)]

    def keep(self, user: str, name: str, data: bytes) -> Json:
        """A file that somebody attaches: what a form then says of it."""
        id, kind = f"F{self.workspace.number()}", name.rpartition(".")[2]
        address = f"{self._base()}/files-pri/{TEAM}-{id}"
        about: Json = {
            "id": id,
            "created": int(self.workspace.now()),
            "timestamp": int(self.workspace.now()),
            "name": name,
            "title": name,
            "mimetype": TYPES[kind],
            "filetype": kind,
            "pretty_type": kind.upper(),
            "user": user,
            "user_team": TEAM,
            "editable": False,
            "size": len(data),
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": False,
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": f"{address}/{name}",
            "url_private_download": f"{address}/download/{name}",
            "permalink": f"https://library.slack.com/files/{user}/{id}/{name}",
            "has_rich_preview": False,
            "file_access": "visible",
        }
        self.workspace.attached[f"{TEAM}-{id}"] = (about, data)
        return about

    async def _download(self, request: web.Request) -> web.StreamResponse:
        about, data = self.workspace.attached[request.match_info["id"]]
        self.downloads.append(request.match_info["name"])
        fault = self.faults.next("download")
        if fault is not None and fault.slow:
            with suppress(TimeoutError):
                await fault.go.wait()
        if fault is not None and fault.dropped and request.transport is not None:
            request.transport.abort()
        if fault is not None and fault.page:
            return await self._page(request)
        if fault is not None and fault.endless:
            return await _endless(request)
        if fault is not None and fault.status != web.HTTPOk.status_code:
            return web.Response(status=fault.status)
        allowed = request.headers.get("Authorization") == f"Bearer {self.api.bot_token}"
        if not allowed or "files:read" not in self.api.scopes:
            self.led_away.append(about["name"])
            raise web.HTTPFound(f"{self._base()}/?redir=%2Ffiles-pri%2F{about['id']}")
        return web.Response(body=data, content_type=about["mimetype"])

    async def _page(self, _request: web.Request) -> web.StreamResponse:
        self.pages += 1
        return web.Response(text=PAGE, content_type="text/html")


async def _endless(request: web.Request) -> web.StreamResponse:
    """Something that goes on until whoever reads it has had enough."""
    answer = web.StreamResponse()
    await answer.prepare(request)
    with suppress(ConnectionError):
        while True:
            await answer.write(b"a,b\n" * 1024)
    return answer
