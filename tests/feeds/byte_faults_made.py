"""Faults of every kind made in the bytes of a file, by a seed: what wires, disks, editors and bad people do to one.

Not here: the files (sent_by_readers), what must hold afterwards (test_feed_soak).
"""

from random import Random

TOKENS = (
    b'"', b'""', b'"\n"', b",", b";", b"\t", b"\n", b"\r", b"\r\n", b"\x00", b"\x0b", b"\x1a", b"\x85", b"\xa0",
    b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xc3", b"\xe2\x80\xae", b"\xe2\x80\x8b", b"\xed\xa0\x80",
    b"\xf0\x9f\x9a\x93", b"=cmd|' /C calc'!A0", b"'; drop table x; --", b"9" * 400, b"7.7E+09", b"1e999", b"NaN",
    b"<", b">", b"&x;", b"]]>", b"<!--", b"<!DOCTYPE a>", b"<?x?>", b"{", b"}", b"[", b"]", b":", b"\\", b"\\u0000",
    b"\\ud800", b"null", b"x" * 70_000, b"PK\x03\x04", b"PAR1", b"\x1f\x8b",
)  # fmt: skip
MOST = 3  # faults in one file


def spoil(rng: Random, content: bytes) -> bytes:
    """The content with one to three faults in it; it may still be a good file."""
    for _ in range(rng.randint(1, MOST)):
        content = rng.choice(FAULTS)(rng, content)
    return content


def _span(rng: Random, content: bytes) -> tuple[int, int]:
    first = rng.randrange(len(content) + 1)
    return first, min(len(content), first + rng.choice((1, 2, 5, 20, 100, 1000)))


def _change_bits(rng: Random, content: bytes) -> bytes:
    found = bytearray(content)
    for _ in range(rng.choice((1, 1, 4, 32))):
        if found:
            found[rng.randrange(len(found))] ^= 1 << rng.randrange(8)
    return bytes(found)


def _insert(rng: Random, content: bytes) -> bytes:
    at = rng.randrange(len(content) + 1)
    return content[:at] + rng.choice(TOKENS) + content[at:]


def _insert_noise(rng: Random, content: bytes) -> bytes:
    at = rng.randrange(len(content) + 1)
    return content[:at] + rng.randbytes(rng.choice((1, 3, 40))) + content[at:]


def _cut_out(rng: Random, content: bytes) -> bytes:
    first, last = _span(rng, content)
    return content[:first] + content[last:]


def _cut_off(rng: Random, content: bytes) -> bytes:
    return content[: rng.randrange(len(content) + 1)]


def _say_twice(rng: Random, content: bytes) -> bytes:
    first, last = _span(rng, content)
    return content[:last] + content[first:last] + content[last:]


def _blank(rng: Random, content: bytes) -> bytes:
    first, last = _span(rng, content)
    return content[:first] + bytes([rng.choice((0, 10, 32, 34, 255))]) * (last - first) + content[last:]


def _change_places(rng: Random, content: bytes) -> bytes:
    (a, b), (c, d) = sorted((_span(rng, content), _span(rng, content)))
    return content if b > c else content[:a] + content[c:d] + content[b:c] + content[a:b] + content[d:]


FAULTS = (
    _change_bits, _insert, _insert, _insert_noise, _cut_out, _cut_off, _say_twice, _blank, _change_places,
)  # fmt: skip
