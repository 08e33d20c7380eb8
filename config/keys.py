"""Keys for personal data: given by the environment, or derived from SECRET_KEY in development only."""

import base64
import hashlib
import hmac

from django.core.exceptions import ImproperlyConfigured


def _derived(secret: str, purpose: str) -> bytes:
    return hmac.new(secret.encode(), f"sidakep/{purpose}".encode(), hashlib.sha256).digest()


def derive_keys(env, secret_key: str, *, production: bool) -> tuple[dict[int, bytes], bytes, bytes]:
    """Return (personal-data keys by id, blind-index key, card-signing seed), each key 32 bytes.

    PERSONAL_DATA_KEYS is a list ``id:base64`` (the highest id seals, all open), BLIND_INDEX_KEY and
    CARD_SIGNING_KEY are base64. Production refuses to start without them: a key that can be computed
    from another secret falls with it.
    """
    given = env.list("PERSONAL_DATA_KEYS", default=[])
    index = env("BLIND_INDEX_KEY", default="")
    signing = env("CARD_SIGNING_KEY", default="")
    if production and not (given and index and signing):
        raise ImproperlyConfigured(
            "PERSONAL_DATA_KEYS, BLIND_INDEX_KEY dan CARD_SIGNING_KEY wajib diisi di produksi; "
            "lihat docs/operations.md."
        )
    keys = {int(part.split(":", 1)[0]): base64.b64decode(part.split(":", 1)[1]) for part in given}
    return (
        keys or {1: _derived(secret_key, "personal-data")},
        base64.b64decode(index) if index else _derived(secret_key, "blind-index"),
        base64.b64decode(signing) if signing else _derived(secret_key, "card-signing"),
    )
