#!/bin/sh
# Renew the exact, hash-locked requirements. Needs uv; run from the project folder.
set -eu
lock="uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade"
$lock requirements/build.in pyproject.toml -o requirements/run.txt
$lock requirements/build.in pyproject.toml --extra dev -c requirements/run.txt -o requirements/dev.txt
