"""Asks python-stdnum: makes numbers that its modules accept, and judges ours.

Reads one JSON object: {"seed", "wanted", "asked": [{"id", "module", "strip", "prefix", "keep",
"samples", "ours"}]}. Writes one: {id: {"made", "flips": [[number, accepted]], "ours": [accepted],
"error"}}. The written form of the samples is kept.
"""

import hashlib
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


def nothing(_wanted, _chance):
    return []


def bitcoin(wanted, chance):
    """Makes addresses, whose checks are too long to be met by chance: base58check with a double
    SHA-256 (versions 0 and 5), and bech32 (BIP 173, witness version 0)."""
    half = wanted // 2
    return [base58check(chance) for _ in range(half)] + [bech32(chance) for _ in range(half)]


def base58check(chance):
    payload = bytes([chance.choice((0, 5))]) + chance.randbytes(20)
    payload += hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number, text = int.from_bytes(payload, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = alphabet[digit] + text
    return "1" * (len(payload) - len(payload.lstrip(b"\0"))) + text


def bech32(chance):
    program = chance.randbytes(chance.choice((20, 32)))
    bits = "".join(f"{byte:08b}" for byte in program)
    bits += "0" * (-len(bits) % 5)
    values = [0] + [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
    sum_ = polymod([3, 3, 0, 2, 3] + values + [0] * 6) ^ 1
    values += [sum_ >> 5 * (5 - at) & 31 for at in range(6)]
    return "bc1" + "".join("qpzry9x8gf2tvdw0s3jn54khce6mua7l"[value] for value in values)


def polymod(values):
    generator = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for at, part in enumerate(generator):
            check ^= part if top >> at & 1 else 0
    return check


MAKERS = {"bitcoin": bitcoin}


def make(asked, wanted, accept, chance):
    """Returns different numbers that the module takes, the samples that it takes among them."""
    samples = [s for s in asked["samples"] if places_of(s, asked["keep"])]
    made = [s for s in samples if accept(s)]
    made += [n for n in MAKERS.get(asked["module"], nothing)(wanted, chance) if accept(n)]
    seen, end, wanted = set(made), time.monotonic() + SECONDS, wanted + len(samples)
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
