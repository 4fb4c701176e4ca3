"""A real Apache server on a port of this machine, with one folder's ``.htaccess`` in it."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from shutil import which

import pytest

MODULES = Path("/usr/lib/apache2/modules")
CONFIGURATION = """\
ServerRoot {root}
ServerName localhost
PidFile {root}/pid
Listen 127.0.0.1:{port}
DocumentRoot {root}/www
ErrorLog {root}/errors
{modules}
<Directory {root}/www>
    AllowOverride All
    Require all granted
</Directory>
"""
_SECONDS = 30.0


def apache() -> str:
    """The server's program; skips without it."""
    found = which("apache2", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if not found or not (MODULES / "mod_rewrite.so").is_file():
        pytest.skip("needs Apache: apt-get install apache2")
    return found


@contextmanager
def serving(root: Path) -> Generator[HTTPConnection]:
    """Serve ``root/www``; gives a connection, and ends the server."""
    modules = "\n".join(
        f"LoadModule {name}_module {MODULES}/mod_{name}.so"
        for name in ("mpm_event", "authz_core", "rewrite", "negotiation", "headers")
    )
    for _ in range(5):  # another program may take the port before the server does
        port = _free_port()
        settings = root / "apache.conf"
        settings.write_text(CONFIGURATION.format(root=root, port=port, modules=modules))
        with subprocess.Popen([apache(), "-X", "-f", str(settings)]) as server:
            try:
                if _answers(server, port):
                    yield HTTPConnection("127.0.0.1", port, timeout=30)
                    return
            finally:
                server.terminate()
    log = root / "errors"
    pytest.fail(f"Apache did not start: {log.read_text() if log.exists() else ''}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(server: subprocess.Popen[bytes], port: int) -> bool:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=1)
            connection.request("HEAD", "/")
            connection.getresponse().read()
            return server.poll() is None
        except OSError:
            time.sleep(0.02)
    return False
