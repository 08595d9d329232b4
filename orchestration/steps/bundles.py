"""Which models a night may use: the folder with its register, and the digest that makes it part of the night's inputs.

Not here: the register and the bundles themselves (profiles/scoring/heads), training them (retrain).
"""

from hashlib import sha256
from pathlib import Path

from orchestration.night import Night
from profiles.scoring.heads.registry import BUNDLES, REGISTER


def bundles_of(night: Night) -> Path:
    """Where the register of models lies: this world's own once it has been trained, else the one that ships."""
    own = night.layout.models
    return own if (own / REGISTER).is_file() else BUNDLES


def register_digest(night: Night) -> str:
    """Digest of the register, or nothing where there is none: another approved model makes another night."""
    register = bundles_of(night) / REGISTER
    return sha256(register.read_bytes()).hexdigest() if register.is_file() else ""
