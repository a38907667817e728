"""How a criterion turns an answer into points. Pure: no file, no clock, no database, no float."""
