"""The product without a screen: criteria sets, scores, answers, workbooks.

Importing this package is cheap on purpose: pandas, plotly and streamlit never come with it.
"""

import logging

# Warnings go to the log file of the server; on the command line people read sentences, not log lines.
logging.getLogger(__name__).addHandler(logging.NullHandler())
