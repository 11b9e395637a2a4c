"""`steward run`: every chat network whose tokens are set, or the local console where there are none."""

import asyncio
import contextlib
import gc
import signal
from collections.abc import Callable, Mapping

import storage as storages
from bot.core.engine import Engine
from bot.core.ports import Adapter, Flush
from bot.errors import Trouble
from bot.house import worker_for
from bot.settings import Settings
from bot.terminal.codes import coordinator_code
from bot.terminal.opening import Opened, needs_team, opened
from bot.topics.team.nudging import coordinators


def _discord(settings: Settings, engine: Engine, flush: Flush) -> Adapter:
    from bot.terminal.discord import discord_adapter  # noqa: PLC0415 - only those who use it load its library

    return discord_adapter(settings, engine, flush)


def _slack(settings: Settings, engine: Engine, flush: Flush) -> Adapter:
    from bot.terminal.slack import slack_adapter  # noqa: PLC0415 - only those who use it load its library

    return slack_adapter(settings, engine, flush)


NETWORKS: Mapping[str, Callable[[Settings, Engine, Flush], Adapter]] = {  # how to make the adapter of each chat network
    "discord": _discord,
    "slack": _slack,
}


def run(settings: Settings) -> None:
    """Work until the person leaves, the input ends, or the process is told to stop. Raises Trouble."""
    with storages.claim_file(settings.database), opened(settings, sample=not settings.networks) as house:
        _check_networks(settings, house)
        needs_team(house)
        house.engine.topics.router.check()
        house.engine.tick()
        if not house.read(coordinators):
            print(coordinator_code(house), flush=True)  # noqa: T201 - the terminal's eyes only, never a log line
        try:
            with contextlib.suppress(asyncio.CancelledError):
                asyncio.run(_serve(settings, house))
        except ExceptionGroup as group:
            raise _trouble_in(group) or group from None


def _trouble_in(group: ExceptionGroup[Exception]) -> Trouble | None:
    """The sentence for the operator where one of the tasks that ran side by side ended with one."""
    for error in group.exceptions:
        found = _trouble_in(error) if isinstance(error, ExceptionGroup) else error
        if isinstance(found, Trouble):
            return found
    return None


def _check_networks(settings: Settings, house: Opened) -> None:
    names = " and ".join(network.capitalize() for network in settings.networks)
    if names and house.sample:
        raise Trouble(
            f"Tokens for {names} are set, but this database holds the sample team, whose people do not exist. "
            "Set up your own team first: `steward init`."
        )


async def _serve(settings: Settings, house: Opened) -> None:
    stop_when_told(asyncio.current_task())
    if not settings.networks:
        from bot.terminal.console import converse  # noqa: PLC0415 - a server needs no terminal

        await converse(settings, house)
        return

    async def flush() -> None:
        await worker.flush()

    adapters = {network: NETWORKS[network](settings, house.engine, flush) for network in settings.networks}
    worker = worker_for(house.engine, adapters)
    gc.collect()
    gc.freeze()  # what is loaded stays: looking through it for garbage would hold up answers by tens of milliseconds
    working = asyncio.create_task(worker.run())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(_until_done(working))
            for adapter in adapters.values():
                group.create_task(adapter.run())
    finally:  # the last to stop: while the networks finish, what they still cause is delivered
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


async def _until_done(working: "asyncio.Task[None]") -> None:
    """Notice if the worker breaks; being told to stop does not stop it."""
    await asyncio.shield(working)


def stop_when_told(task: "asyncio.Task[None] | None") -> None:
    """Let SIGTERM end the task, so that what is under way is finished or kept."""
    if task is not None:
        with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
