"""The way to an endpoint: TLS is checked, and the environment's proxies are used."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import which

import pytest

from loopback import Loopback
from meagraph.endpoints import Endpoint
from meagraph.errors import UnusableInput

Serve = Callable[..., Loopback]
SELECT = "SELECT ?s { ?s ?p ?o }"


def refused(url: str, **more: float) -> str:
    with pytest.raises(UnusableInput) as failure:
        Endpoint(url, **more).query(SELECT)  # type: ignore[arg-type]
    assert failure.value.hint
    return str(failure.value)


@pytest.fixture(scope="module")
def own_certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate for this machine that no authority has signed, and its key."""
    if not which("openssl"):
        pytest.skip("needs the command openssl to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    words = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -keyout key.pem"
    more = ["-out", "certificate.pem", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*words.split(), *more], check=True, capture_output=True, cwd=folder)
    return str(folder / "certificate.pem"), str(folder / "key.pem")


def test_a_certificate_of_its_own_is_not_trusted(
    serve: Serve, own_certificate: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEAGRAPH_ENDPOINT_TOKEN", "geheim")
    server = serve(lambda visit: visit.reply(), own_certificate)
    text = refused(server.url)
    assert "cannot prove that it is 127.0.0.1: self-signed certificate" in text
    assert "SSL_CERT_FILE" in text
    assert not server.sent


def test_an_authority_of_ones_own_can_be_named(
    serve: Serve, own_certificate: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", own_certificate[0])
    server = serve(lambda visit: visit.reply(), own_certificate)
    assert len(list(Endpoint(server.url).query(SELECT))) == 1


def test_a_certificate_for_another_machine_is_not_trusted(
    serve: Serve, own_certificate: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", own_certificate[0])
    server = serve(lambda visit: visit.reply(), own_certificate)
    assert "cannot prove" in refused(server.url.replace("127.0.0.1", "localhost"))


def test_encryption_is_not_given_up_on_the_way(
    serve: Serve, own_certificate: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", own_certificate[0])
    open_ = serve(lambda visit: visit.reply())
    closed = serve(
        lambda visit: visit.reply(b"", status=307, kind=None, Location=open_.url), own_certificate
    )
    assert "without encryption" in refused(closed.url)
    assert not open_.sent


def test_a_server_without_tls_is_told(serve: Serve) -> None:
    server = serve(lambda visit: visit.reply())
    assert "no safe connection" in refused(server.url.replace("http:", "https:"))


def test_a_server_that_does_not_finish_its_greeting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        text = refused(f"https://127.0.0.1:{silent.getsockname()[1]}/", timeout=0.2)
    assert "within 0.2 s" in text


def test_a_proxy_of_the_environment_is_asked(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = serve(lambda visit: visit.reply())
    monkeypatch.setenv("http_proxy", f"http://user:geheim@127.0.0.1:{proxy.server_port}")
    assert len(list(Endpoint("http://endpoint.invalid/query").query(SELECT))) == 1
    assert proxy.sent[0].path == "http://endpoint.invalid/query"


def test_a_proxy_is_not_asked_where_the_environment_says_so(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy, server = (serve(lambda visit: visit.reply()) for _ in range(2))
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.server_port}")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert len(list(Endpoint(server.url).query(SELECT))) == 1
    assert not proxy.sent


def test_what_the_proxy_is_told_goes_no_further(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = serve(lambda visit: visit.reply())
    proxy = serve(lambda visit: visit.reply(b"", status=307, kind=None, Location=target.url))
    monkeypatch.setenv("http_proxy", f"http://user:geheim@127.0.0.1:{proxy.server_port}")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert len(list(Endpoint("http://endpoint.invalid/query").query(SELECT))) == 1
    assert "proxy-authorization" in proxy.sent[0].headers
    assert "proxy-authorization" not in target.sent[0].headers


def test_a_dead_proxy_is_named_as_such(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        proxy = f"http://user:geheim@127.0.0.1:{taken.getsockname()[1]}"
        monkeypatch.setenv("http_proxy", proxy)
        text = refused("http://endpoint.invalid/query")
    assert "through the proxy that http_proxy names" in text
    assert "geheim" not in text
