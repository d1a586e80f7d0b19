"""Warm kernels: notebooks start in a process that has already imported what they use.

`papermill --engine lscb-warm` runs any notebook so; in Python:

>>> from lscb_analysis.warm import ENGINE
>>> ENGINE
'lscb-warm'

The server (`server`) imports once and forks a keeper a notebook (`keeper`), which forks the
kernel and ends it with all it started; where there is no fork, a `pool` is started early.
`provisioner` plugs both into jupyter_client, `engine` into papermill.
"""

ENGINE = "lscb-warm"
PROVISIONER = "lscb-warm"
