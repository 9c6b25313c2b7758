# Every command of the project. `make help` lists them.

MVN ?= mvn -B -ntp
LAB := lab/lab

# ROUTER gives a canary its weights on the lab: make acceptance ROUTER=nginx (or none) switches the lab's own delivery,
# and proves with that. On another cluster the suite detects the router.
export LAB_ROUTER := $(or $(ROUTER),$(LAB_ROUTER),traefik)

.DEFAULT_GOAL := help
.PHONY: help check format again edits acceptance layout test pit mutants deliveries chaos soak race interruptions screens lab lab-status lab-shell lab-logs lab-down report open parity

help: ## Show this list
	@awk -F ':.*## ' '/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

CLASSPATH := target/classpath
JAVA = java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp target/test-classes:target/classes:$$(cat $(CLASSPATH))
CHECK = $(JAVA) delivery.features.Check
SOURCES := $(shell find src/main src/suite src/trials src/test -type d -o -name '*.java' -o -path '*/resources/*.properties')

# Compiles only if something has changed, so that an edit of a feature waits for no compiler. Whatever flags Maven has,
# the tests are compiled, or this fails.
$(CLASSPATH): pom.xml $(SOURCES)
	@rm -f $@; $(MVN) -q -Dmaven.test.skip=false test-compile dependency:build-classpath -Dmdep.outputFile=$@; test -s $@

# A mistyped selection would run everything.
$(foreach wrong,TAG LINES NAMES,$(if $(filter command,$(origin $(wrong))),$(error $(wrong) selects nothing: use TAGS, NAME or LINE, as make help shows)))
SELECTED = $(if $(TAGS),--tags '$(TAGS)') $(if $(NAME),--name '$(NAME)') $(if $(LINE),'$(LINE)')

##@ Use

# The program itself starts the lab if KUBECONFIG is not set. Its exit code counts only if the run wrote the same one: a
# 1 that it did not write is from Java, which could not start it, and a 0 needs a run that has ended.
acceptance: ## Prove every criterion; without KUBECONFIG, build and start the lab first. TAGS=@canary, NAME='Traffic is split' or LINE=features/canary.feature:24: only some; ROUTER=nginx or none: with another router of the lab
	@if [ -n "$(ROUTER)" ] && [ -n "$$KUBECONFIG" ]; then echo "ROUTER=$(ROUTER) switches the lab's own delivery, and KUBECONFIG names another cluster, whose router is found by looking: leave ROUTER out" >&2; exit 2; fi
	@rm -f reports/again && mkdir -p reports && echo 4 >reports/exit-code || exit 4
	@$(MAKE) --no-print-directory $(CLASSPATH) || exit 4
	@src/suite/acceptance $(SELECTED); code=$$?; \
	case "$$code-$$(cat reports/exit-code 2>/dev/null)" in 0-0|1-1|2-*|3-*) exit $$code;; esac; exit 4

layout: $(CLASSPATH) ## Show how the delivery of APPLICATION is laid out and which criteria can be proved; deploys and changes nothing. MODE=in-place: in place
	@src/suite/acceptance --layout

again: ## Prove again what the last run selected and did not prove
	@if [ ! -f reports/again ]; then echo "There is no record of a run that ended: make acceptance leaves one." >&2; exit 2; fi; \
	if [ -s reports/again ]; then exec $(MAKE) --no-print-directory acceptance TAGS="$$(cat reports/again)"; fi; \
	if [ "$$(cat reports/exit-code)" = 0 ]; then echo "The last run proved all that it was to prove."; exit 0; fi; \
	echo "The last run did not get as far as to try anything: do what it said, and start it as you did." >&2; exit 2

report: $(CLASSPATH) ## Render reports/ again from the last results
	@$(JAVA) delivery.report.Render

open: ## Open the report
	@test -f reports/allure.html || { echo "There is no report yet: make acceptance writes it." >&2; exit 1; }
	@if command -v xdg-open >/dev/null; then xdg-open reports/allure.html; else echo "Open in a browser: file://$(CURDIR)/reports/allure.html"; fi

##@ Edit the features

check: $(CLASSPATH) ## Lint the feature files: print file:line, the problem and a fix; no cluster, no root. FIX=1: format them first
	@$(CHECK) $(if $(FIX),--format)

format: $(CLASSPATH) ## Format the feature files, and check them
	@$(CHECK) --format

edits: ## Edit features as a person would and run them on the lab: each edit must do what it says
	@$(LAB) up
	@$(MVN) test -Pedits

##@ Lab

lab: ## Build the lab if necessary, start it if it does not run, and publish lab/gitops
	@$(LAB) up

lab-status: ## Show the versions and states of the lab's components
	@$(LAB) status

lab-shell: ## Open a shell in which kubectl, kubectl argo rollouts and argocd use the lab
	@$(LAB) shell

lab-logs: ## Show the log of a component: C=name; FOLLOW=1: keep following it
	@$(LAB) logs $(C)

lab-down: ## Stop the lab
	@$(LAB) down

lab-bench: ## Build the lab from empty caches and print what that takes. REVS='b704028 checkout': these revisions in turn
	@lab/bench.sh $(REVS)

##@ Prove the suite

# A complete run that succeeded copies its table to where src/doc/reliability.md links; a run of some cases does not.
MEASURED := src/doc/measured

mutants: ## Break the delivery on the lab on purpose: exactly the right criteria must be red, with the cause named. ONLY='self-heal|crash': only these mutants; ALL=1: with all criteria, one mutant of each layer
	@$(LAB) up
	@$(MVN) test -Pmutants $(if $(ONLY),-Ddelivery.mutant='$(ONLY)') $(if $(ALL),-Ddelivery.all=true -Dmutants.parallel=1)
	@$(if $(ONLY)$(ALL),,cp reports/mutants.md $(MEASURED)/mutants.md)

deliveries: ## Prove deliveries of other shapes on the lab: each must end as its expected.yaml in lab/deliveries says. ONLY='nginx|umbrella': only these; MODE=in-place: in place
	@$(LAB) up
	@$(MVN) test -Pdeliveries $(if $(ONLY),-Ddelivery.only='$(ONLY)')

chaos: ## Inject faults into the lab during a run: none may be reported as a failed criterion. ONLY='etcd.*|traefik-kill': only these faults
	@$(LAB) up
	@$(MVN) test -Pchaos $(if $(ONLY),-Ddelivery.trouble='$(ONLY)')
	@$(if $(ONLY),,cp reports/environment.md $(MEASURED)/chaos.md)

interruptions: ## Interrupt N=10 runs at random moments, by Ctrl-C and kill -9: the next run must be green and nothing left. SEED=number: at the same moments again; MODE=in-place: in place, and the live release must be as it was. Writes reports/interruptions.md
	@$(LAB) up
	@$(MVN) test -Pinterruptions -Ddelivery.times=$(or $(N),10) $(if $(SEED),-Ddelivery.seed=$(SEED))
	@$(if $(N)$(SEED)$(MODE),,cp reports/interruptions.md $(MEASURED)/interruptions.md)

soak: ## Make N=25 complete runs in random order, every second one on a loaded machine: none may be red. Writes reports/soak.md
	@$(LAB) up
	@$(MVN) test -Psoak -Ddelivery.times=$(or $(N),25)
	@$(if $(N),,cp reports/soak.md $(MEASURED)/soak.md)

race: ## Compare the suite with a script of one whole journey, in turn, N=5 times, on a machine that does nothing else. Writes reports/race.md
	@$(LAB) up
	@$(MVN) test -Prace -Ddelivery.times=$(or $(N),5)
	@$(if $(N),,cp reports/race.md $(MEASURED)/race.md)

parity: ## Compare the suite's own promote, abort, retry and undo with the real plugin's on the lab. ONLY=undo,abort: only these. Writes target/parity.md
	@$(LAB) up
	@$(MVN) test -Pparity $(if $(ONLY),-Ddelivery.parity='$(ONLY)')
	@$(if $(ONLY),,cp target/parity.md $(MEASURED)/parity.md)

screens: ## Test reports/allure.html in headless Chromium. REPORT=file: another report. Writes screenshots to target/screens
	@for program in chromium chromedriver; do command -v $$program >/dev/null || { echo "There is no $$program here: apt-get install chromium chromium-driver" >&2; exit 1; }; done
	@test -f "$(or $(REPORT),reports/allure.html)" || { echo "There is no report yet: make acceptance writes it." >&2; exit 1; }
	@$(MVN) test -Pscreens $(if $(REPORT),-Dreport='$(REPORT)')

##@ Develop

test: ## Run the project's own tests and gates; no root, no lab, no cluster
	@$(MVN) verify

# Lists the mutated lines that no test notices, by file and line; target/pit-reports/index.html shows them in the code.
pit: ## Break the code that decides verdicts line by line: its tests must notice 90% of it. Lists what they miss
	@rm -rf target/pit-reports; $(MVN) process-test-classes -Ppit; code=$$?; \
	test -f target/pit-reports/mutations.xml && { echo '```'; \
	awk -f src/test/pit/survivors.awk target/pit-reports/mutations.xml; echo '```'; } | tee $(MEASURED)/pit.md; exit $$code
