# Everything a person runs. `make help` lists it.

MVN ?= mvn -B -ntp
LAB := lab/lab
MAVEN_LOG := target/maven.log

.DEFAULT_GOAL := help
.PHONY: help check format again edits acceptance test pit mutants chaos soak interruptions screens lab lab-status lab-shell lab-logs lab-down report open parity

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

CLASSPATH := target/check.classpath
CHECK = java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp target/test-classes:target/classes:$$(cat $(CLASSPATH)) delivery.features.Check

check: $(CLASSPATH) ## What is to be mended in the features, with file, line and repair (FIX=1: formats them first); no cluster, no root
	@$(CHECK) $(if $(FIX),--format)

format: $(CLASSPATH) ## Format the features, and check them
	@$(CHECK) --format

# Compiled again only if there is something new to compile: who edits features waits for no compiler.
$(CLASSPATH): pom.xml $(shell find src -name '*.java')
	@$(MVN) -q test-compile dependency:build-classpath -Dmdep.outputFile=$@

SELECTED = $(if $(TAGS),-Dcucumber.filter.tags='$(TAGS)') $(if $(NAME),-Dcucumber.filter.name='$(NAME)') \
	$(if $(LINE),-Dcucumber.features='$(LINE)')

# The run itself starts the lab if no KUBECONFIG is set, so that what keeps it from coming up is in the reports too. In a
# terminal the list of criteria is what a run begins and ends with: what Maven says is only shown if the suite could not
# say anything itself. The command ends as the run did: Maven can be told to ignore failures, or to skip tests.
acceptance: ## Prove every criterion (TAGS=@canary, NAME='Traffic is split', LINE=features/canary.feature:24: some); builds and starts the lab if no KUBECONFIG is set
	@rm -f reports/exit-code reports/again && mkdir -p target || exit 4
	@quiet=; if [ -t 1 ]; then quiet=-Dorg.slf4j.simpleLogger.logFile=$(MAVEN_LOG); echo "Maven writes to $(MAVEN_LOG)"; fi; \
	$(MVN) $$quiet test -Pacceptance $(SELECTED); maven=$$?; \
	code=$$(cat reports/exit-code 2>/dev/null); \
	case "$$code-$$maven" in 0-0) exit 0;; [1-4]-*) exit $$code;; esac; \
	if [ "$$quiet" ]; then cat $(MAVEN_LOG); fi; \
	echo "The run did not come to an end: it left no reports/exit-code, or Maven failed after it." >&2; exit 4

again: ## A new run of what the last one selected and did not prove
	@if [ ! -f reports/again ]; then echo "There is no record of a run that ended: make acceptance leaves one." >&2; exit 2; fi; \
	if [ -s reports/again ]; then exec $(MAKE) --no-print-directory acceptance TAGS="$$(cat reports/again)"; fi; \
	if [ "$$(cat reports/exit-code)" = 0 ]; then echo "The last run proved all that it was to prove."; exit 0; fi; \
	echo "The last run did not get as far as to try anything: do what it said, and start it as you did." >&2; exit 2

test: ## The project's own tests and gates: no root, no lab, no cluster
	@$(MVN) verify

# Broken lines that no test notices are told here, by file and line; target/pit-reports/index.html shows them in the code.
pit: ## Break the code that decides verdicts line by line: its tests must notice 90% of that, and what they miss is listed
	@rm -rf target/pit-reports; $(MVN) process-test-classes -Ppit; code=$$?; \
	test -f target/pit-reports/mutations.xml && awk -f src/test/pit/survivors.awk target/pit-reports/mutations.xml; exit $$code

edits: ## Edit features on the lab as a person would: each edit must do what it says
	@$(LAB) up
	@$(MVN) test -Pedits

mutants: ## Break the delivery on the lab on purpose (ONLY='self-heal|crash': in these ways): exactly the right criteria must be red, with the cause named
	@$(LAB) up
	@$(MVN) test -Pmutants $(if $(ONLY),-Ddelivery.mutant='$(ONLY)')

chaos: ## Fail the environment on the lab while criteria are proved (ONLY='etcd.*|traefik-kill': in these ways): that is never a verdict on the delivery
	@$(LAB) up
	@$(MVN) test -Pchaos $(if $(ONLY),-Ddelivery.trouble='$(ONLY)')

parity: ## Set the suite's own promote, abort, retry and undo beside the real plugin's on the lab (ONLY=undo,abort: some); target/parity.md
	@$(LAB) up
	@$(MVN) test -Pparity $(if $(ONLY),-Ddelivery.parity='$(ONLY)')

soak: ## N=25 complete runs one after the other in random order, every second one on a loaded machine: none may be red; reports/soak.md
	@$(LAB) up
	@$(MVN) test -Psoak -Ddelivery.times=$(or $(N),25)

interruptions: ## Interrupt N=10 runs, by Ctrl-C and kill -9, at random moments: the next run must be green and nothing left; reports/interruptions.md
	@$(LAB) up
	@$(MVN) test -Pinterruptions -Ddelivery.times=$(or $(N),10) $(if $(SEED),-Ddelivery.seed=$(SEED))

screens: ## Look at reports/allure.html (REPORT=file: another one) in headless Chromium; screenshots in target/screens
	@for program in chromium chromedriver; do command -v $$program >/dev/null || { echo "There is no $$program here: apt-get install chromium chromium-driver" >&2; exit 1; }; done
	@test -f "$(or $(REPORT),reports/allure.html)" || { echo "There is no report yet: make acceptance writes it." >&2; exit 1; }
	@$(MVN) test -Pscreens $(if $(REPORT),-Dreport='$(REPORT)')

lab: ## Build the lab if it is not built, start it if it does not run, publish lab/gitops
	@$(LAB) up

lab-status: ## Versions and state of the lab's components
	@$(LAB) status

lab-shell: ## A shell where kubectl, kubectl argo rollouts and argocd speak to the lab
	@$(LAB) shell

lab-logs: ## What a component wrote: C=name, FOLLOW=1 goes on
	@$(LAB) logs $(C)

lab-down: ## End the lab
	@$(LAB) down

report: ## Render reports/ again from the last results
	@$(MVN) -q generate-test-resources compile exec:java

open: ## Open the report
	@test -f reports/allure.html || { echo "There is no report yet: make acceptance writes it." >&2; exit 1; }
	@if command -v xdg-open >/dev/null; then xdg-open reports/allure.html; else echo "Open in a browser: file://$(CURDIR)/reports/allure.html"; fi
