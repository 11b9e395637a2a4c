"""What Slack hands an app when a person does something, shaped as in its documentation."""

from typing import Any

from tests.adapters.slack.standin.markup import escaped
from tests.adapters.slack.standin.shape import Json
from tests.adapters.slack.standin.workspace import APP, BOT_USER, TEAM, Channel, Member, Message, View

TOKEN = "verification-token"


def command(who: Member, channel: Channel, name: str, text: str, *, url: str, trigger: str) -> Json:
    """A slash command."""
    return {
        "token": TOKEN,
        "team_id": TEAM,
        "team_domain": "library",
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.user else channel.name,
        "user_id": who.id,
        "user_name": who.name.casefold().replace(" ", "."),
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": url,
        "trigger_id": trigger,
    }


def _interaction(kind: str, who: Member, trigger: str) -> Json:
    name = who.name.casefold().replace(" ", ".")
    return {
        "type": kind,
        "user": {"id": who.id, "username": name, "name": name, "team_id": TEAM},
        "api_app_id": APP,
        "token": TOKEN,
        "trigger_id": trigger,
        "team": {"id": TEAM, "domain": "library"},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _channel(channel: Channel) -> Json:
    return {"id": channel.id, "name": "directmessage" if channel.user else channel.name}


def on_message(
    who: Member, channel: Channel, message: Message, action: Json, *, url: str, trigger: str, state: Json
) -> Json:
    """A control of a message was used. A message shown to one person only does not come with the payload."""
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.only),
    }
    found = _interaction("block_actions", who, trigger) | {
        "container": container,
        "channel": _channel(channel),
        "state": {"values": state},
        "response_url": url,
        "actions": [action],
    }
    return found if message.only else found | {"message": message.payload()}


def on_view(who: Member, view: View, action: Json, trigger: str, state: Json) -> Json:
    """A control of a form or a home tab was used."""
    return _interaction("block_actions", who, trigger) | {
        "container": {"type": "view", "view_id": view.id},
        "view": view.payload(state),
        "actions": [action],
    }


def submission(who: Member, view: View, trigger: str, state: Json) -> Json:
    """A form was sent in."""
    return _interaction("view_submission", who, trigger) | {"view": view.payload(state), "response_urls": []}


def closed(who: Member, view: View, *, cleared: bool = False) -> Json:
    """A form was closed without being sent in."""
    found = _interaction("view_closed", who, "") | {"view": view.payload(), "is_cleared": cleared}
    del found["trigger_id"]
    return found


def shortcut(who: Member, callback: str, trigger: str, at: str) -> Json:
    """A global shortcut."""
    return _interaction("shortcut", who, trigger) | {"callback_id": callback, "action_ts": at}


def message_shortcut(who: Member, channel: Channel, message: Message, callback: str, *, url: str, trigger: str) -> Json:
    """A shortcut on a message."""
    return _interaction("message_action", who, trigger) | {
        "callback_id": callback,
        "action_ts": trigger,
        "message_ts": message.ts,
        "channel": _channel(channel),
        "message": message.payload(),
        "response_url": url,
    }


def suggestion(who: Member, view: View, block_id: str, action_id: str, typed: str) -> Json:
    """Somebody types in an external select."""
    found = _interaction("block_suggestion", who, "") | {
        "container": {"type": "view", "view_id": view.id},
        "action_id": action_id,
        "block_id": block_id,
        "value": typed,
        "view": view.payload(),
    }
    del found["trigger_id"]
    return found


def event(content: Json, id: str, at: float) -> Json:
    """An event."""
    return {
        "token": TOKEN,
        "team_id": TEAM,
        "api_app_id": APP,
        "event": content,
        "type": "event_callback",
        "event_id": id,
        "event_time": int(at),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": "4-eventcontext",
    }


def home_opened(who: Member, channel: Channel, view: View | None, at: str, tab: str = "home") -> Json:
    """Somebody opened the app's home or messages tab."""
    found: Json = {"type": "app_home_opened", "user": who.id, "channel": channel.id, "tab": tab, "event_ts": at}
    return found | {"view": view.payload()} if view is not None and tab == "home" else found


def direct_message(message: Message) -> Json:
    """Somebody, or the bot itself, wrote in the direct conversation."""
    found = message.payload(metadata=True) | {"channel": message.channel, "channel_type": "im", "event_ts": message.ts}
    return found if message.user == BOT_USER else found | {"client_msg_id": f"c-{message.ts}"}


def message_changed(message: Message, at: str) -> Json:
    """A message in the direct conversation was changed."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "message": message.payload(),
        "previous_message": message.payload(),
        "channel": message.channel,
        "hidden": True,
        "ts": at,
        "event_ts": at,
        "channel_type": "im",
    }


def value_of(element: Json, given: Any) -> Json:
    """What a form or message says of an element: `given` is what was typed or chosen there, None for nothing."""
    kind = element["type"]
    names = {
        "static_select": "selected_option",
        "external_select": "selected_option",
        "radio_buttons": "selected_option",
        "users_select": "selected_user",
        "conversations_select": "selected_conversation",
        "channels_select": "selected_channel",
        "datepicker": "selected_date",
        "timepicker": "selected_time",
        "datetimepicker": "selected_date_time",
        "checkboxes": "selected_options",
        "multi_static_select": "selected_options",
        "file_input": "files",
    }
    return {"type": kind, names.get(kind, "value"): given}


def initial(element: Json) -> Any:
    """What stands in an element at first."""
    for name in ("option", "options", "user", "conversation", "channel", "date", "time", "date_time", "value"):
        if f"initial_{name}" in element:
            return element[f"initial_{name}"]
    return [] if element["type"] in ("checkboxes", "multi_static_select", "file_input") else None


def typed(text: str) -> str:
    """What a person types in a slash command, as Slack hands it on."""
    return escaped(text)
