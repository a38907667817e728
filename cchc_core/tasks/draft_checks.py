"""Drafts that come from outside: their texts in the stored form and no longer than is kept, or refused as a whole."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from cchc_core.errors import BadText
from cchc_core.plans.model import Product
from cchc_core.tasks import texts
from cchc_core.tasks.draft import PlanDraft, TaskDraft

_WHERE: Final = "Kế hoạch"
_LINES: Final[Mapping[str, tuple[str, int]]] = {
    "code": ("mã nhiệm vụ", texts.MOST_NUMBER),
    "group_code": ("mã nhóm", texts.MOST_NUMBER),
    "group_title": ("tên nhóm", texts.MOST_TITLE),
    "lead_text": ("đơn vị chủ trì", texts.MOST_TITLE),
    "coordinating": ("đơn vị phối hợp", texts.MOST_TITLE),
    "time_text": ("thời gian", texts.MOST_TITLE),
    "funding": ("kinh phí", texts.MOST_TITLE),
    "source": ("nguồn", texts.MOST_TITLE),
    "person": ("người thực hiện", texts.MOST_NAME),
}
_PARAGRAPHS: Final[Mapping[str, str]] = {
    "how": "cách thức thực hiện",
    "note": "ghi chú",
    "print_note": "ghi chú về bản in",
}


def checked(draft: PlanDraft) -> PlanDraft:
    """Give a draft as it is kept. Raises BadText, which names the task, for what cannot be."""
    texts.year(_WHERE, draft.year)
    if not draft.tasks:
        raise BadText(_WHERE, problem="kế hoạch không có nhiệm vụ nào", to_do="Hãy kiểm tra lại tệp.")
    return replace(
        draft,
        title=texts.line(_WHERE, "tên kế hoạch", draft.title, texts.MOST_TITLE, is_wanted=True),
        issuer=texts.line(_WHERE, "nơi ban hành", draft.issuer, texts.MOST_NAME),
        document_text=texts.line(_WHERE, "văn bản", draft.document_text, texts.MOST_TITLE),
        origin=texts.line(_WHERE, "tên tệp", draft.origin, texts.MOST_TITLE),
        tasks=tuple(_checked(task, place) for place, task in enumerate(draft.tasks, start=1)),
    )


def _checked(task: TaskDraft, place: int) -> TaskDraft:
    where = f"Nhiệm vụ thứ {place}"
    lines = {name: texts.line(where, said, getattr(task, name), most) for name, (said, most) in _LINES.items()}
    paragraphs = {
        name: texts.lines(where, said, getattr(task, name), texts.MOST_TEXT) for name, said in _PARAGRAPHS.items()
    }
    changes: dict[str, Any] = {**lines, **paragraphs}
    return replace(
        task,
        **changes,
        title=texts.line(where, "nội dung nhiệm vụ", task.title, texts.MOST_TITLE, is_wanted=True),
        products=tuple(_product(where, product) for product in task.products),
        title_times=tuple(texts.line(where, "thời gian", text, texts.MOST_TITLE) for text in task.title_times),
    )


def _product(where: str, product: Product) -> Product:
    time = None if product.time is None else texts.line(where, "thời gian", product.time, texts.MOST_TITLE)
    return Product(texts.line(where, "sản phẩm", product.text, texts.MOST_TEXT), time or None)
