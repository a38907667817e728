"""The whole product behind one name: `streamlit run app.py`, or `python -m server` with options."""

from streamlit.starlette import App

from server.application import FRAME, app_parts

app = App(FRAME, **app_parts())
