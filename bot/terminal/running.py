"""`steward run`: every chat network whose tokens are set, or the local console where there are none."""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Mapping

import storage as storages
from bot.core.engine import Engine
from bot.core.ports import Adapter
from bot.errors import Trouble
from bot.house import worker_for
from bot.settings import Settings
from bot.terminal.codes import coordinator_code
from bot.terminal.opening import Opened, needs_team, opened
from bot.topics.team.nudging import coordinators

NETWORKS: Mapping[str, Callable[[Settings, Engine], Adapter]] = {}  # how to make the adapter of each chat network


def run(settings: Settings) -> None:
    """Work until the person leaves, the input ends, or the process is told to stop. Raises Trouble."""
    with storages.claim_file(settings.database), opened(settings, sample=not settings.networks) as house:
        _check_networks(settings, house)
        needs_team(house)
        house.engine.tick()
        if not house.read(coordinators):
            print(coordinator_code(house), flush=True)  # noqa: T201 - the terminal's eyes only, never a log line
        with contextlib.suppress(asyncio.CancelledError):
            asyncio.run(_serve(settings, house))


def _check_networks(settings: Settings, house: Opened) -> None:
    names = " and ".join(network.capitalize() for network in settings.networks)
    if names and house.sample:
        raise Trouble(
            f"Tokens for {names} are set, but this database holds the sample team, whose people do not exist. "
            "Set up your own team first: `steward init`."
        )
    if any(network not in NETWORKS for network in settings.networks):
        raise Trouble(
            f"Tokens for {names} are set, but this release speaks only the local console. "
            "Take the tokens out of the environment and .env to use it."
        )


async def _serve(settings: Settings, house: Opened) -> None:
    stop_when_told(asyncio.current_task())
    adapters = {network: NETWORKS[network](settings, house.engine) for network in settings.networks}
    if not adapters:
        from bot.terminal.console import converse  # noqa: PLC0415 - a server needs no terminal

        await converse(settings, house)
        return
    async with asyncio.TaskGroup() as group:
        group.create_task(worker_for(house.engine, adapters).run())
        for adapter in adapters.values():
            group.create_task(adapter.run())


def stop_when_told(task: "asyncio.Task[None] | None") -> None:
    """Let SIGTERM end the task, so that what is under way is finished or kept."""
    if task is not None:
        with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
