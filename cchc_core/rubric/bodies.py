"""The kinds of bodies that a criteria set, or a single criterion, may be meant for."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class BodyKind(StrEnum):
    """What a unit is where a criteria set makes a difference (loại cơ quan, đơn vị)."""

    WITH_PROCEDURES = "with_procedures"
    WITHOUT_PROCEDURES = "without_procedures"
    PUBLIC_SERVICE = "public_service"
    ROOM = "room"
    DISTRICT = "district"
    COMMUNE = "commune"


BODY_KIND_NAMES: Final[Mapping[BodyKind, str]] = {
    BodyKind.WITH_PROCEDURES: "Sở, ngành có thủ tục hành chính",
    BodyKind.WITHOUT_PROCEDURES: "Sở, ngành không có thủ tục hành chính",
    BodyKind.PUBLIC_SERVICE: "Đơn vị sự nghiệp công lập",
    BodyKind.ROOM: "Phòng, ban thuộc Sở",
    BodyKind.DISTRICT: "UBND cấp huyện",
    BodyKind.COMMUNE: "UBND cấp xã",
}
