"""The few widgets that stock ipywidgets do not have: Presence, Writing, Rows, Words."""
