"""What a control carries in Discord's `custom_id`: all that pressing it needs, so that it works after any restart.

`<team><sign><code>`: the team whose message it stands on (empty where the place tells it), a sign that tells apart
controls of one message that do the same, and the button's code. A menu's code is `?`: its choices carry theirs.
A button that opens a form has `!<kept>!<code>`: the form's key in memory, and what to ask again where that is gone.
"""

import re
from collections.abc import Mapping

from msgspec import Struct, field

from bot.core.codes import coded, read_button

CUSTOM_ID_LIMIT = 100  # characters of a `custom_id`
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ!#$%&*+;<=>@^_|~"  # none is in a team's id; a message has at most 40 controls
MENU = "?"
NEVER_MIND = "?no"  # the choice that leaves all as it is
_CUSTOM_ID = re.compile(rf"(?P<team>[a-z0-9-]*)(?P<sign>[{re.escape(SIGNS)}])(?P<code>.*)", re.DOTALL)
_FORM = re.compile(r"!(?P<kept>[a-z0-9]*)!(?P<code>.*)", re.DOTALL)


class Pressed(Struct, frozen=True):
    """What a control says when it is pressed. `kept` is the key of a form in memory, where it opens one."""

    team: str
    command: str
    values: Mapping[str, str] = field(default_factory=dict)
    opens_form: bool = False
    kept: str = ""


class Signs:
    """Gives each control of a card a `custom_id` that no other has among the 40 around it."""

    def __init__(self, team: str) -> None:
        self._team = team
        self._used: dict[str, int] = {}

    def custom_id(self, code: str) -> str:
        """The `custom_id` of the next control with this code. Raises ValueError where it does not fit."""
        count = self._used.get(code, 0)
        self._used[code] = count + 1
        made = f"{self._team}{SIGNS[count % len(SIGNS)]}{code}"
        if len(made) > CUSTOM_ID_LIMIT:
            raise ValueError(f"a control's id keeps to {CUSTOM_ID_LIMIT} characters: {made!r}")
        return made


def form_code(kept: str, command: str, values: Mapping[str, str], room: int) -> str:
    """The code of a button that opens a form, without the values where they are too long."""
    whole = f"!{kept}!{coded(command, values)}"
    return whole if len(whole) <= room else f"!{kept}!{command}"


def room_for(team: str) -> int:
    """How many characters a code may have on a message of this team."""
    return CUSTOM_ID_LIMIT - len(team) - 1


def read_custom_id(custom_id: str, chosen: str = "") -> Pressed | None:
    """What a pressed control says; `chosen` is what was chosen from a menu. None where it is not understood."""
    found = _CUSTOM_ID.fullmatch(custom_id)
    if found is None:
        return None
    code = chosen if found["code"] == MENU else found["code"]
    form = _FORM.fullmatch(code)
    command, values = read_button(form["code"] if form else code)
    if not command:
        return None
    return Pressed(found["team"], command, values, form is not None, form["kept"] if form else "")
