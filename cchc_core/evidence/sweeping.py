"""What is left in the folder of files without a row: uploads that were cut off, refused ones, destroyed contents."""

from cchc_core.evidence.vault import vault_of
from cchc_core.store import stored_files
from cchc_core.store.database import Database


def sweep(database: Database) -> int:
    """Remove orphans that are older than a day, and what is left of destroyed contents; tell how many files went."""
    with database.read() as connection:
        known = stored_files.contents(connection)
    return vault_of(database).sweep(known)
