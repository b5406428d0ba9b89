"""The reflection page in Streamlit, as its documentation builds a page of widgets."""

import datetime as dt

import plotly.express as px
import streamlit as st

from benchmarks.reflection import CHOICES, LINE, OPTIONS, QUESTIONS, ROWS, SCALES, answers, save, store_of_the_page

store = st.cache_resource(store_of_the_page)()
saved = answers(store)


def kept(key):
    save(store, key, st.session_state[key])


for n in QUESTIONS:
    key = f"question{n}"
    st.text_area(f"Question {n}", saved[key], key=key, on_change=kept, args=(key,))
for n in SCALES:
    key = f"scale{n}"
    st.slider(f"Scale {n}", 0, 10, int(saved[key]), key=key, on_change=kept, args=(key,))
for n in CHOICES:
    key = f"choice{n}"
    st.selectbox(f"Choice {n}", OPTIONS, OPTIONS.index(saved[key]), key=key, on_change=kept, args=(key,))
st.date_input("Day", dt.date.fromisoformat(saved["day"]), key="day", on_change=kept, args=("day",))
for n in ROWS:
    key = f"row{n}"
    st.text_input(f"Row {n}", saved[key], key=key, on_change=kept, args=(key,))
st.plotly_chart(px.line(y=LINE))
