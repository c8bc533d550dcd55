"""All benchmarks, one after the other, each in a process of its own: `python -m benchmarks`."""

import subprocess
import sys

BENCHMARKS = (
    "statistics",
    "ssim",
    "heatmap",
    "end_to_end",
    "corpus",
    "impact",
    "isolation",
    "peers",
    "first_page",
    "viewer",
)


def main() -> int:
    """Returns 1 when any failed, which the others do not wait for."""
    commands = {name: [sys.executable, "-m", f"benchmarks.{name}"] for name in BENCHMARKS}
    failed = [name for name, command in commands.items() if subprocess.run(command, check=False).returncode]
    if failed:
        print(f"\nFailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
