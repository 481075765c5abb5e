"""The app: `streamlit run app.py`. A router, nothing else."""

import streamlit as st

from assistant.views.going import View, remember
from assistant.views.opening import view
from assistant.views.words import _

st.set_page_config(page_title="Governance Assistant", page_icon="📚", layout="wide")
named: dict[View, tuple[str, str]] = {
    "chat": (_("Chat"), "forum"),
    "conversations": (_("Conversations"), "history"),
    "library": (_("Library"), "library_books"),
    "paper": (_("Paper"), "menu_book"),
    "concepts": (_("Concepts"), "category"),
    "search": (_("Search"), "search"),
    "evaluation": (_("Evaluation"), "fact_check"),
    "settings": (_("Settings"), "settings"),
}
pages = {
    name: st.Page(
        view(name),
        title=title,
        icon=f":material/{icon}:",
        url_path=name,
        default=name == "chat",
        visibility="hidden" if name == "paper" else "visible",
    )
    for name, (title, icon) in named.items()
}
remember(pages)
st.navigation(list(pages.values()), expanded=True).run()
