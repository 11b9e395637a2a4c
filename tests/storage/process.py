"""What the tests let other processes do: `python -m tests.storage.process <what> <database> <more>`.

Each says a line when it has got somewhere and goes on when it is told a line: nobody sleeps.
"""

import os
import sys
from collections.abc import Callable
from concurrent.futures import Future
from datetime import timedelta
from pathlib import Path

import storage as storages
from bot.core.ports import Parcel, Storage
from bot.errors import Trouble
from tests.storage.kinds import EXAMPLE_MIGRATIONS, KINDS, NOW, Pet

LEASE = timedelta(minutes=2)


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def wait() -> None:
    sys.stdin.readline()


def opened(url: str) -> Storage:
    return storages.open(url, KINDS, migrations=EXAMPLE_MIGRATIONS)


def start(url: str) -> None:
    """Open the storage at the same time as others."""
    say("ready")
    wait()
    opened(url).close()
    say("done")


def claim(url: str) -> None:
    """Hold the database as `run` does, until told otherwise."""
    with storages.claim_file(url):
        say("held")
        wait()


def look(url: str) -> None:
    """Open and read, or say what is wrong."""
    try:
        store = opened(url)
        try:
            say(f"{store.read('t', lambda records: records.count(Pet))} pets")
        finally:
            store.close()
    except Trouble as trouble:
        say(str(trouble))


def write(url: str) -> None:
    """Keep one record after the other, many at once, and say each when it is durable, until killed."""
    store = opened(url)
    waiting: list[tuple[str, Future[None]]] = []
    for number in range(1_000_000):
        pet = Pet(f"p{number:06}", "x" * 500, number)
        waiting.append((pet.id, store.write("t", lambda records, pet=pet: records.put(pet))))  # type: ignore[misc]
        if len(waiting) == 20:
            id, future = waiting.pop(0)
            future.result()
            say(id)


def deliver(url: str, network: str, victim: str) -> None:
    """Deliver what is due, to a network that is a file; the victim stops in the middle and waits to be killed."""
    store, log = opened(url), Path(network)
    say("ready")
    wait()
    for now in (NOW, NOW + LEASE):
        while parcels := store.claim(now, LEASE, 7):
            for parcel in parcels[: 4 if victim else None]:
                send(log, parcel)
                if not victim:
                    store.delivered(parcel, parcel.message.key)
            if victim:
                break
        say("done")
        wait()
    store.close()


def send(log: Path, parcel: Parcel) -> None:
    if parcel.doubtful and f"{parcel.message.key}\n" in log.read_text():
        return
    with log.open("a") as network:
        network.write(f"{parcel.message.key}\n")


WHAT: dict[str, Callable[..., None]] = {
    "start": start,
    "claim": claim,
    "look": look,
    "write": write,
    "deliver": deliver,
}

if __name__ == "__main__":
    WHAT[sys.argv[1]](*sys.argv[2:])
