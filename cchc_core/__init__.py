"""The product without a screen: criteria sets, scores, answers, workbooks.

Importing this package is cheap on purpose: pandas, plotly and streamlit never come with it.
"""
