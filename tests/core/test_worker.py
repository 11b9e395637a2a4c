import asyncio
from typing import Any

import pytest

from bot.core.chat import Request
from tests.core.rig import HERE, OFFICE, Rig


async def test_the_worker_is_woken_by_a_commit(rig: Rig) -> None:
    running = asyncio.create_task(rig.worker.run())
    arrived = asyncio.Event()
    send = rig.post.send

    async def tell(parcel: Any) -> str:
        arrived.set()
        return await send(parcel)

    rig.post.send = tell  # type: ignore[method-assign]
    await asyncio.wrap_future(rig.engine.handle(Request(OFFICE, HERE, text="count posts")))
    async with asyncio.timeout(4):  # the worker would look by itself only after five seconds
        await arrived.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_the_worker_stops_even_when_a_commit_wakes_it_at_that_moment(rig: Rig) -> None:
    for _attempt in range(20):
        running = asyncio.create_task(rig.worker.run())
        await asyncio.wrap_future(rig.engine.handle(Request(OFFICE, HERE, text="count posts")))
        rig.engine.committed()
        running.cancel()
        async with asyncio.timeout(4):
            with pytest.raises(asyncio.CancelledError):
                await running
