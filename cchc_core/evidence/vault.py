"""The files of documents as use cases and routes speak of them; how they lie on the disk is the store's."""

from cchc_core.store.database import Database
from cchc_core.store.vault import Vault, digest_of, vault_beside

__all__ = ["Vault", "digest_of", "vault_of"]


def vault_of(database: Database) -> Vault:
    """Give the vault beside a database."""
    return vault_beside(database.path)
