"""The command ``demarche``."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

from . import _native


def main() -> NoReturn:
    """Runs the command line of this process, and ends it with its exit code."""
    # Ctrl-C ends the program at once, as it does without Python.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    code = _native.command(sys.argv)
    sys.stderr.flush()
    os._exit(code)
