"""Measures Presidio over the bytes of standard input and prints one line of JSON, as `peers` writes them.

    python presidio.py --corpus NAME [--runs N] < FILE

It needs `pip install presidio-analyzer` and nothing else: no language model is loaded. spaCy's blank English
pipeline cuts the text into tokens, so every recogniser that works by pattern, checksum and context runs, and names
of persons and places are not looked for. With a model Presidio finds more and is slower by far.
"""

import argparse
import json
import logging
import sys
import time
from importlib.metadata import version

import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine

# Characters of one call: about what a product passes at once, and below spaCy's limit of a million.
CHUNK = 16 * 1024


class Blank(SpacyNlpEngine):
    """Tokens and nothing else."""

    def __init__(self):
        super().__init__()
        self.nlp = {"en": spacy.blank("en")}

    def load(self):
        """Nothing to load."""


def analyzer():
    """Returns Presidio with all of its recognisers for English that need no model."""
    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    for name in {r.name for r in registry.recognizers if "Spacy" in r.name}:
        registry.remove_recognizer(name)
    engine = Blank()
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["en"])


def scan(engine, chunks):
    """Returns how many results there are."""
    return sum(len(engine.analyze(text=chunk, language="en")) for chunk in chunks)


def main():
    parser = argparse.ArgumentParser(description="Measure Presidio over standard input.")
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    payload = sys.stdin.buffer.read()
    text = payload.decode("utf-8", "replace")
    chunks = [text[at : at + CHUNK] for at in range(0, len(text), CHUNK)]
    engine = analyzer()
    scan(engine, ["warm up 4111 1111 1111 1111"])
    cpu, wall, count = float("inf"), float("inf"), 0
    for _ in range(max(options.runs, 1)):
        wall_from, cpu_from = time.perf_counter(), time.thread_time()
        count = scan(engine, chunks)
        cpu, wall = min(cpu, time.thread_time() - cpu_from), min(wall, time.perf_counter() - wall_from)
    recognisers = len(engine.get_recognizers(language="en"))
    record = {
        "engine": "presidio",
        "version": version("presidio-analyzer"),
        "task": "default",
        "mode": "patterns",
        "corpus": options.corpus,
        "bytes": len(payload),
        "cpu_s": cpu,
        "wall_s": wall,
        "count": count,
        "asked": f"its {recognisers} recognisers for English that need no model, blank spaCy pipeline, calls of "
        f"{CHUNK} characters, text decoded before",
    }
    print(json.dumps(record))


if __name__ == "__main__":
    main()
