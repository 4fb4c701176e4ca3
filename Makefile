# Both commands work from any folder (make -C, make -f) and in a path with spaces.
HERE := $(shell dirname "$$(echo '$(MAKEFILE_LIST)' | sed 's/^ *//')")
GO := cd "$(HERE)" &&

.PHONY: help run test check bench wheel clean

help:
	@echo "make run    build the graph, validate it, answer three questions, write dist/"
	@echo "make test   run the tests"
	@echo "make check  lint, types, canonical form of the data, validation, verification"
	@echo "make bench  measure against the named peers"
	@echo "make wheel  build the wheel into dist/"
	@echo "make clean  remove what the other commands made"

run:
	@$(GO) tools/setup.sh && .venv/bin/meagraph run --root . --output dist

test:
	@$(GO) tools/setup.sh dev,reason && .venv/bin/python -m pytest $(ARGS)

check:
	@$(GO) tools/setup.sh dev,reason && \
	.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && \
	.venv/bin/meagraph fmt --check --root . && .venv/bin/meagraph validate --root . && \
	if [ -n "$$MEAGRAPH_SOURCES" ]; then \
		.venv/bin/meagraph verify --root . && .venv/bin/meagraph coverage --root .; \
	fi

bench:
	@$(GO) tools/setup.sh dev,reason && .venv/bin/python benchmarks/run.py

wheel:
	@$(GO) tools/setup.sh dev && .venv/bin/python -m build --wheel --no-isolation --outdir dist

clean:
	@$(GO) rm -rf .venv dist build .pytest_cache .ruff_cache .mypy_cache .hypothesis
