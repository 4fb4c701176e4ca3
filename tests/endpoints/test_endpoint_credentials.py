"""Credentials come from the environment or netrc, reach the endpoint, and are seen nowhere else."""

from __future__ import annotations

import http.client
import logging
import pickle
import traceback
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from loopback import Loopback, Visit
from meagraph.endpoints import Endpoint
from meagraph.errors import UnusableInput

Serve = Callable[..., Loopback]
SELECT = "SELECT ?s { ?s ?p ?o }"
SECRET = "geheim-7%x"
PAIR = b64encode(f"curator:{SECRET}".encode()).decode()


def name(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for key, value in values.items():
        monkeypatch.setenv(f"MEAGRAPH_ENDPOINT_{key}", value)


def authorization(server: Loopback) -> str | None:
    list(Endpoint(server.url).query(SELECT))
    return server.sent[-1].headers.get("authorization")


@pytest.fixture
def server(serve: Serve) -> Loopback:
    return serve(lambda visit: visit.reply())


def test_user_and_password_of_the_environment(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    name(monkeypatch, USER="curator", PASSWORD=SECRET)
    assert authorization(server) == f"Basic {PAIR}"


def test_a_token_of_the_environment(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    name(monkeypatch, TOKEN=f"{SECRET}\n")
    assert authorization(server) == f"Bearer {SECRET}"


def netrc(folder: Path, text: str, file: str = ".netrc") -> Path:
    path = folder / file
    path.write_text(text)
    path.chmod(0o600)
    return path


ENTRY = f"machine 127.0.0.1 login curator password {SECRET}\n"


def test_netrc_at_home(server: Loopback, tmp_path: Path) -> None:
    netrc(tmp_path, ENTRY)
    assert authorization(server) == f"Basic {PAIR}"


def test_netrc_named_by_the_environment(
    server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc(tmp_path, "machine 127.0.0.1 login other password wrong\n")
    monkeypatch.setenv("NETRC", str(netrc(tmp_path, ENTRY, "mine")))
    assert authorization(server) == f"Basic {PAIR}"


def test_the_environment_goes_before_netrc(
    server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc(tmp_path, ENTRY)
    name(monkeypatch, TOKEN="another")
    assert authorization(server) == "Bearer another"


def test_netrc_is_for_the_machines_that_it_names(server: Loopback, tmp_path: Path) -> None:
    netrc(tmp_path, ENTRY.replace("127.0.0.1", "example.org"))
    assert authorization(server) is None


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"USER": "curator"}, "no MEAGRAPH_ENDPOINT_PASSWORD"),
        ({"PASSWORD": SECRET}, "no MEAGRAPH_ENDPOINT_USER"),
        ({"TOKEN": SECRET, "USER": "curator", "PASSWORD": SECRET}, "both"),
        ({"TOKEN": f"{SECRET}\r\nX-Injected: yes"}, "no token has"),
        ({"TOKEN": f"Bearer {SECRET}"}, "no token has"),
        ({"USER": f"curator:{SECRET}", "PASSWORD": SECRET}, "colon"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    values: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name(monkeypatch, **values)
    with pytest.raises(UnusableInput, match=said) as told:
        Endpoint("http://127.0.0.1/")
    assert told.value.hint
    assert SECRET not in str(told.value)


@pytest.mark.parametrize(
    "text",
    [f"machine 127.0.0.1 login a {SECRET} b", f"{SECRET} a", f"machine x password {SECRET} y"],
)
def test_a_faulty_netrc_is_told_by_its_line(tmp_path: Path, text: str) -> None:
    file = netrc(tmp_path, f"\n{text}\n")
    with pytest.raises(UnusableInput) as told:
        Endpoint("http://127.0.0.1/")
    assert str(told.value).startswith(f"{file}:")
    assert SECRET not in "".join(traceback.format_exception(told.value))


def test_a_netrc_that_is_named_but_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETRC", "/no/such/netrc")
    with pytest.raises(UnusableInput, match="cannot be read"):
        Endpoint("http://127.0.0.1/")


def test_who_is_not_accepted_learns_which_credentials_were_sent(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    name(monkeypatch, TOKEN=SECRET)
    server = serve(lambda visit: visit.reply(b"", status=403, kind=None))
    with pytest.raises(UnusableInput, match="does not accept what MEAGRAPH_ENDPOINT_TOKEN says"):
        Endpoint(server.url).query(SELECT)


def _echo(status: int) -> Callable[[Visit], None]:
    """A server that repeats what it was sent wherever it can."""

    def answer(visit: Visit) -> None:
        sent = visit.headers["Authorization"]
        location = f"ftp://{sent.rpartition(' ')[2]}.example.org/"
        visit.reply(
            f"{sent} {SECRET}".encode(), status, "text/plain", f"Not {sent}", Location=location
        )

    return answer


def _echo_as_rows(visit: Visit) -> None:
    sent = visit.headers["Authorization"]
    visit.reply(f'{{"head":{{"vars":["{sent}"]}},"results":"{sent}"}}'.encode())


def test_a_secret_is_not_told_where_an_answer_is_faulty(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    name(monkeypatch, TOKEN=SECRET)
    with pytest.raises(UnusableInput) as told:
        Endpoint(serve(_echo_as_rows).url).query(SELECT)
    assert SECRET not in str(told.value)


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 418, 429, 500, 503])
@pytest.mark.parametrize("values", [{"USER": "curator", "PASSWORD": SECRET}, {"TOKEN": SECRET}])
def test_a_secret_is_seen_nowhere(
    serve: Serve,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    values: dict[str, str],
    status: int,
) -> None:
    name(monkeypatch, **values)
    monkeypatch.setattr(http.client.HTTPConnection, "debuglevel", 1)
    server = serve(_echo(status))
    with caplog.at_level(logging.DEBUG):
        endpoint = Endpoint(server.url, attempts=1)
        with pytest.raises(UnusableInput) as told:
            endpoint.query(SELECT)
    assert SECRET in str(server.sent) or PAIR in str(server.sent), "it was sent"
    frames = told.value.__traceback__.tb_next  # type: ignore[union-attr]  # without our own values
    trace = traceback.TracebackException(UnusableInput, told.value, frames, capture_locals=True)
    seen = [str(told.value), *trace.format(), caplog.text, *capfd.readouterr()]
    seen += [repr(endpoint), str(vars(endpoint)), str(endpoint._asker), repr(told.value.__dict__)]
    for text in seen:
        assert SECRET not in text
        assert PAIR not in text


def test_a_secret_is_not_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    name(monkeypatch, TOKEN=SECRET)
    with pytest.raises(TypeError):
        pickle.dumps(Endpoint("http://127.0.0.1/"))
