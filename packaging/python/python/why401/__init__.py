"""Why was this HTTP request refused? `diagnose` reads a capture as people have it, `redact` masks it.

Both run the program `why401` of this package: the text goes to its standard input, nothing is written to a file and nothing is
sent. Credentials and NHS numbers are masked in all that they return.

>>> import why401
>>> report = why401.diagnose("GET https://api.shop.example/orders\\nAuthorization: abc\\n\\nHTTP/1.1 401 Unauthorized\\n")
>>> report["exchanges"][0]["causes"][0]["id"]
'missing-bearer-prefix'
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any, Dict, Iterable, List, Optional, Union

__all__ = ["Why401Error", "diagnose", "program", "redact", "version"]

Name = Union[str, "os.PathLike[str]"]


class Why401Error(ValueError):
    """The text or an argument cannot be used. The message is that of the program; it repeats no credential."""


def program() -> str:
    """The path of the program in this package.

    Raises FileNotFoundError where it was removed.
    """
    name = "why401" + (sysconfig.get_config_var("EXE") or "")
    package = Path(__file__).resolve().parent
    folders = [
        sysconfig.get_path("scripts"),
        # `pip install --user`, then `--target`, which puts scripts beside the packages.
        sysconfig.get_path("scripts", scheme=_user_scheme()),
        str(package.parent / "bin"),
    ]
    for folder in folders:
        path = Path(folder) / name
        if path.is_file():
            return str(path)
    raise FileNotFoundError(f"{name} of the package why401 is not in {', '.join(folders)}")


def diagnose(
    text: Union[str, bytes],
    *,
    format: Optional[str] = None,
    status: Optional[int] = None,
    asid: Optional[str] = None,
    product_set: Optional[Name] = None,
    now: Optional[str] = None,
    mask: Iterable[str] = (),
    rules: Iterable[Name] = (),
    timeout: Optional[float] = None,
) -> Dict[str, Any]:
    """What the captured requests of a text were refused for: the report of `why401 --format json`.

    `format`, `status`, `asid`, `product_set`, `now`, `mask` and `rules` are the options of the program (`format` is `--from`).
    A text without a request is not an error: its report has no exchange, or one whose outcome is "no-answer".

    Raises Why401Error where the text or an option cannot be used, and subprocess.TimeoutExpired after `timeout` seconds.
    """
    arguments: List[str] = ["--format", "json"]
    single = {"--from": format, "--status": status, "--asid": asid, "--now": now}
    single["--product-set"] = None if product_set is None else os.fspath(product_set)
    for option, value in single.items():
        if value is not None:
            arguments.append(f"{option}={value}")
    arguments += [f"--mask={word}" for word in mask]
    arguments += [f"--rules={os.fspath(folder)}" for folder in rules]
    data = text if isinstance(text, bytes) else text.encode()
    # 0: nothing was found, 1: something was, 3: there is nothing to judge.
    report = json.loads(_run([*arguments, "-"], data, (0, 1, 3), timeout))
    assert isinstance(report, dict)
    return report


def redact(text: str, *, mask: Iterable[str] = (), also: Iterable[str] = (), timeout: Optional[float] = None) -> str:
    """The text with its credentials and NHS numbers masked, and otherwise as it is.

    `mask` are words to mask, too. `also` are kinds: "ubrn", "name", "address", "host", "ods".

    Raises Why401Error where an option cannot be used, and subprocess.TimeoutExpired after `timeout` seconds.
    """
    # The program takes an empty text for a mistake; here it is what is left of a field without a value, say.
    if not text.strip():
        return text
    arguments = ["redact"]
    arguments += [f"--mask={word}" for word in mask]
    arguments += [f"--also={kind}" for kind in also]
    return _run([*arguments, "-"], text.encode(), (0,), timeout).decode()


def version() -> str:
    """The version of the program."""
    return _run(["--version"], b"", (0,), None).decode().split(";")[0].split()[-1]


def _run(arguments: List[str], data: bytes, good: Iterable[int], timeout: Optional[float]) -> bytes:
    # On Windows a program of its own window must not flash up.
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    ended = subprocess.run(
        [program(), *arguments], input=data, capture_output=True, timeout=timeout, creationflags=flags, check=False
    )
    if ended.returncode in good:
        return ended.stdout
    raise Why401Error(ended.stderr.decode(errors="replace").strip() or f"why401 ended with {ended.returncode}")


def _user_scheme() -> str:
    if sys.version_info >= (3, 10):
        return sysconfig.get_preferred_scheme("user")
    return f"{os.name}_user"
