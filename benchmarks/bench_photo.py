"""A phone's photo of 12 megapixels to a portrait for the card: < 100 ms, memory growth < 150 MiB.

Ours reads the bytes, straightens, crops 3:4, looks at light, sharpness and ground and writes the JPEG that is kept. The
rival is what one writes at first: open, `exif_transpose`, crop and resize with LANCZOS, save; it looks at nothing.
"""

import contextlib
import io
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image, ImageChops, ImageOps

from benchmarks import harness
from benchmarks.harness import Report, Result

SIZE = (4000, 3000)
RUNS = 15


def sample(form: str = "JPEG", **options) -> bytes:
    """A portrait as a phone stores it: 12 megapixels lying on the side, with orientation and sensor noise."""
    from portal.demo.faces import draw_face

    with Image.open(io.BytesIO(draw_face(1, "F").data)) as drawn:
        upright = drawn.convert("RGB").resize((SIZE[1], SIZE[0]), Image.Resampling.BICUBIC)
    noise = Image.frombytes("L", (500, 500), random.Random(1).randbytes(250_000)).point(
        [120 + value // 16 for value in range(256)]
    )
    grain = Image.new("L", upright.size)
    for left in range(0, grain.width, 500):
        for top in range(0, grain.height, 500):
            grain.paste(noise, (left, top))
    picture = ImageChops.add(upright, Image.merge("RGB", (grain,) * 3), 1, -128)
    exif = Image.Exif()
    exif[0x0112] = 6
    target = io.BytesIO()
    picture.transpose(Image.Transpose.ROTATE_90).save(
        target, form, exif=exif.tobytes(), **({"quality": 88} if form == "JPEG" else {}) | options
    )
    return target.getvalue()


def ours(data: bytes) -> None:
    """The pipeline."""
    from core.images import portrait_from

    portrait_from(data)


def theirs(data: bytes) -> None:
    """Plain Pillow."""
    with Image.open(io.BytesIO(data)) as image:
        picture = ImageOps.fit(ImageOps.exif_transpose(image), (480, 640), Image.Resampling.LANCZOS)
    picture.save(io.BytesIO(), "JPEG", quality=85, optimize=True)


def growth(name: str, form: str) -> float:
    """MiB by which one run raises the peak of a process of its own."""
    environment = {**os.environ, "BENCH_PART": name, "BENCH_FORM": form}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench_photo"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout.split()[-1])


def highest_mib(*, reset: bool = False) -> float:
    """The peak of resident memory since the last reset, MiB; unlike ru_maxrss it knows nothing of the parent."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    line = next(row for row in Path("/proc/self/status").read_text().splitlines() if row.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def one_run(name: str, form: str) -> None:
    """Read the sample that the parent wrote, run once, print the growth of the peak."""
    from core.images import UnfitFile

    work, small = {"ours": ours, "theirs": theirs}[name], io.BytesIO()
    Image.effect_noise((480, 640), 60).convert("RGB").save(small, form)
    with contextlib.suppress(UnfitFile):  # noise is refused as blurred; the codecs are loaded all the same
        work(small.getvalue())
    data = Path(os.environ["BENCH_SAMPLE"]).read_bytes()
    before = highest_mib(reset=True)
    work(data)
    print(highest_mib() - before)


def main() -> None:
    """Time both in turn on the same bytes, then each one's memory in a process of its own."""
    os.environ.setdefault("SECRET_KEY", "benchmark")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    part = os.environ.get("BENCH_PART")
    if part:
        one_run(part, os.environ["BENCH_FORM"])
        return
    report = Report()
    measure(report, "JPEG", RUNS, 100)
    measure(report, "JPEG", 5, None, progressive=True)
    measure(report, "WEBP", 5, None, quality=80)


def measure(report: Report, form: str, runs: int, budget: float | None, **options) -> None:
    """One format: both timed in turn on the same bytes, then the memory of each."""
    data = sample(form, **options)
    mine, rival = harness.in_turn(lambda: ours(data), lambda: theirs(data), runs=runs)
    start = time.process_time()
    ours(data)
    note = f"{len(data) / 1e6:.1f} MB, {1000 * (time.process_time() - start):.0f} ms of CPU"
    name = " ".join([form, *(key for key in options if key == "progressive")])
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        os.environ["BENCH_SAMPLE"] = file.name
        memory = growth("ours", form), growth("theirs", form)
    report.add(
        Result(f"photo of 12 megapixels, {name}", mine * 1000, "ms", budget=budget,
               rival="plain Pillow", rival_measured=rival * 1000, note=note)
    )  # fmt: skip
    report.add(
        Result(f"memory growth of it, {name}", memory[0], "MiB", budget=150 if form == "JPEG" else None,
               rival="plain Pillow", rival_measured=memory[1])
    )  # fmt: skip


if __name__ == "__main__":
    main()
