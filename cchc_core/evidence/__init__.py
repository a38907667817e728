"""Documents that prove points (tài liệu kiểm chứng): kept, checked, attached to criteria and tasks, taken away."""
