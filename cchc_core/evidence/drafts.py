"""What people fill in about a document, checked before anything of it is stored."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from cchc_core.errors import BadText
from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.secrecy import refuse_secrets
from cchc_core.store.connection import Row
from cchc_core.text import clean_line

WHERE: Final = "Tài liệu kiểm chứng"
MOST_NUMBER, MOST_ISSUER, MOST_ABSTRACT, MOST_LINK = 100, 300, 2_000, 2_000
_EARLIEST, _LATEST = date(1945, 9, 2), date(2100, 12, 31)
_UNPRINTABLE = re.compile(r"[\s\x00-\x20\x7f\\<>\"'`{}|^]")


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """What a person says of a document; ``doc_date`` is the date it bears.

    ``classification`` is the mark of secrecy that was read in the file, "" for none: with one nothing is stored.
    """

    kind: DocumentKind
    number: str = ""
    doc_date: date | None = None
    issuer: str = ""
    abstract: str = ""
    link: str = ""
    is_confirmed: bool = False
    classification: str = ""


def columns_of(draft: DocumentDraft, file_name: str = "") -> Row:
    """Give the columns of a draft as they are stored.

    Raises SecretRefused for a mark of secrecy anywhere in it, BadText for a text too long, a date that no document
    bears, and an address that is none of the web.
    """
    texts = {
        "number": _line("số, ký hiệu", draft.number, MOST_NUMBER),
        "issuer": _line("cơ quan ban hành", draft.issuer, MOST_ISSUER),
        "abstract": _line("trích yếu", draft.abstract, MOST_ABSTRACT),
    }
    refuse_secrets(WHERE, draft.classification, draft.abstract, file_name.rpartition(".")[0], *texts.values())
    if draft.classification.strip():
        refuse_secrets(WHERE, f"({draft.classification.strip()})")
    if draft.doc_date is not None and not _EARLIEST <= draft.doc_date <= _LATEST:
        raise BadText(
            WHERE,
            problem=f"ngày ban hành {draft.doc_date:%d/%m/%Y} không phải là ngày của văn bản",
            to_do="Hãy gõ lại ngày ghi trên văn bản.",
        )
    return {
        "kind": DocumentKind(draft.kind).value,
        **texts,
        "doc_date": draft.doc_date,
        "link": link_of(draft.link),
        "is_confirmed": draft.is_confirmed,
    }


def link_of(text: str) -> str:
    """Give an address of the web as it is stored, "" for none.

    Raises BadText for anything but http and https: other addresses could run something in a browser.
    """
    link = clean_line(text)
    if not link:
        return ""
    if len(link) > MOST_LINK or _UNPRINTABLE.search(link) or not _is_of_the_web(link):
        raise BadText(
            WHERE,
            problem=f"«{' '.join(link.split())[:60]}» không phải là địa chỉ trang web",
            to_do="Hãy dán địa chỉ bắt đầu bằng https:// hoặc http://, không có dấu cách.",
        )
    return link


def _is_of_the_web(link: str) -> bool:
    try:
        parts = urlsplit(link)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False


def _line(what: str, text: str, most: int) -> str:
    line = " ".join(clean_line(text).split())
    if len(line) > most:
        raise BadText(WHERE, problem=f"{what} dài {len(line)} ký tự, quá {most} ký tự", to_do="Hãy viết gọn lại.")
    return line
