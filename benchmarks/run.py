"""Runs every benchmark, one process each. SIZE=small (default) or SIZE=full."""

import subprocess
import sys
import time
from pathlib import Path


def main() -> int:
    """Run all ``bench_*.py`` in order; the exit status says only whether they ran."""
    folder = Path(__file__).parent
    wanted = sys.argv[1:]
    failed = []
    for script in sorted(folder.glob("bench_*.py")):
        if wanted and not any(name in script.stem for name in wanted):
            continue
        print(f"== {script.stem}", flush=True)
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{script.stem}"], check=False, cwd=folder.parent
        )
        print(f"   {time.perf_counter() - start:.1f} s", flush=True)
        if done.returncode:
            failed.append(script.stem)
    if failed:
        print(f"did not run: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
