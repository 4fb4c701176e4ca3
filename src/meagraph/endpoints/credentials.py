"""Who we are to an endpoint: from the environment or from netrc, and never told to anyone else.

The values leave this module only as the header ``Authorization`` of a request to the endpoint's own
origin. What a server says is shown without them, for it may repeat what it was sent.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from netrc import NetrcParseError, netrc
from typing import NoReturn

from meagraph.errors import UnusableInput

USER = "MEAGRAPH_ENDPOINT_USER"
PASSWORD = "MEAGRAPH_ENDPOINT_PASSWORD"
TOKEN = "MEAGRAPH_ENDPOINT_TOKEN"

_TOKEN_FORM = re.compile(r"[!-~]+")


class Credentials:
    """What is sent to say who asks, which cannot be read off this object's text.

    Args:
        source: where it was found, for messages; empty if there is none.
        header: the value of ``Authorization``, empty if there is none.
        secrets: the texts that must not be shown.
    """

    __slots__ = ("_secrets", "header", "source")

    def __init__(self, source: str = "", header: str = "", *secrets: str) -> None:
        self.source = source
        self.header = header
        self._secrets = sorted({text for text in secrets if text}, key=len, reverse=True)

    def __reduce__(self) -> NoReturn:
        raise TypeError("credentials are not written down")

    def hidden(self, text: str) -> str:
        """The text without our secrets."""
        for secret in self._secrets:
            text = text.replace(secret, "…")
        return text


def credentials_for(host: str) -> Credentials:
    """The credentials for a machine: a token, else user and password, else those of netrc.

    Args:
        host: the name of the machine, by which netrc knows it; the environment's are for any.

    Raises:
        UnusableInput: they contradict each other or are incomplete, or netrc cannot be read. No
            message holds any of their values.
    """
    token, user, password = (os.environ.get(name, "").strip() for name in (TOKEN, USER, PASSWORD))
    if token and (user or password):
        raise UnusableInput(
            f"the environment has both {TOKEN} and {USER if user else PASSWORD}",
            hint="Unset the one that this endpoint does not ask for.",
        )
    if token:
        if not _TOKEN_FORM.fullmatch(token):
            raise UnusableInput(
                f"{TOKEN} holds blanks, line ends or other signs that no token has",
                hint="Set it again, from the token alone.",
            )
        return Credentials(TOKEN, f"Bearer {token}", token)
    if user and password:
        return _basic(f"{USER} and {PASSWORD}", user, password)
    if user or password:
        given, missing = (USER, PASSWORD) if user else (PASSWORD, USER)
        raise UnusableInput(
            f"the environment has {given} but no {missing}", hint="Set both, or unset it."
        )
    return _from_netrc(host)


def _from_netrc(host: str) -> Credentials:
    named = os.environ.get("NETRC", "")
    file = named or os.path.join(os.path.expanduser("~"), ".netrc")
    if not named and not os.path.isfile(file):
        return Credentials()
    try:
        # What is wrong with it is told without the parser's words, which quote the file.
        found = netrc(file).authenticators(host)
    except NetrcParseError as error:
        hint = "Each entry reads: machine NAME login USER password PASSWORD"
        raise UnusableInput(
            "this netrc file cannot be read from here on", file=file, line=error.lineno, hint=hint
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not a text"
        hint = "Unset NETRC, or name a file that you may read." if named else "Mend its rights."
        raise UnusableInput(
            f"this netrc file cannot be read: {reason}", file=file, hint=hint
        ) from None
    if not found or not found[2]:
        return Credentials()
    return _basic(file, found[0] or "", found[2])


def _basic(source: str, user: str, password: str) -> Credentials:
    if ":" in user:
        raise UnusableInput(
            f"the user name in {source} holds a colon",
            hint="It cannot be sent so: ask who runs the endpoint for a token.",
        )
    pair = b64encode(f"{user}:{password}".encode()).decode()
    return Credentials(source, f"Basic {pair}", password, pair)
