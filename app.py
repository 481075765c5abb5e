"""The app: `streamlit run app.py`. A router, nothing else."""

import streamlit as st

from assistant.views import chat, papers

st.set_page_config(page_title="Governance Assistant", page_icon="📚")
st.navigation(
    [
        st.Page(chat.page, title="Chat", icon=":material/forum:", url_path="chat", default=True),
        st.Page(papers.page, title="Papers", icon=":material/library_books:", url_path="papers"),
    ]
).run()
