"""How does a worker reach the database and the broker, and nothing else? Through a wall, by these doors only.

`python -m storm.relay FROM=TO ...`: what connects to FROM is led to TO; each is a port of this side's loopback or a
socket in a folder. One runs on each side of the wall; to end either cuts the host off.
"""

import asyncio
import sys
from contextlib import suppress
from pathlib import Path

LOOPBACK = "127.0.0.1"
CHUNK = 64 * 1024


async def main() -> None:
    """Lead whoever comes, until killed."""
    doors = [door.split("=", 1) for door in sys.argv[1:]]
    servers = [await _open(here, there) for here, there in doors]
    await asyncio.gather(*(server.serve_forever() for server in servers))


async def _open(here: str, there: str) -> asyncio.Server:
    async def lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            onward_reader, onward_writer = await _connect(there)
        except OSError:
            writer.close()
            return
        # How often each door was used, for whoever counts.
        print(here, flush=True)
        await asyncio.gather(_carry(reader, onward_writer), _carry(onward_reader, writer))
        onward_writer.close()
        writer.close()

    if here.isdigit():
        return await asyncio.start_server(lead, LOOPBACK, int(here))
    Path(here).unlink(missing_ok=True)
    return await asyncio.start_unix_server(lead, here)


async def _connect(there: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if there.isdigit():
        return await asyncio.open_connection(LOOPBACK, int(there))
    return await asyncio.open_unix_connection(there)


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while sent := await reader.read(CHUNK):
            writer.write(sent)
            await writer.drain()
        # This side has said all; the other may still be answering.
        writer.write_eof()


if __name__ == "__main__":
    asyncio.run(main())
