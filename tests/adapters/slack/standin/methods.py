"""The methods of Slack's Web API that Steward uses, on a workspace in memory."""

from collections.abc import Callable
from typing import Any

from tests.adapters.slack.standin import reading
from tests.adapters.slack.standin.limits import check_message, check_view
from tests.adapters.slack.standin.shape import Json, Refused, need, short
from tests.adapters.slack.standin.workspace import APP, BOT, BOT_USER, TEAM, Channel, Message, View, Workspace

Shown = Callable[[str, Any], None]
"""(how, what) became visible: told to whoever waits for it. `how` is message, changed, deleted, view or home."""

NEEDS = {  # method → the scope that it takes; none where it is missing
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "conversations.open": "im:write",
    "users.info": "users:read",
    "users.list": "users:read",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
}


class Methods:
    """One method of Slack's a method; each takes the arguments and gives the answer without `ok`. Raises Refused."""

    def __init__(self, workspace: Workspace, base: Callable[[], str], shown: Shown) -> None:
        """`base` is the stand-in's own address."""
        self.workspace = workspace
        self._base = base
        self._shown = shown
        self.triggers: dict[str, str] = {}  # trigger_id → the user who pulled it; used once
        self.spent: set[str] = set()
        self.still_busy = 0  # for so many looks at a new file, it is not ready to be shown
        self.table: dict[str, Callable[[Json], Json]] = {
            "api.test": lambda args: {"args": args},
            "auth.test": self._auth_test,
            "chat.postMessage": self._post,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "conversations.open": self._open,
            "conversations.info": self._info,
            "conversations.history": self._history,
            "conversations.replies": self._history,
            "users.info": lambda args: {"user": self.workspace.member(args["user"]).profile()},
            "users.list": self._users,
            "views.open": self._view_open,
            "views.push": self._view_push,
            "views.update": self._view_update,
            "views.publish": self._view_publish,
            "files.getUploadURLExternal": self._upload_url,
            "files.completeUploadExternal": self._upload_done,
        }

    def call(self, method: str, args: Json) -> Json:
        """What the method answers. Raises Refused, Invalid."""
        if method not in self.table:
            raise Refused("unknown_method")
        return self.table[method](args)

    def _auth_test(self, _args: Json) -> Json:
        return {
            "url": "https://library.slack.com/",
            "team": "Library association",
            "user": "steward",
            "team_id": TEAM,
            "user_id": BOT_USER,
            "bot_id": BOT,
            "is_enterprise_install": False,
        }

    # -- messages

    def _writable(self, id: str) -> Channel:
        channel = self.workspace.channel(id)
        if channel.user and self.workspace.member(channel.user).deleted:
            raise Refused("user_disabled")
        if not channel.has_bot:
            raise Refused("channel_not_found" if channel.private else "not_in_channel")
        return channel

    def _message(self, args: Json, channel: str, **more: Any) -> Message:
        self._checked(args)
        workspace = self.workspace
        blocks, metadata = args.get("blocks") or [], args.get("metadata")
        return Message(channel, workspace.ts(), BOT_USER, args["text"], list(blocks), metadata, **more)

    def _checked(self, args: Json) -> None:
        """Raises Invalid, or Refused where a picture of Slack's own is not ready, or not there at all."""
        check_message(args)
        for index, block in enumerate(args.get("blocks") or []):
            file = block.get("slack_file")
            if file is None:
                continue
            kept = self.workspace.files.get(file["id"])
            if kept is None or "title" not in kept or kept["busy"]:
                if kept is not None:
                    kept["busy"] -= 1
                raise Refused(
                    "invalid_blocks", errors=[f"invalid slack file [json-pointer:/blocks/{index}/slack_file]"]
                )

    def _post(self, args: Json) -> Json:
        channel = self._writable(args["channel"])
        thread = args.get("thread_ts") or ""
        if thread:
            self.workspace.message(channel.id, thread)
        message = self.workspace.post(self._message(args, channel.id, thread=thread, extras={"call": args}))
        self._shown("message", message)
        return {"channel": channel.id, "ts": message.ts, "message": message.payload(metadata=True)}

    def _post_ephemeral(self, args: Json) -> Json:
        channel, user = self._writable(args["channel"]), self.workspace.member(args["user"])
        message = self.workspace.post(self._message(args, channel.id, only=user.id))
        self._shown("message", message)
        return {"message_ts": message.ts}

    def _update(self, args: Json) -> Json:
        channel = self._writable(args["channel"])
        message = self.workspace.message(channel.id, args["ts"])
        if message.only:
            raise Refused("message_not_found")
        if message.user != BOT_USER:
            raise Refused("cant_update_message")
        self._checked(args)
        message.text, message.blocks = args["text"], reading.with_ids(args.get("blocks") or [])
        message.metadata = args.get("metadata") or message.metadata
        message.edited += 1
        self._shown("changed", message)
        return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": message.payload()}

    def _delete(self, args: Json) -> Json:
        message = self.workspace.message(args["channel"], args["ts"])
        message.deleted = True
        self._shown("deleted", message)
        return {"channel": message.channel, "ts": message.ts}

    # -- conversations and people

    def _open(self, args: Json) -> Json:
        user = self.workspace.member(args["users"])
        if user.deleted:
            raise Refused("user_disabled")
        return {"channel": {"id": self.workspace.direct(user.id).id}}

    def _info(self, args: Json) -> Json:
        channel = self.workspace.channel(args["channel"])
        return {
            "channel": {
                "id": channel.id,
                "name": channel.name,
                "is_channel": not channel.user,
                "is_im": bool(channel.user),
                "is_private": channel.private,
                "is_archived": False,
                "is_member": channel.has_bot,
            }
        }

    def _history(self, args: Json) -> Json:
        channel = self.workspace.channel(args["channel"])
        limit, newest, oldest = int(args.get("limit", 100)), args.get("latest") or "9" * 12, args.get("oldest") or "0"
        found = [one for one in self.workspace.in_channel(channel.id) if oldest < one.ts < newest and not one.only]
        thread = args.get("ts", "")  # a conversation comes newest first, a thread oldest first
        found = [one for one in found if thread in (one.ts, one.thread)] if thread else found[::-1]
        with_metadata = str(args.get("include_all_metadata", "")).casefold() in ("1", "true")
        shown = [one.payload(metadata=with_metadata) for one in found[:limit]]
        more = len(found) > limit
        answer: Json = {"messages": shown, "has_more": more, "pin_count": 0}
        return answer | ({"response_metadata": {"next_cursor": "more"}} if more else {})

    def _users(self, _args: Json) -> Json:
        return {"members": [one.profile() for one in self.workspace.members.values()], "cache_ts": 1}

    # -- forms and homes

    def _pull(self, args: Json) -> str:
        """The user whose interaction gave this trigger; it works once."""
        trigger = args.get("trigger_id") or ""
        if trigger in self.spent:
            raise Refused("exchanged_trigger_id")
        if trigger not in self.triggers:
            raise Refused("expired_trigger_id")
        self.spent.add(trigger)
        return self.triggers[trigger]

    def _new_view(self, user: str, view: Json, kind: str, **more: Any) -> View:
        check_view(view, kind)
        number = self.workspace.number()
        kept = {**view, "blocks": reading.with_ids(view["blocks"])}
        return View(f"V{number}", user, kept, f"{number}.hash", **more)

    def _view_open(self, args: Json) -> Json:
        user = self._pull(args)
        view = self._new_view(user, args["view"], "modal")
        self.workspace.views[view.id] = view
        self._shown("view", (view, args["trigger_id"]))
        return {"view": view.payload()}

    def _view_push(self, args: Json) -> Json:
        user = self._pull(args)
        below = [one for one in self.workspace.views.values() if one.user == user and one.open]
        if not below or len(below) >= 3:
            raise Refused("push_limit_reached")
        view = self._new_view(user, args["view"], "modal", root=below[0].id, previous=below[-1].id)
        self.workspace.views[view.id] = view
        self._shown("view", (view, args["trigger_id"]))
        return {"view": view.payload()}

    def _view_update(self, args: Json) -> Json:
        view = self.workspace.views.get(args.get("view_id") or "")
        if view is None or not view.open:
            raise Refused("not_found")
        if args.get("hash") not in (None, "", view.hash):
            raise Refused("hash_conflict")
        self.replace_view(view, args["view"])
        self._shown("view", (view, ""))
        return {"view": view.payload()}

    def replace_view(self, view: View, content: Json) -> None:
        """Show something else in an open form."""
        check_view(content, "modal")
        view.view = {**content, "blocks": reading.with_ids(content["blocks"])}
        view.hash, view.errors = f"{self.workspace.number()}.hash", {}

    def push_view(self, below: View, content: Json) -> View:
        """Show a form over another one."""
        view = self._new_view(below.user, content, "modal", root=below.root or below.id, previous=below.id)
        self.workspace.views[view.id] = view
        return view

    def _view_publish(self, args: Json) -> Json:
        user = self.workspace.member(args["user_id"])
        before = self.workspace.homes.get(user.id)
        if args.get("hash") and (before is None or before.hash != args["hash"]):
            raise Refused("hash_conflict")
        view = self._new_view(user.id, args["view"], "home")
        self.workspace.homes[user.id] = view
        self._shown("home", view)
        return {"view": view.payload()}

    # -- files

    def _upload_url(self, args: Json) -> Json:
        short(args.get("filename"), 255, "filename")
        need(int(args.get("length", 0)) > 0, "length", "a file has bytes")
        short(args.get("alt_txt") or "", 1000, "alt_txt", 0)
        id = f"F{self.workspace.number()}"
        self.workspace.files[id] = {"id": id, "length": int(args["length"]), "alt_txt": args.get("alt_txt") or ""}
        self.workspace.files[id]["busy"] = self.still_busy
        return {"upload_url": f"{self._base()}/upload/v1/{id}", "file_id": id}

    def _upload_done(self, args: Json) -> Json:
        files = args["files"]
        for one in files:
            kept = self.workspace.files.get(one["id"])
            if kept is None or "data" not in kept:
                raise Refused("file_not_found")
            kept["title"] = one.get("title", "")
        if args.get("channel_id") or args.get("channels"):
            channel = self._writable(args.get("channel_id") or args["channels"])
            extras = {"files": [one["id"] for one in files], "call": args}
            text = args.get("initial_comment") or ""
            message = Message(
                channel.id,
                self.workspace.ts(),
                BOT_USER,
                text,
                args.get("blocks") or [],
                thread=args.get("thread_ts") or "",
                extras=extras,
            )
            self._shown("message", self.workspace.post(message))
        return {"files": [{"id": one["id"], "title": one.get("title", ""), "app": APP} for one in files]}
