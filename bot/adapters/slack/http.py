"""Slack by HTTP: one address, to which only Slack's own signature gets in."""

import hashlib
import hmac
import json
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

log = logging.getLogger(__name__)

Dispatch = Callable[[Mapping[str, Any]], Awaitable[str]]

EVERYWHERE = "0.0.0.0"  # noqa: S104 - a proxy on another machine or in another container has to reach it
PATH = "/slack/events"
OLDEST = 300  # seconds that a request may be old, or ahead
LARGEST = 1024 * 1024  # bytes of a request
STOPPING = 5.0  # seconds that requests under way are given at a stop
UNKNOWN, NONSENSE = 401, 400
TIME_DIGITS = 12  # digits of a time in seconds, with some to spare
TOLD_AGAIN = timedelta(minutes=10)

FORGED = (
    "a request was refused, since its signature does not fit SLACK_SIGNING_SECRET. If commands in Slack get no answer, "
    "this is why: open api.slack.com/apps, choose your app, then “Basic Information”, copy the “Signing Secret” into "
    ".env, and start Steward again. If they do get one, a stranger knocked, and nothing has to be done."
)
OLD = (
    "a request of Slack's was refused, since it is more than five minutes old or ahead by this computer's clock. "
    "Set the clock right, best by the internet's time."
)
STRANGER = "a request without Slack's signature was refused: a stranger knocked, and nothing has to be done"


class Door:
    """Listens, lets Slack's requests in, and answers them."""

    def __init__(self, secret: str, port: int, dispatch: Dispatch, now: Callable[[], datetime]) -> None:
        """`now` tells the time; `port` 0 takes any that is free."""
        self._secret = secret.encode()
        self._wanted = port
        self._dispatch = dispatch
        self._now = now
        self._runner: web.AppRunner | None = None
        self._refused = Refusals(now)
        self._known = False

    @property
    def port(self) -> int:
        """Where it listens."""
        found = self._runner.addresses if self._runner else []
        inet = [one for one in found if len(one) == 2]  # noqa: PLR2004 - IPv6 has four parts, and maybe another port
        return int((inet or found)[0][1]) if found else self._wanted

    async def open(self) -> None:
        """Listen. Raises OSError where the port can't be had."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(PATH, self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOPPING, handle_signals=False)
        await self._runner.setup()
        await web.TCPSite(self._runner, EVERYWHERE, self._wanted).start()

    async def close(self) -> None:
        """Let in nobody more, and finish what is under way."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        why = self._doubt(request.headers, body)
        if why:
            self._refused.note(why)
            return web.Response(status=UNKNOWN)
        if not self._known:
            self._known = True
            log.info("Slack's first request was let in: the signing secret is right")
        try:
            payload = payload_of(body.decode())
            if payload.get("type") == "url_verification":
                return web.json_response({"challenge": str(payload.get("challenge") or "")})
            if "ssl_check" in payload:
                return web.Response()
            said = await self._dispatch(payload)
        except (ValueError, RecursionError) as error:
            log.warning("a request that makes no sense was refused (%s)", type(error).__name__)
            return web.Response(status=NONSENSE)
        return web.Response(text=said, content_type="application/json") if said else web.Response()

    def _doubt(self, headers: Mapping[str, str], body: bytes) -> str:
        """Why this may not be a request that Slack made just now; empty where the signature proves that it is."""
        time, signature = headers.get("X-Slack-Request-Timestamp", ""), headers.get("X-Slack-Signature", "")
        if not (signature and time.isascii() and time.isdigit() and len(time) <= TIME_DIGITS):
            return STRANGER
        digest = hmac.new(self._secret, b"v0:" + time.encode() + b":" + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(f"v0={digest}".encode(), signature.encode("utf-8", "surrogateescape")):
            return FORGED
        return OLD if abs(self._now().timestamp() - int(time)) > OLDEST else ""


class Refusals:
    """Tells the log of requests that were refused: at once, then no more than one line in ten minutes for each reason.

    Nothing of what was sent is repeated.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._told: dict[str, datetime] = {}
        self._untold: Counter[str] = Counter()

    def note(self, why: str) -> None:
        """One more was refused."""
        now = self._now()
        if why in self._told and now - self._told[why] < TOLD_AGAIN:
            self._untold[why] += 1
            return
        more = f" ({self._untold.pop(why)} more like it since this was last said)" if self._untold[why] else ""
        self._told[why] = now
        log.log(logging.INFO if why == STRANGER else logging.WARNING, "%s%s", why, more)


def payload_of(body: str) -> Mapping[str, Any]:
    """What a request holds: JSON, a form with JSON in it, or the form of a slash command. Raises ValueError."""
    if body.lstrip()[:1] in ("{", "[", '"') or not body.strip():
        found = json.loads(body)
    else:
        fields = dict(parse_qsl(body, keep_blank_values=True, max_num_fields=100))
        found = json.loads(fields["payload"]) if "payload" in fields else fields
    if not isinstance(found, dict):
        raise ValueError("it is no object")  # noqa: TRY004 - what a stranger sends has a wrong value
    return found
