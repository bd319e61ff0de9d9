"""Finds what the tests against a real Spark server need, and installs Java where it may.

`python -m tests.spark_setup` prepares a machine: as root on a Debian-like system it installs Java; elsewhere it says
loudly that the Spark tests will be skipped, or fails when REQUIRE_SPARK=1.
"""

from __future__ import annotations

import os
import sys

from gzdash.engines.local_spark import LEAST_JAVA, java_version, missing
from tests.browser_setup import framed, install, may_install_packages

# One of them is in the Debian or Ubuntu of these years; the first that installs is taken.
PACKAGES = ("openjdk-17-jre-headless", "openjdk-21-jre-headless", "openjdk-25-jre-headless")


def spark_required() -> bool:
    """Whether a missing server is a failure rather than a reason to skip."""
    return os.environ.get("REQUIRE_SPARK") == "1"


def main() -> int:
    """Prepares the machine; 1 when something required is missing still."""
    for package in PACKAGES:
        if java_version() >= LEAST_JAVA or not may_install_packages():
            break
        print(f"Installing {package} for the Spark tests", flush=True)
        install(package)
    lacking = missing()
    if lacking:
        fate = (
            "REQUIRE_SPARK=1 forbids going on without." if spark_required() else "They will be SKIPPED; the rest runs."
        )
        framed(["MISSING FOR THE SPARK TESTS:", *(fault.line("en") for fault in lacking), fate])
    return 1 if lacking and spark_required() else 0


if __name__ == "__main__":
    sys.exit(main())
