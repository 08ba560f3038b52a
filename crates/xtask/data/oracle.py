"""Asks python-stdnum: makes numbers that its modules accept, and judges ours.

Reads one JSON object: {"seed", "wanted", "asked": [{"id", "module", "strip", "prefix", "keep",
"samples", "ours"}]}. Writes one: {id: {"made", "flips": [[number, accepted]], "ours": [accepted],
"error"}}. The written form of the samples is kept.
"""

import importlib
import json
import random
import string
import sys
import time

SECONDS = 4


def accepts(asked):
    """Returns the function that says whether the module takes a number as we write it."""
    module = importlib.import_module("stdnum." + asked["module"])
    dropped = {ord(c): None for c in asked["strip"]}

    def accept(number):
        number, prefix = number.translate(dropped), asked["prefix"]
        try:
            module.validate(number if number.startswith(prefix) else prefix + number)
            return True
        except Exception:  # a module that stumbles over a number does not take it
            return False

    return accept


def like(c, chance):
    """Returns a random character of the same kind."""
    for kind in (string.digits, string.ascii_uppercase, string.ascii_lowercase):
        if c in kind:
            return chance.choice(kind)
    return c


def changed(number, places, chance):
    """Returns the number with some characters replaced by others of their kind."""
    written = list(number)
    many = chance.choice((2, 2, 3, 4, 6, 9, len(places)))
    for at in chance.choices(places, k=many):
        written[at] = like(written[at], chance)
    return "".join(written)


def places_of(number, keep):
    return [at for at, c in enumerate(number) if at >= keep and c.isascii() and c.isalnum()]


def make(asked, wanted, accept, chance):
    """Returns different numbers that the module takes, the samples that it takes among them."""
    samples = [s for s in asked["samples"] if places_of(s, asked["keep"])]
    made = [s for s in samples if accept(s)]
    seen, end = set(made), time.monotonic() + SECONDS
    while samples and len(made) < wanted and time.monotonic() < end:
        base = chance.choice(samples if chance.random() < 0.7 or not made else made)
        number = changed(base, places_of(base, asked["keep"]), chance)
        if number not in seen and accept(number):
            seen.add(number)
            made.append(number)
    return made


def flip(number, chance):
    """Returns the number with one digit replaced by another."""
    at = chance.choice([at for at, c in enumerate(number) if c in string.digits])
    wrong = chance.choice([d for d in string.digits if d != number[at]])
    return number[:at] + wrong + number[at + 1 :]


def answer(asked, wanted, seed):
    chance = random.Random(f"{seed} {asked['id']}")
    accept = accepts(asked)
    made = make(asked, wanted, accept, chance)
    flips = [flip(n, chance) for n in made if any(c in string.digits for c in n)]
    return {
        "made": made,
        "flips": [[n, accept(n)] for n in flips],
        "ours": [accept(n) for n in asked["ours"]],
        "error": None,
    }


def main():
    request = json.load(sys.stdin)
    answers = {}
    for asked in request["asked"]:
        try:
            answers[asked["id"]] = answer(asked, request["wanted"], request["seed"])
        except ImportError as error:
            answers[asked["id"]] = {"made": [], "flips": [], "ours": [], "error": str(error)}
    json.dump(answers, sys.stdout)


main()
