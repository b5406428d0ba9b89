"""The reflection page in Solara, as its documentation builds a page of components."""

import datetime as dt

import plotly.express as px
import solara
import solara.lab

from benchmarks.reflection import CHOICES, LINE, OPTIONS, QUESTIONS, ROWS, SCALES, answers, save, store_of_the_page

store = store_of_the_page()


def kept(key):
    return lambda value: save(store, key, value)


@solara.component
def Page():
    saved = solara.use_memo(lambda: answers(store), [])
    with solara.Column():
        for n in QUESTIONS:
            key = f"question{n}"
            solara.InputTextArea(f"Question {n}", value=saved[key], on_value=kept(key))
        for n in SCALES:
            key = f"scale{n}"
            solara.SliderInt(f"Scale {n}", value=int(saved[key]), min=0, max=10, on_value=kept(key))
        for n in CHOICES:
            key = f"choice{n}"
            solara.Select(f"Choice {n}", values=list(OPTIONS), value=saved[key], on_value=kept(key))
        solara.lab.InputDate(dt.date.fromisoformat(saved["day"]), on_value=kept("day"), label="Day")
        for n in ROWS:
            key = f"row{n}"
            solara.InputText(f"Row {n}", value=saved[key], on_value=kept(key))
        solara.FigurePlotly(px.line(y=LINE))
