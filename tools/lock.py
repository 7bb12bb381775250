"""Resolve requirements.lock from pyproject.toml, and the lock of the tools that cannot live beside it.

Hashes, no URLs: who installs chooses the index. Pins that a present lock holds stay unless ``--upgrade`` is given.
"""

import os
import subprocess
import sys

_COMPILE = [sys.executable, "-m", "uv", "pip", "compile", "--universal", "--python-version", "3.11", "--quiet"]
_COMPILE += ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate"]


def _compile(source: str, lock: str, *options: str) -> None:
    environ = os.environ | {"UV_CUSTOM_COMPILE_COMMAND": "make lock"}
    subprocess.run([*_COMPILE, source, *options, "-o", lock, *sys.argv[1:]], check=True, env=environ)


if __name__ == "__main__":
    extras = [word for extra in ("pipeline", "register", "dev") for word in ("--extra", extra)]
    _compile("pyproject.toml", "requirements.lock", *extras)
    _compile("requirements-tools.in", "requirements-tools.lock")
