# Everything is in make.py, so that it works where there is no make.
PYTHON ?= python3

.PHONY: briefings test check lab clean

briefings test check lab:
	@$(PYTHON) make.py $@

clean:
	rm -rf .venv data/processed/* reports/*
