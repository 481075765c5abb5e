"""Light, dark or as the system: chosen in the browser, where Streamlit keeps it, for every view.

Streamlit has no call for this. Its page reads the choice, when it is loaded, from the browser's
storage under a key with the page's path; its own menu, which we do not show, writes it there.
"""

from __future__ import annotations

from typing import get_args

import streamlit as st

from assistant.views import going
from assistant.views.words import _

_PATHS = ("", *get_args(going.View))

_STYLE = """
fieldset { border: 0; margin: 0; padding: 0; font-family: var(--st-font); font-size: 1rem;
  color: var(--st-text-color); display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; }
legend { padding: 0 0 .4rem; font-size: .875rem; }
label { display: flex; gap: .45rem; align-items: center; cursor: pointer; }
input { accent-color: var(--st-primary-color); width: 1rem; height: 1rem; margin: 0; }
"""

_SCRIPT = """
export default function ({ data, parentElement }) {
  const base = window.location.pathname.replace(/[^/]*$/, "");
  const keys = data.paths.map((path) => `stActiveTheme-${base}${path}-v2`);
  const stored = keys.map((key) => window.localStorage.getItem(key)).find((value) => value);
  const now = data.themes[JSON.parse(stored || "null")] ? JSON.parse(stored) : "System";
  const place = parentElement.querySelector("fieldset");
  place.replaceChildren(place.querySelector("legend"));
  place.querySelector("legend").textContent = data.legend;
  for (const [theme, name] of Object.entries(data.themes)) {
    const label = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: "theme", value: theme, checked: theme === now });
    input.onchange = () => {
      keys.forEach((key) => window.localStorage.setItem(key, JSON.stringify(theme)));
      window.location.reload();
    };
    label.append(input, name);
    place.append(label);
  }
}
"""

_component = st.components.v2.component(
    "govassist_theme",
    html="<fieldset><legend></legend></fieldset>",
    css=_STYLE,
    js=_SCRIPT,
)


def choose_theme() -> None:
    """Let the reader choose; the page is then loaded again."""
    themes = {"System": _("As the system"), "Light": _("Light"), "Dark": _("Dark")}
    data = {"legend": _("Theme"), "themes": themes, "paths": list(_PATHS)}
    _component(data=data, key="settings_theme")
