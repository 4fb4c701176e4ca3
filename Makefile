# Both commands work from any folder (make -C, make -f) and in a path with spaces.
HERE := $(shell dirname "$$(echo '$(MAKEFILE_LIST)' | sed 's/^ *//')")
EVERYTHING := dev,reason,research,serve
GO := cd "$(HERE)" &&

.PHONY: help run test check bench bench-questions bench-exports bench-server shacl-suite sparql-protocol dcat-ap wheel clean

help:
	@echo "make run    build the graph, validate it, answer three questions, write dist/"
	@echo "make test   run the tests"
	@echo "make check  lint, types, canonical form of the data, validation, verification"
	@echo "make bench  measure against the named peers: start-up, one question, build, search"
	@echo "make bench-questions  measure each stored question against pyoxigraph and rdflib (some ten minutes)"
	@echo "make bench-exports  measure each export: time, memory, growth (some ten minutes)"
	@echo "make bench-server  measure the server against Oxigraph's and rdflib-endpoint (some twenty minutes)"
	@echo "make shacl-suite FOLDER=…  run the W3C test suite of SHACL from that folder"
	@echo "make sparql-protocol FOLDER=…  run the W3C tests of the SPARQL protocol from that folder against a server of ours"
	@echo "make dcat-ap FOLDER=…  hold our catalogue against the official DCAT-AP shapes in that folder"
	@echo "make wheel  build the wheel into dist/"
	@echo "make clean  remove what the other commands made"

run:
	@$(GO) tools/setup.sh research,serve && .venv/bin/meagraph run --root . --output dist

test:
	@$(GO) tools/setup.sh $(EVERYTHING) && .venv/bin/python -m pytest --numprocesses $$(expr $$(getconf _NPROCESSORS_ONLN) + 1) --dist loadfile \
	--no-loadscope-reorder $(ARGS)

check:
	@$(GO) tools/setup.sh $(EVERYTHING) && \
	.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && \
	.venv/bin/meagraph fmt --check --root . && .venv/bin/meagraph lint questions --root . && \
	.venv/bin/meagraph validate --root . && \
	if [ -n "$$MEAGRAPH_SOURCES" ]; then \
		.venv/bin/meagraph verify --root . && .venv/bin/meagraph coverage --root .; \
	fi

bench:
	@$(GO) tools/setup.sh $(EVERYTHING) && .venv/bin/python benchmarks/run.py && .venv/bin/python benchmarks/search.py

bench-questions:
	@$(GO) tools/setup.sh $(EVERYTHING) && .venv/bin/python benchmarks/questions.py $(ARGS)

bench-exports:
	@$(GO) tools/setup.sh $(EVERYTHING) && .venv/bin/python benchmarks/exports.py $(ARGS)

# It wants rdflib-endpoint, a peer and no dependency of ours, and says how to get it.
bench-server:
	@$(GO) tools/setup.sh $(EVERYTHING) && .venv/bin/python benchmarks/server.py $(ARGS)

# FOLDER is the reader's own copy of the suite; a relative one is seen from where make is called.
shacl-suite:
	@test -n "$(FOLDER)" || { echo "make shacl-suite FOLDER=…/data-shapes-test-suite/tests/core"; exit 2; }
	@folder="$$(cd "$(FOLDER)" && pwd)" && $(GO) tools/setup.sh dev && \
	.venv/bin/python tests/conformance/shacl_suite.py "$$folder"

sparql-protocol:
	@test -n "$(FOLDER)" || { echo "make sparql-protocol FOLDER=…/sparql/sparql11/protocol"; exit 2; }
	@folder="$$(cd "$(FOLDER)" && pwd)" && $(GO) tools/setup.sh $(EVERYTHING) && \
	.venv/bin/python tests/conformance/sparql_protocol.py "$$folder"

# FOLDER is the reader's own copy of the official shapes.
dcat-ap:
	@test -n "$(FOLDER)" || { echo "make dcat-ap FOLDER=…/releases/3.0.1/html/shacl"; exit 2; }
	@folder="$$(cd "$(FOLDER)" && pwd)" && $(GO) tools/setup.sh dev && \
	.venv/bin/python tests/conformance/dcat_ap.py "$$folder"

wheel:
	@$(GO) tools/setup.sh dev && .venv/bin/python -m build --wheel --no-isolation --outdir dist

clean:
	@$(GO) rm -rf .venv dist build .pytest_cache .ruff_cache .mypy_cache .hypothesis
