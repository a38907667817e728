"""Phiếu Excel: an assessment, or a room's criteria, filled in offline in a workbook that computes itself, and back.

    scope.scopes             what a slip can be made for
    writing.write_slip       an assessment as a slip; taking.take_slip makes it a file for whoever may have it
    reading.read_slip        a slip that came back
    comparing.compare_slip   the same beside what is stored now
    applying.apply_slip      taken over, whole or not at all

Nothing is imported here: the child process that opens strangers' files starts with this package.
"""
