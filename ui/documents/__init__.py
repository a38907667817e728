"""The page of documents that prove points, and what other pages take from it: uploading, a task's documents."""
