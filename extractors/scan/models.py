"""The recognition models: where a picture holds text, and what a picture of one line of text says."""

import atexit
import importlib.util
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
import openvino as ov
from numpy.typing import NDArray

Grey = NDArray[Any]
"""A grey picture, rows × columns, 0 black to 255 white."""

_PACKAGE = "rapidocr"
"""The package whose wheel carries the models' weights (PP-OCRv6 small); its own code is not used."""
_DETECTION, _RECOGNITION = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"

_HEIGHT = 48
"""The recognition model takes lines of this height …"""
_STEP = 8
"""… and gives one answer for so many columns of it."""
_WIDTHS = 32
"""Lines are filled up to a multiple of so many columns: each new width costs the engine a preparation."""
_LONGEST = 3200
"""Wider lines (at the model's height) are squeezed: no cell of a filing holds two hundred letters in one line."""
_MULTIPLE = 32
"""The detection model takes pictures whose sides are multiples of this."""
_TEXT, _BOX = 0.3, 0.5
"""From which share on the detection model's answer counts as text, and a region of text as a line (as published)."""
_GROWTH = 1.6
"""The model marks the core of a line; its box grows by area × this ÷ circumference (as published)."""


class TextBox(NamedTuple):
    """Where a line of text stands in a picture, in its pixels, and the mean of the model's answer there."""

    x0: int
    top: int
    x1: int
    bottom: int
    score: float

    def scaled(self, scale: float) -> "TextBox":
        """Give the same box in a picture of another size."""
        x0, top, x1, bottom = (round(side * scale) for side in self[:4])
        return TextBox(x0, top, x1, bottom, self.score)


class ReadLetter(NamedTuple):
    """One recognised character: ``at`` is its middle as a share of the line's width, ``sure`` the model's probability.

    ``rival`` is the highest probability of any other character at the same place.
    """

    text: str
    at: float
    sure: float
    rival: float


Reading = tuple[ReadLetter, ...]
"""What one line says, left to right."""


@dataclass(frozen=True, slots=True)
class Models:
    """Both models, ready for use; ``alphabet`` gives the character of each of the recognition model's answers."""

    detection: Any
    recognition: Any
    alphabet: tuple[str, ...]

    def find_text(self, picture: Grey) -> list[TextBox]:
        """Find the lines of text of an upright picture."""
        height, width = picture.shape
        rows, columns = (max(_MULTIPLE, round(side / _MULTIPLE) * _MULTIPLE) for side in (height, width))
        fitted = cv2.resize(picture, (columns, rows), interpolation=cv2.INTER_AREA)
        answer = self.detection({0: _as_input(fitted)})[0][0, 0]
        return _boxes(answer, width / columns, height / rows, width, height)

    def read_lines(self, lines: Sequence[Grey]) -> list[Reading]:
        """Read pictures of single lines of text; both cores work, each on a line of its own."""
        readings: list[Reading] = [()] * len(lines)

        def keep(request: Any, index: int) -> None:
            readings[index] = self._decode(request.get_output_tensor().data[0], shares[index])

        queue = ov.AsyncInferQueue(self.recognition)
        queue.set_callback(keep)
        shares: dict[int, float] = {}
        order = sorted(range(len(lines)), key=lambda k: lines[k].shape[1] / max(1, lines[k].shape[0]))
        for k in order:
            fitted, shares[k] = _fit_line(lines[k])
            queue.start_async({0: _as_input(fitted)}, k)
        queue.wait_all()
        return readings

    def _decode(self, answer: NDArray[Any], share: float) -> Reading:
        """Take the likeliest character of each step; the same one in neighbouring steps is one character."""
        best = answer.argmax(axis=1)
        sure = answer[np.arange(len(best)), best]
        letters: list[ReadLetter] = []
        start = 0
        for end in range(1, len(best) + 1):
            if end < len(best) and best[end] == best[start]:
                continue
            if best[start]:
                at = min(1.0, (start + end) / 2 / len(best) / share)
                peak = start + int(sure[start:end].argmax())
                rival = float(np.partition(answer[peak], -2)[-2])
                letters.append(ReadLetter(self.alphabet[best[start]], at, float(sure[peak]), rival))
            start = end
        return tuple(letters)


@cache
def load_models() -> Models:
    """Load both models, once a process; raises ImportError where the package with the weights is not installed."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ImportError(_PACKAGE)
    folder = Path(spec.origin).parent / "models"
    atexit.register(load_models.cache_clear)  # OpenVINO's threads must end before the interpreter does
    core = ov.Core()
    detection = core.compile_model(core.read_model(folder / _DETECTION), "CPU")
    model = core.read_model(folder / _RECOGNITION)
    known = model.get_rt_info()["framework"]["character"].value.splitlines()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    recognition = core.compile_model(model, "CPU", {"NUM_STREAMS": cores, "INFERENCE_NUM_THREADS": cores})
    return Models(detection, recognition, ("", *known, " "))


def _as_input(picture: Grey) -> NDArray[Any]:
    """Give a grey picture as three equal channels between -1 and 1."""
    scaled = picture.astype(np.float32) / 127.5 - 1
    return np.broadcast_to(scaled, (1, 3, *scaled.shape))


def _fit_line(line: Grey) -> tuple[Grey, float]:
    """Bring a line to the model's height and fill it up on the right; give the line's share of the whole width."""
    height, width = line.shape
    fitted = max(_STEP, min(_LONGEST, round(width * _HEIGHT / max(1, height))))
    whole = -(-fitted // _WIDTHS) * _WIDTHS
    shrinks = height > _HEIGHT
    resized = cv2.resize(line, (fitted, _HEIGHT), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
    return cv2.copyMakeBorder(resized, 0, 0, 0, whole - fitted, cv2.BORDER_CONSTANT, value=(127,)), fitted / whole


def _boxes(answer: NDArray[Any], across: float, down: float, width: int, height: int) -> list[TextBox]:
    """Turn the detection model's answer into boxes in the picture's pixels (scales ``across`` and ``down``)."""
    mask = cv2.dilate((answer > _TEXT).astype(np.uint8), np.ones((2, 2), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = []
    for label in range(1, count):
        x, y, w, h, _ = stats[label]
        if min(w, h) < 3:
            continue
        region = labels[y : y + h, x : x + w] == label
        score = float(answer[y : y + h, x : x + w][region].mean())
        if score < _BOX:
            continue
        grow = w * h * _GROWTH / (2 * (w + h))
        found.append(
            TextBox(
                max(0, round((x - grow) * across)),
                max(0, round((y - grow) * down)),
                min(width, round((x + w + grow) * across)),
                min(height, round((y + h + grow) * down)),
                score,
            )
        )
    return found
