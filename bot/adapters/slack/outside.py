"""What Slack's adapter is given: the workspace's keys, and the engine's ways in."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec import Struct

from bot.core.command import Command
from bot.core.ports import Flush, Handle, Suggest, Watch


class Keys(Struct, frozen=True):
    """What the workspace's administrator gave. Without an app token Slack comes by HTTP, signed.

    `port` is where HTTP is listened for (0: any that is free), `prefix` begins the short commands, `api_url` is
    another address for Slack's Web API.
    """

    bot_token: str
    app_token: str = ""
    signing_secret: str = ""
    port: int = 3000
    prefix: str = "st-"
    api_url: str = ""


class Outside(Struct, frozen=True):
    """What the composition root brings: the engine's ways in, the command table, and the time.

    `flush` delivers what waits: it is awaited before the connection is closed. `seconds` counts up from any moment.
    """

    handle: Handle
    watch: Watch
    suggest: Suggest
    commands: Mapping[str, Command]
    now: Callable[[], datetime]
    seconds: Callable[[], float] = time.monotonic
    flush: Flush | None = None
