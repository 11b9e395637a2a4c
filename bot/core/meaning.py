"""What a request means: its command and its words, and what can't be taken at all."""

from bot.core.chat import Request
from bot.core.router import ENGINE, Command, Router
from bot.core.words import FILE_LIMIT, TOO_LARGE, readable, refuse_long, refuse_secrets, value_of
from bot.errors import Refusal


def meant_by(request: Request, router: Router) -> tuple[Command, list[str]]:
    """The command of a request, and the typed words that are left for its options.

    Raises Refusal where there is none, and for what is too long, broken, looks like a secret, or pretends to be ours.
    """
    known = router.by_name.get(request.command)
    typed = request.values
    if known is not None and known.files:
        typed = {name: value for name, value in typed.items() if name not in known.files}
    said = [request.text, *typed.values()]
    size = sum(map(len, said))
    refuse_long(size, known.room if known else router.room)
    if sum(map(len, request.values.values())) > FILE_LIMIT:
        raise Refusal(TOO_LARGE)
    if not readable(request.text, *request.values.values()):
        raise Refusal("There is a broken sign in that, half of an emoji perhaps. Please type it again without it.")
    try:
        command, words = router.find(request)
    except Refusal:
        refuse_secrets(*said)  # before the answer repeats a word of it
        raise
    refuse_long(size, command.room)
    if not command.founding:  # a one-time code looks like a secret, since it is one
        spoken = () if command.files else words  # of a pasted file: whoever reads it looks at each cell
        refuse_secrets(*typed.values(), " ".join(value_of(word, command.names) for word in spoken))
    if command.least > ENGINE.role or (request.who.network == ENGINE.person.network):
        raise Refusal("I don't know that person.")
    return command, words
