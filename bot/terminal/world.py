"""What the world brings: the time and chance. The only place that reads the clock."""

from datetime import UTC, datetime, timedelta

from bot.core.ports import Storage

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
EASY = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # 32 signs of 5 bits: none is mistaken for another
ID_LENGTH = 10
BITS_A_SIGN = 5
TRAVELLED = "travelled seconds"  # the mark that keeps how far the sample team's time has moved ahead


class SystemClock:
    """The real time."""

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        return datetime.now(UTC)


class TravellingClock:
    """The real time plus what `:later` has let pass; the sample database keeps that."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._ahead = timedelta(seconds=float(storage.mark(TRAVELLED) or 0))

    def now(self) -> datetime:
        """The present moment of the sample team, aware UTC."""
        return datetime.now(UTC) + self._ahead

    def move_to(self, moment: datetime) -> None:
        """Let time pass up to `moment`; it never goes back."""
        self._ahead = max(self._ahead, moment - datetime.now(UTC))

    def keep(self) -> None:
        """Remember how far time has moved, for the next start."""
        self._storage.set_mark(TRAVELLED, str(self._ahead.total_seconds()))


class SystemChance:
    """Randomness from the system, good enough for secrets."""

    def id(self) -> str:
        """A new id of 10 lower-case letters and digits."""
        import secrets  # noqa: PLC0415 - loads a cryptography library that most commands do without

        return "".join(secrets.choice(LETTERS) for _sign in range(ID_LENGTH))

    def code(self, bits: int) -> str:
        """A code of at least `bits` random bits."""
        import secrets  # noqa: PLC0415

        return "".join(secrets.choice(EASY) for _sign in range(-(-bits // BITS_A_SIGN)))
