"""The least page of Streamlit in which a question can be typed; see `reactions.py`."""

import streamlit as st

st.title("Nothing")
st.chat_input("Ask about governance…")
