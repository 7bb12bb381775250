#!/usr/bin/env python3
"""Makes the locked environment in .venv with nothing but Python and its venv module, then hands over.

usage: python3 tools/bootstrap.py COMMAND [WORD ...]

COMMAND ``install`` stops there; ``python`` runs the environment's Python; any other goes to
``python -m bienban.stack``. This file uses the standard library only and no syntax that an old Python
cannot read, so that an old Python gets a sentence instead of a syntax error.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(HERE, ".venv")
TOOLS_VENV = os.path.join(HERE, ".tools-venv")
OLDEST = (3, 11)
NEWEST = (3, 13)  # Airflow's own limit


def main(words):
    if not words:
        sys.exit(__doc__)
    use_a_fitting_python()
    check_machine()
    install(VENV, "requirements.lock", package=True)
    if words[0] == "install":
        return
    if words[0] == "tools":
        install(TOOLS_VENV, "requirements-tools.lock", package=False)
        return
    rest = words[1:] if words[0] == "python" else ["-m", "bienban.stack"] + words
    python = venv_python(VENV)
    os.execv(python, [python] + rest)


def use_a_fitting_python():
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)
        if found and os.environ.get("BIENBAN_BOOTSTRAP") != found:
            os.environ["BIENBAN_BOOTSTRAP"] = found
            os.execv(found, [found] + sys.argv)
    stop(
        "bienban needs Python 3.11, 3.12 or 3.13; this is %s (%s)." % (platform.python_version(), sys.executable),
        "Install one (Debian, Ubuntu: apt install python3.11 python3.11-venv)"
        " or name it: make PYTHON=/path/to/python3.11 run",
    )


def check_machine():
    if sys.platform not in ("linux", "darwin"):
        stop("bienban runs on Linux and macOS, not on %s." % sys.platform, "On Windows use WSL 2.")
    library, version = platform.libc_ver()
    if library == "glibc" and tuple(int(part) for part in version.split(".")[:2]) < (2, 28):
        stop(
            "The C library here is glibc %s; the packages need 2.28 or newer." % version,
            "Use a newer system (Debian 10, Ubuntu 20.04, RHEL 8 or later), or the image of docker-compose.yml.",
        )
    if sys.platform == "linux" and library != "glibc":
        stop("This Linux has no glibc (Alpine?).", "Use a glibc system or the container image of docker-compose.yml.")
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        version = "%d.%d" % sys.version_info[:2]
        stop(
            "This Python has no venv module.",
            "Debian, Ubuntu: apt install python%s-venv. Others: install Python from python.org or with pyenv."
            % version,
        )


def install(venv_folder, lock_name, package):
    lock = os.path.join(HERE, lock_name)
    parts = [open(lock, "rb").read(), sys.version.encode(), HERE.encode()]
    if package:
        parts.append(open(os.path.join(HERE, "pyproject.toml"), "rb").read())
    wanted = hashlib.sha256(b"".join(parts)).hexdigest()
    stamp = os.path.join(venv_folder, ".installed")
    if read(stamp) == wanted:
        return
    with only_one(venv_folder):
        if read(stamp) == wanted:  # another make was faster
            return
        say("Installing the locked environment into %s (once, one to two minutes)" % os.path.basename(venv_folder))
        made_by = os.path.join(venv_folder, ".python")
        if not os.path.exists(venv_python(venv_folder)) or read(made_by) != sys.version + HERE:
            run([sys.executable, "-m", "venv", "--clear", venv_folder], "The virtual environment could not be made.")
            write(made_by, sys.version + HERE)
        install_lock(venv_folder, lock)
        if package:
            pip = [venv_python(venv_folder), "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"]
            run(pip + ["--editable", HERE], "The package itself could not be installed.")
        write(stamp, wanted)
        say("Installed")


def install_lock(venv_folder, lock):
    """uv takes a fifth of pip's time; it comes from the same lock. Where it cannot work (an index that only
    pip is configured for), pip does it all."""
    python = venv_python(venv_folder)
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    alone = os.path.join(venv_folder, "uv.lock.txt")
    write(alone, "".join(uv_lines(open(lock).read().splitlines(True))))
    # As pip does, trust the machine's certificates: companies put their own beside the public ones.
    environ = dict(os.environ, UV_COMPILE_BYTECODE="1", UV_SYSTEM_CERTS="1", VIRTUAL_ENV=venv_folder)
    uv = [python, "-m", "uv", "pip", "install", "--python", python, "--no-deps", "--require-hashes", "-r", lock]
    if subprocess.call(pip + ["--quiet", "-r", alone]) == 0 and subprocess.call(uv, env=environ) == 0:
        return
    say("uv could not install the lock; pip takes over: two minutes without a sign of life")
    run(
        pip + ["--quiet", "-r", lock],
        "The locked packages could not be installed: is a package index reachable (pip config list)?",
    )


def uv_lines(lines):
    """The lines of the lock that pin uv, with their hashes."""
    inside = False
    for line in lines:
        if not line.startswith((" ", "#")):
            inside = line.startswith("uv==")
        if inside and not line.strip().startswith("#"):
            yield line


def venv_python(venv_folder):
    return os.path.join(venv_folder, "bin", "python")


class only_one:
    """One installation at a time, across processes."""

    def __init__(self, folder):
        self.path = folder + ".lock"

    def __enter__(self):
        import fcntl

        self.handle = open(self.path, "w")
        fcntl.flock(self.handle, fcntl.LOCK_EX)

    def __exit__(self, *_):
        self.handle.close()


def run(command, complaint):
    if subprocess.call(command) != 0:
        stop(complaint, "The command was: %s" % " ".join(command))


def read(path):
    try:
        with open(path) as handle:
            return handle.read()
    except OSError:
        return None


def write(path, content):
    with open(path, "w") as handle:
        handle.write(content)


def say(line):
    sys.stderr.write("bienban: %s\n" % line)
    sys.stderr.flush()


def stop(problem, remedy):
    sys.exit("bienban: %s\n         %s" % (problem, remedy))


if __name__ == "__main__":
    main(sys.argv[1:])
