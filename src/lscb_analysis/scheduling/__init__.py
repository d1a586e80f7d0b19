"""The quarterly run, unattended: when there is something to do, and the job that asks daily."""
