"""Proving the code of a scanned card: < 1 ms, the look-up of its key included.

The rival is the same by the book, as a reader of the format would write it first: Base45 letter by letter, cbor2 and
cryptography, the key made anew from its bytes each time, and the key's row asked for in the same database.
"""

import os
from datetime import date

from benchmarks import harness
from benchmarks.harness import Report, Result

CODES = 200
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def by_the_book(text: str) -> dict:
    """Prove one code without anything kept from the one before."""
    import cbor2
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from jobseekers.models import CodeKey

    body, data = text[4:], b""
    for start in range(0, len(body), 3):
        part = body[start : start + 3]
        number = sum(LETTERS.index(letter) * 45**power for power, letter in enumerate(part))
        data += number.to_bytes(len(part) - 1, "big")
    protected, _, payload, signature = cbor2.loads(data).value
    row = CodeKey.objects.filter(kid=cbor2.loads(protected)[4]).get()
    public = Ed25519PublicKey.from_public_bytes(bytes(row.public))
    public.verify(signature, cbor2.dumps(["Signature1", protected, b"", payload]))
    return cbor2.loads(payload)


def main() -> None:
    """Run once a database."""
    url = os.environ.get("BENCH_URL")
    if url is None:
        harness.each_database(__file__)
        return
    harness.setup(url)
    from jobseekers import cardcode
    from jobseekers.services import code_keys

    code_keys.register_current()
    codes = [
        cardcode.sign(f"3277{n:012d}", f"Orang Contoh {n}", date(2026, 8, 21), date(2028, 8, 20))
        for n in range(CODES)
    ]
    if [code_keys.check(code).number for code in codes] != [by_the_book(code)[1] for code in codes]:
        raise RuntimeError("the two readers disagree")
    broken = cardcode.b45decode(codes[0][4:])
    broken = "AK1:" + cardcode.b45encode(broken[:-1] + bytes([broken[-1] ^ 1]))
    try:
        code_keys.check(broken)
    except cardcode.Altered:
        pass
    else:
        raise RuntimeError("an altered code passed")

    def ours():
        for code in codes:
            code_keys.check(code)

    def theirs():
        for code in codes:
            by_the_book(code)

    mine, rival = harness.in_turn(ours, theirs, runs=9)
    Report().add(
        Result(
            f"QR verify, {os.environ['BENCH_KIND']}",
            mine / CODES * 1000,
            "ms",
            budget=1.0,
            rival="by the book: cbor2 + cryptography, nothing kept",
            rival_measured=rival / CODES * 1000,
        )
    )


if __name__ == "__main__":
    main()
