"""A person's own story over time: counts by day in, true sentences and frames for charts out. Pure functions.

Nothing is said below its smallest number, a gap stays a gap, ranges stand in place of single figures, and no sentence
says that one thing brought another about. Nothing here scores anybody.
"""
