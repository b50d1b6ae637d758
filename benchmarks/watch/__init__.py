"""Figure 2: many open promises, ten thousand of which fall due at one moment; how fast and how late each is told.

`python -m benchmarks.watch` makes a desk (`benchmarks.large_desk`), copies it for each repetition, and lets real
watcher processes meet the moment. `--storm 50000` tells so many alarms and then lets their word be mailed.
"""
