"""A kernel's own process: one that cannot begin ends, whatever it has opened by then."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.places import home_environment

PORTS = {"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5}


def test_a_kernel_that_finds_one_of_its_places_taken_ends(tmp_path: Path) -> None:
    (tmp_path / "k-2").mkdir()  # the first place is free: with that one open, ZeroMQ would wait for ever at the end
    told = {"transport": "ipc", "ip": str(tmp_path / "k"), **PORTS, "key": "a", "signature_scheme": "hmac-sha256"}
    file = tmp_path / "kernel-1.json"
    file.write_text(json.dumps(told), "utf-8")
    file.chmod(0o600)
    environment = {**os.environ, **home_environment(tmp_path / "home"), "JPY_PARENT_PID": str(os.getpid())}
    command = [sys.executable, "-P", "-m", "rekindle.server.kernel", "-f", str(file)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 1
    assert "ZMQError" in done.stderr
