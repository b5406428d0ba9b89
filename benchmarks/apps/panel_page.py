"""The reflection page in Panel, as its documentation builds a page of widgets."""

import datetime as dt

import panel as pn
import plotly.express as px

from benchmarks.reflection import CHOICES, LINE, OPTIONS, QUESTIONS, ROWS, SCALES, answers, save, store_of_the_page

pn.extension("plotly")
store = pn.state.as_cached("store", store_of_the_page)
saved = answers(store)


def kept(key, widget):
    widget.param.watch(lambda event: save(store, key, event.new), "value")
    return widget


widgets = [
    kept(f"question{n}", pn.widgets.TextAreaInput(name=f"Question {n}", value=saved[f"question{n}"])) for n in QUESTIONS
]
widgets += [
    kept(f"scale{n}", pn.widgets.IntSlider(name=f"Scale {n}", start=0, end=10, value=int(saved[f"scale{n}"])))
    for n in SCALES
]
widgets += [
    kept(f"choice{n}", pn.widgets.Select(name=f"Choice {n}", options=list(OPTIONS), value=saved[f"choice{n}"]))
    for n in CHOICES
]
widgets += [kept("day", pn.widgets.DatePicker(name="Day", value=dt.date.fromisoformat(saved["day"])))]
widgets += [kept(f"row{n}", pn.widgets.TextInput(name=f"Row {n}", value=saved[f"row{n}"])) for n in ROWS]

pn.Column(*widgets, pn.pane.Plotly(px.line(y=LINE))).servable()
