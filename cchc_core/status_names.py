"""What people read for the status of a score, on every screen and in every file."""

from collections.abc import Mapping
from typing import Final

from cchc_core.rules.scoring import Status

STATUS_NAMES: Final[Mapping[Status, str]] = {
    Status.SCORED: "Đã chấm",
    Status.MISSING: "Chưa chấm",
    Status.AWAITING: "Chờ bên ngoài",
    Status.NOT_DUE: "Chưa đến kỳ",
    Status.NOT_APPLICABLE: "Không áp dụng",
    Status.VOIDED: "Bị huỷ điểm",
}
