"""The vault: originals that hold a card number are locked away before the first write (A-32, PCI DSS 3.4).

Two keys lie in MAKEGOOD_HOME/keys. `vault.pub` locks; the program reads only this one. `vault.key` unlocks;
it is written once, on the first start, and no part of the program reads it after that: take it away from the
machine (docs/mail.md says how, and how an original is opened elsewhere).
"""

import hashlib
import hmac

from nacl.encoding import HexEncoder
from nacl.public import PrivateKey, PublicKey, SealedBox

from makegood import config

PUBLIC, PRIVATE = "vault.pub", "vault.key"


def prepare() -> bool:
    """Make the pair of keys if there is none; returns whether it was made now. For the first start.

    A vault whose private key was taken away stays as it is: its public half is enough.
    """
    folder = config.home() / "keys"
    if (folder / PUBLIC).exists():
        return False
    made = PrivateKey.generate()
    private = PrivateKey(
        config.kept_secret(PRIVATE, make=lambda: made.encode(HexEncoder).decode()).encode(), encoder=HexEncoder
    )
    config.kept_secret(PUBLIC, make=lambda: private.public_key.encode(HexEncoder).decode())
    return private == made


def seal(original: bytes) -> bytes:
    """Return the original so that only the private key opens it (libsodium's sealed box)."""
    prepare()
    public = (config.home() / "keys" / PUBLIC).read_text(encoding="ascii").strip()
    return SealedBox(PublicKey(public.encode(), encoder=HexEncoder)).encrypt(original)


def unlinkable(original: bytes) -> str:
    """Return a fingerprint of an original that holds a card number.

    A plain hash beside the masked copy would give the number away to whoever tries the digits that are
    missing (PCI DSS 3.5.1), so this one needs the desk's own key.
    """
    key = hashlib.sha256(b"vault fingerprint\0" + config.secret_key().encode()).digest()
    return hmac.new(key, original, hashlib.sha256).hexdigest()
