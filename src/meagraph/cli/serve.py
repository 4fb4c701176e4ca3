"""``meagraph serve``: the graph over HTTP, until it is told to stop."""

from __future__ import annotations

import argparse
import errno
import math
import signal
from typing import TYPE_CHECKING, Any

from meagraph import __version__
from meagraph.cli.progress import progress
from meagraph.errors import UnusableInput, installing
from meagraph.project import find_project, sources_folder

if TYPE_CHECKING:
    import uvicorn

    from meagraph.server.serving import Server
    from meagraph.server.settings import Settings

_STOPS_WITHIN = 10
"""Seconds for which a server that is told to stop goes on answering what it has begun."""
_LEAST_MEMORY = 128
"""MiB in which a worker can open the graph and answer at all."""
_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Where a server is reached from its own machine that listens at every address of it."""
_BINDING = {
    errno.EADDRINUSE: "Another program listens there: --port 0 takes a free port.",
    errno.EACCES: "Ports below 1024 are kept for the system: take another, and a proxy before it.",
}
_NOT_OURS = "--host takes an address of this machine: 127.0.0.1, or 0.0.0.0 for all that it has."
_SPARE = 256
"""Open files beside those of the connections: the store's, and the pipes of workers."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen at (default: %(default)s)")
    add(
        "--port",
        type=int,
        default=8000,
        help="port to listen at; 0 takes a free one (default: %(default)s)",
    )
    add("--base-url", metavar="URL", help="address under which clients reach the server")
    add("--store", metavar="DIR", help="where the built graph is kept")
    add("--root", metavar="DIR", help="the folder of the graph's files")
    add("--sources", metavar="DIR", help="the source documents, for the texts of passages")
    add(
        "--timeout",
        type=float,
        default=10.0,
        metavar="SECONDS",
        help="time that a query of a client may take (default: %(default)g)",
    )
    add(
        "--memory",
        type=int,
        default=1024,
        metavar="MIB",
        help="memory that its process may take (default: %(default)s)",
    )
    add(
        "--workers",
        type=int,
        default=3,
        metavar="N",
        help="processes that evaluate queries of clients (default: %(default)s)",
    )
    add(
        "--connections",
        type=int,
        default=1000,
        metavar="N",
        help="clients that may be connected at once (default: %(default)s)",
    )
    add(
        "--patience",
        type=float,
        default=20.0,
        metavar="SECONDS",
        help="time after which a client that neither sends nor reads is cut off "
        "(default: %(default)g)",
    )
    add(
        "--trust-proxy",
        metavar="ADDRESSES",
        default="",
        help="proxies, with commas between them, that say truly for whom they ask",
    )
    add("--log-queries", action="store_true", help="log what is asked, too")


def run(options: argparse.Namespace) -> int:
    """Serve until SIGTERM or an interrupt from the keyboard."""
    _check(options)
    uvicorn = _packages()
    from meagraph.graph import open_or_build
    from meagraph.server.logs import configure

    configure()
    config = uvicorn.Config(
        _unready,
        host=options.host,
        port=options.port,
        loop="uvloop",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(options.trust_proxy),
        lifespan="on",
        timeout_graceful_shutdown=_STOPS_WITHIN,
    )
    listening = _bound(config)
    settings = _settings(options, listening.getsockname()[1])
    with progress() as tell:
        opened = open_or_build(find_project(options.root), options.store, tell)
    if not opened.folder:
        raise UnusableInput(
            "the graph can only be served from a folder, and the cache cannot be written",
            hint="Name a folder to keep it in: --store DIR",
        )
    return _serve(config, listening, settings, opened.folder, options)


def _serve(
    config: uvicorn.Config,
    listening: Any,
    settings: Settings,
    folder: str,
    options: argparse.Namespace,
) -> int:
    import uvicorn

    from meagraph.server.application import application
    from meagraph.server.connections import IDLE, protocol
    from meagraph.server.serving import Server

    server = Server(find_project(options.root), folder, settings)
    config.app = application(server)
    config.http = protocol(settings, server.metrics.refused)
    config.timeout_keep_alive = IDLE
    config.forwarded_allow_ips = list(settings.trusted)

    class Announced(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            _tell(server, options, listening.getsockname()[1])

    _more_files(settings.connections)
    # uvicorn gives itself the signal again when it has stopped; it has done its work by then.
    signal.signal(signal.SIGTERM, lambda *_: None)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as nohup has it
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    try:
        Announced(config).run([listening])
    except SystemExit as end:
        return 2 if end.code else 0
    return 0


def _tell(server: Server, options: argparse.Namespace, port: int) -> None:
    """Say where it listens, what it serves, and what guards it."""
    settings, edition = server.settings, server.edition
    sealed = server.pool.sealed
    network = f"cut off from the network ({sealed})" if sealed else "NOT cut off from the network"
    lines = [
        f"listening on {_address(options.host, port)}{settings.prefix}/",
        f"clients reach it at {settings.base_url}",
        f"meagraph {__version__}, data {edition.version}, build {edition.build}",
        f"queries of clients: {settings.workers} processes, each with {settings.timeout:g} s and "
        f"{settings.memory >> 20:,} MiB, {network}",
    ]
    print("\n".join(lines), flush=True)


def _packages() -> Any:
    """The module uvicorn, all that the server needs being there."""
    try:
        import httptools  # noqa: F401
        import jinja2  # noqa: F401
        import prometheus_client  # noqa: F401
        import python_multipart  # noqa: F401
        import starlette  # noqa: F401
        import uvicorn
        import uvloop  # noqa: F401
    except ImportError as error:
        raise UnusableInput(
            f"the server needs {error.name}, which is not installed", hint=installing("serve")
        ) from None
    return uvicorn


async def _unready(*_: object) -> None:
    """Stands for the application as long as it is not known where it listens."""


def _check(options: argparse.Namespace) -> None:
    for name, least, most in (
        ("port", 0, 65535),
        ("timeout", 0.1, 3600),
        ("memory", _LEAST_MEMORY, 1 << 20),
        ("workers", 1, 256),
        ("connections", 1, 60_000),
        ("patience", 0.1, 3600),
    ):
        value = getattr(options, name)
        if not (math.isfinite(value) and least <= value <= most):
            raise UnusableInput(f"--{name} {value:g} is not between {least:g} and {most:g}")


def _bound(config: uvicorn.Config) -> Any:
    """The socket that clients will connect to; bound before the graph is built, which may take
    minutes.

    Raises:
        UnusableInput: another program listens there, or the address is not this machine's.
    """
    import logging

    logging.getLogger("uvicorn.error").disabled = True
    try:
        bound = config.bind_socket()
    except SystemExit as end:
        error = end.__context__
        raise UnusableInput(
            f"cannot listen at {_address(config.host, config.port)}: "
            f"{getattr(error, 'strerror', None) or error}",
            hint=_BINDING.get(getattr(error, "errno", 0) or 0, _NOT_OURS),
        ) from None
    finally:
        logging.getLogger("uvicorn.error").disabled = False
    bound.set_inheritable(False)  # a worker must not keep the port when the server has ended
    return bound


def _settings(options: argparse.Namespace, port: int) -> Settings:
    from meagraph.server.settings import Settings, checked_base, checked_proxies

    sources = sources_folder(options.sources)
    host = _ANYWHERE.get(options.host, options.host)
    return Settings(
        base_url=checked_base(options.base_url or _address(host, port)),
        timeout=options.timeout,
        memory=options.memory << 20,
        workers=options.workers,
        sources=str(sources or ""),
        patience=options.patience,
        connections=options.connections,
        trusted=checked_proxies(options.trust_proxy),
        log_queries=options.log_queries,
    )


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _more_files(connections: int) -> None:
    """Let the process open a file for each connection.

    Raises:
        UnusableInput: the system does not let it.
    """
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = connections + _SPARE
    if hard not in (resource.RLIM_INFINITY, -1) and hard < needed:
        raise UnusableInput(
            f"{connections} connections need {needed} open files; the system allows {hard}",
            hint="Raise it (ulimit -n, LimitNOFILE=), or give fewer: --connections "
            f"{max(1, hard - _SPARE)}",
        )
    if soft != resource.RLIM_INFINITY and soft < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
