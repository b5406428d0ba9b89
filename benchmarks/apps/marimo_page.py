"""The reflection page in marimo, as its documentation builds a page of interface elements."""

import marimo

app = marimo.App()


@app.cell
def _():
    import datetime as dt

    import marimo as mo
    import plotly.express as px

    from benchmarks import reflection

    return dt, mo, px, reflection


@app.cell
def _(reflection):
    store = reflection.store_of_the_page()
    saved = reflection.answers(store)

    def kept(key):
        return lambda value: reflection.save(store, key, value)

    return kept, saved


@app.cell
def _(dt, kept, mo, px, reflection, saved):
    widgets = [
        mo.ui.text_area(saved[f"question{n}"], label=f"Question {n}", on_change=kept(f"question{n}"))
        for n in reflection.QUESTIONS
    ]
    widgets += [
        mo.ui.slider(0, 10, value=int(saved[f"scale{n}"]), label=f"Scale {n}", on_change=kept(f"scale{n}"))
        for n in reflection.SCALES
    ]
    widgets += [
        mo.ui.dropdown(reflection.OPTIONS, value=saved[f"choice{n}"], label=f"Choice {n}", on_change=kept(f"choice{n}"))
        for n in reflection.CHOICES
    ]
    widgets += [mo.ui.date(value=dt.date.fromisoformat(saved["day"]), label="Day", on_change=kept("day"))]
    widgets += [mo.ui.text(saved[f"row{n}"], label=f"Row {n}", on_change=kept(f"row{n}")) for n in reflection.ROWS]
    mo.vstack([*widgets, mo.ui.plotly(px.line(y=reflection.LINE))])
    return


if __name__ == "__main__":
    app.run()
