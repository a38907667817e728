"""What stands around the pages: sign-in, downloads, the control route, headers, start-up and the log.

`application.build_app` puts it together; `python -m server` runs it. Pages and the core never import this package.
"""
