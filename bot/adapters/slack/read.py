"""What people do on Slack, as Requests."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.adapters.slack.addresses import NETWORK, person, place
from bot.adapters.slack.people import Profile
from bot.core.chat import Place, Request
from bot.core.command import Shortcut

Payload = Mapping[str, Any]

COMMAND = "steward"
_TOKEN = re.compile(r"<([^<>\n]*)>")
_ENTITY = re.compile("&(amp|lt|gt);")
_SIGNS = {"amp": "&", "lt": "<", "gt": ">"}


def unescaped(text: str, workspace: str) -> str:
    """A text as it was typed: mentions as Steward's ids, links as their address, entities as their sign."""
    return _ENTITY.sub(lambda found: _SIGNS[found[1]], _TOKEN.sub(lambda found: _token(found[1], workspace), text))


def _token(inside: str, workspace: str) -> str:
    address, _, label = inside.partition("|")
    match address[:1]:
        case "@":
            return person(workspace, address[1:]).id
        case "#":
            return place(workspace, address[1:]).id
        case "!":
            return label or f"@{address[1:].partition('^')[0]}"
        case _:
            if address.startswith(("mailto:", "tel:")):
                return label or address
            return address if label in address else f"{label} {address}"


def workspace_of(payload: Payload) -> str:
    """The workspace in which something was done."""
    team = payload.get("team") or {}
    user = payload.get("user")
    own = user.get("team_id") if isinstance(user, Mapping) else None
    return str(payload.get("team_id") or team.get("id") or own or "")


def user_in(payload: Payload) -> str:
    """Who did it."""
    user = payload.get("user")
    return str(user.get("id") if isinstance(user, Mapping) else payload.get("user_id") or user or "")


def where_of(payload: Payload) -> Place:
    """Where it was done."""
    channel = payload.get("channel") or {}
    container = payload.get("container") or {}
    found = payload.get("channel_id") or channel.get("id") or container.get("channel_id") or ""
    return place(workspace_of(payload), str(found))


def request(payload: Payload, profile: Profile, delivery: str, **what: Any) -> Request:
    """The Request of something that a person did; `what` is the rest of it."""
    workspace = workspace_of(payload)
    return Request(
        **{"where": where_of(payload), **what},
        who=person(workspace, user_in(payload)),
        delivery=f"{NETWORK}:{workspace}/{delivery}",
        shown_name=profile.name,
        suggested_zone=profile.zone,
        administrator=profile.administrator,
    )


def typed(payload: Payload, prefix: str) -> tuple[str, str]:
    """The command and the words of a slash command: `/steward posted x` and `/st-posted x` are the same."""
    text = unescaped(str(payload.get("text") or ""), workspace_of(payload))
    name = str(payload.get("command") or "").lstrip("/")
    if name == COMMAND:
        return "", text
    return name.removeprefix(prefix), text


def words_of(message: Payload, workspace: str) -> str:
    """The words of a message, those of what it shares included."""
    parts = [str(message.get("text") or "")]
    for attachment in message.get("attachments") or ():
        parts += [str(attachment.get(name) or "") for name in ("title", "text") if attachment.get(name)]
    return unescaped("\n".join(part for part in parts if part.strip()), workspace)


def message_values(payload: Payload, shortcut: Shortcut, author: Profile) -> dict[str, str] | None:
    """What a shortcut takes of the message in whose menu it is; None where there is nothing that it could take."""
    message, workspace = payload.get("message") or {}, workspace_of(payload)
    who = str(message.get("username") or "")  # the name that an app goes by
    if message.get("user"):
        who = f"{person(workspace, str(message['user'])).id} {author.name}".strip()
    seconds = int(str(message["ts"]).partition(".")[0])  # the number behind its point is no time
    when = datetime.fromtimestamp(seconds, UTC)
    return shortcut.values(words_of(message, workspace), who=who, when=when, link=_link(payload, str(message["ts"])))


def _link(payload: Payload, ts: str) -> str:
    """Where a message stands; nothing where Slack does not say by what name the workspace goes."""
    domain, channel = (payload.get("team") or {}).get("domain"), where_of(payload).id.rpartition("/")[2]
    return f"https://{domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}" if domain and channel else ""


def delivery_of(payload: Payload) -> str:
    """An id that is the same when the same thing is handed over again.

    A form that was sent in is known by its view as it stood: correcting it after a refusal keeps nothing of the first.
    """
    view = payload.get("view") or {}
    match payload.get("type"):
        case "view_submission":
            return f"{view.get('id')}/{view.get('hash')}"
        case "block_actions":
            action = payload["actions"][0]
            return f"{user_in(payload)}/{action.get('action_ts')}/{action.get('action_id')}"
        case "event_callback":
            return str(payload.get("event_id"))
        case _:
            return str(payload.get("trigger_id") or payload.get("action_ts"))
