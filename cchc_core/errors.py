"""Everything the product refuses or fails at, as one tree with one catalogue of Vietnamese texts.

    CchcError
    ├── Refused                  a person can put it right
    │   ├── NotAllowed           the role may not do this now
    │   │   └── NotAllowedInOffice   the role may not do this at all
    │   ├── NotSignedIn          no session, or one that has ended
    │   ├── NotFound             no such assessment, criterion, unit, criteria set
    │   ├── AlreadyThere         the same thing a second time
    │   ├── BadText              empty, or longer than is kept
    │   ├── StaleAnswer          somebody else saved an answer in the meantime
    │   ├── StaleText            somebody else saved another text in the meantime
    │   └── CannotCarry          answers cannot be carried from there to here
    └── StorageError             the machine could not do it; what was saved before stands
        ├── StorageFull          no room on the disk
        ├── StorageReadOnly      the folder or file cannot be written
        ├── StorageInUse         another process has the database open
        ├── StorageDamaged       the file is no database, or is broken
        ├── StorageClosed        the database was closed or exchanged meanwhile
        ├── StorageFailed        any other failure of the database
        └── NewerDatabase        written by a newer version of the product

Every message says where, what is wrong and what to do, and carries a code that support can look up.
An answer that its rule cannot take is :class:`cchc_core.rules.problems.AnswerRefused`: the rules know no storage.
"""

from datetime import datetime, timedelta
from typing import ClassVar

from cchc_core.rules.answers import Entry

VIETNAM = timedelta(hours=7)


class CchcError(Exception):
    """Base of the tree; ``str()`` of it may be shown to people as it stands."""

    code: ClassVar[str] = "HT-00"
    what: ClassVar[str] = "có lỗi chưa rõ nguyên nhân"
    remedy: ClassVar[str] = "Hãy thử lại; nếu vẫn lỗi, báo cho quản trị kèm mã lỗi."

    def __init__(self, where: str, **details: object) -> None:
        self.where = where
        self.problem = self.what.format(**details)
        self.to_do = self.remedy.format(**details)
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """Say where, what is wrong, what to do, and the code."""
        return f"{self.where}: {self.problem}. {self.to_do} (mã {self.code})"


class Refused(CchcError):
    """Nothing was changed, and the person who asked can put it right."""

    code = "TC-00"


class NotAllowed(Refused):
    """The role may not do this in the present state."""

    code = "TC-01"
    what = "vai trò «{role}» không được {action} khi bảng chấm đang ở trạng thái «{state}»{lock}"
    remedy = "Hãy nhờ người có quyền, hoặc chờ bảng chấm sang trạng thái phù hợp."


class NotAllowedInOffice(NotAllowed):
    """The role may not do this with what a department keeps, in whatever state its assessments are."""

    code = "TC-09"
    what = "vai trò «{role}» không được {action}"
    remedy = "Hãy nhờ người có quyền làm việc này."


class NotSignedIn(Refused):
    """There is no session, or it has ended."""

    code = "TC-02"
    what = "chưa đăng nhập hoặc phiên làm việc đã kết thúc"
    remedy = "Hãy đăng nhập lại."


class NotFound(Refused):
    """What was asked for does not exist here."""

    code = "TC-03"
    what = "không tìm thấy {thing} «{key}»"
    remedy = "Hãy kiểm tra lại đường dẫn hoặc chọn từ danh sách."


class AlreadyThere(Refused):
    """The same thing exists already."""

    code = "TC-04"
    what = "đã có {thing} «{key}»"
    remedy = "Hãy mở mục đã có, không tạo thêm."


class BadText(Refused):
    """A text is empty where one is wanted, or longer than is kept."""

    code = "TC-05"
    what = "{problem}"
    remedy = "{to_do}"


class StaleAnswer(Refused):
    """Somebody else saved this criterion after it was read; both values are carried so that a person can choose.

    To keep one's own value, save again with ``version``; to keep the other's, do nothing.
    ``mine`` is None when a note was being saved, ``mine_note`` is None when an answer was.
    """

    code = "TC-06"
    what = "{who} đã lưu giá trị khác lúc {when}"
    remedy = "Hãy xem cả hai giá trị rồi chọn: giữ giá trị đã lưu, hoặc lưu lại giá trị của mình."

    def __init__(
        self,
        where: str,
        *,
        version: int,
        who: str,
        when_utc: datetime,
        stored: Entry,
        stored_note: str,
        stored_explanation: str,
        mine: Entry | None = None,
        mine_note: str | None = None,
        mine_explanation: str = "",
    ) -> None:
        self.version = version
        self.who = who
        self.when_utc = when_utc
        self.stored = stored
        self.stored_note = stored_note
        self.stored_explanation = stored_explanation
        self.mine = mine
        self.mine_note = mine_note
        self.mine_explanation = mine_explanation
        super().__init__(where, who=who, when=format(when_utc + VIETNAM, "%H:%M:%S ngày %d/%m/%Y"))


class StaleText(Refused):
    """Somebody else changed a remedy, a scenario, a target or an outlook meanwhile; ``version`` is stored now."""

    code = "TC-07"
    what = "{who} đã lưu nội dung khác lúc {when}: «{stored}»"
    remedy = "Hãy xem nội dung ấy rồi lưu lại nếu vẫn muốn dùng nội dung của mình."

    def __init__(self, where: str, *, version: int, who: str, when_utc: datetime, stored: str) -> None:
        self.version = version
        when = format(when_utc + VIETNAM, "%H:%M:%S ngày %d/%m/%Y")
        super().__init__(where, who=who, when=when, stored=stored)


class CannotCarry(Refused):
    """Answers cannot be carried forward from that assessment to this one."""

    code = "TC-08"
    what = "{problem}"
    remedy = "Hãy chọn một bảng của cùng đơn vị, ở kỳ trước hoặc năm trước."


class StorageError(CchcError):
    """The machine could not store or read; what was saved before stands."""

    code = "LT-00"


class StorageFull(StorageError):
    """There is no room left on the disk."""

    code = "LT-01"
    what = "ổ đĩa đã đầy nên lần lưu này không thực hiện được; dữ liệu đã lưu trước đó vẫn nguyên vẹn"
    remedy = "Hãy giải phóng chỗ trống trên ổ đĩa rồi lưu lại."


class StorageReadOnly(StorageError):
    """The folder or a file in it cannot be written."""

    code = "LT-02"
    what = "không có quyền ghi vào thư mục dữ liệu"
    remedy = "Hãy cấp quyền ghi cho tài khoản chạy chương trình, hoặc chọn thư mục khác bằng --data."


class StorageInUse(StorageError):
    """Another process has the database open."""

    code = "LT-03"
    what = "cơ sở dữ liệu đang được một chương trình khác mở"
    remedy = "Hãy dừng chương trình đang chạy, hoặc gửi lệnh qua chương trình ấy."


class StorageDamaged(StorageError):
    """The file is no database, or a broken one."""

    code = "LT-04"
    what = "tệp không phải là cơ sở dữ liệu hoặc đã hỏng"
    remedy = "Đừng xoá tệp; hãy khôi phục từ bản sao lưu gần nhất và giữ tệp hỏng để kiểm tra."


class StorageClosed(StorageError):
    """The database was closed or exchanged while it was being used."""

    code = "LT-05"
    what = "cơ sở dữ liệu vừa được đóng hoặc thay bằng cơ sở dữ liệu khác"
    remedy = "Hãy tải lại trang."


class StorageFailed(StorageError):
    """Any other failure of the database; nothing of the failed step was stored."""

    code = "LT-06"
    what = "cơ sở dữ liệu báo lỗi ({cause})"
    remedy = "Chưa có gì bị thay đổi; hãy thử lại, nếu vẫn lỗi thì báo cho quản trị kèm mã lỗi."


class NewerDatabase(StorageError):
    """The database was written by a newer version of the product."""

    code = "LT-07"
    what = "cơ sở dữ liệu thuộc phiên bản mới hơn chương trình ({found}; chương trình này biết đến {known})"
    remedy = "Hãy dùng phiên bản chương trình mới hơn; chưa có gì bị thay đổi."
