"""Nhiệm vụ: the tasks of a department's year in four views, with what is done about each."""
