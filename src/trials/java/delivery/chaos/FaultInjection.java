package delivery.chaos;

import delivery.acceptance.SuiteProcess;
import delivery.kubernetes.ResourceKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** The injection of a fault into a component of the lab, once the run has reached the moment for it. */
final class FaultInjection {

    /**
     * @param recovery time until the whole lab was ready again; empty if no component was touched
     * @param late     whether the scenario was already over, or no component was touched
     */
    record Struck(Optional<Duration> recovery, boolean late) {
    }

    private static final String LAB = Path.of("lab", "lab").toString();
    private static final Duration FROZEN = Duration.ofSeconds(10);
    private static final Duration LONGEST_TO_THE_MOMENT = Duration.ofMinutes(4);
    private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(3);

    private final FaultCase done;
    private final KubernetesClient client;
    private final SuiteProcess run;

    FaultInjection(FaultCase done, KubernetesClient client, SuiteProcess run) {
        this.done = done;
        this.client = client;
        this.run = run;
    }

    /** Waits for the moment, injects the fault, and waits until the lab is ready again. */
    Struck carryOut() throws IOException, InterruptedException {
        awaitMoment();
        String component = done.trouble().component();
        boolean late;
        if (done.how().orElseThrow() == Fault.How.KILL) {
            late = over();
            lab("component", "kill", component);
        } else {
            late = over();
            lab("component", "freeze", component);
            try {
                awaitEnd(FROZEN);
            } finally {
                lab("component", "thaw", component);
            }
        }
        return new Struck(Optional.of(recovered()), late);
    }

    private boolean over() {
        return Pattern.compile("(?m)^\\S+ +" + done.trouble().criterion() + " +(proven|not met|not run)")
                .matcher(run.output()).find();
    }

    private void awaitMoment() throws InterruptedException {
        CompletableFuture<Void> come = new CompletableFuture<>();
        try (SharedIndexInformer<GenericKubernetesResource> rollouts = client
                .genericKubernetesResources(ResourceKind.ROLLOUT.context()).inAnyNamespace()
                .runnableInformer(0).addEventHandler(new Eye(come))) {
            rollouts.start();
            CompletableFuture.anyOf(come, run.handle().onExit())
                    .get(LONGEST_TO_THE_MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException never) {
            throw new IllegalStateException("The moment did not come: " + done.trouble().when() + "; the run said "
                    + run.output(), never);
        }
        if (!come.isDone()) {
            throw new IllegalStateException("The run ended before " + done.trouble().when() + ": " + run.output());
        }
    }

    /** Waits for this time, or until the run ends if that is earlier. */
    private void awaitEnd(Duration time) throws InterruptedException {
        try {
            run.handle().onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException goesOn) {
            return;
        } catch (ExecutionException broken) {
            throw new IllegalStateException("The run cannot be watched", broken);
        }
    }

    /** Waits until the lab reports that every component is ready, and returns how long that took. */
    static Duration recovered() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Duration took = Duration.ZERO;
        while (took.compareTo(LONGEST_RECOVERY) < 0) {
            boolean ready = said("status") == 0;
            took = Duration.ofNanos(System.nanoTime() - begun);
            if (ready) {
                return took;
            }
        }
        throw new IllegalStateException("The lab is not ready " + took.toSeconds() + " s after the trouble");
    }

    private static void lab(String... arguments) throws IOException, InterruptedException {
        int code = said(arguments);
        if (code != 0) {
            throw new IllegalStateException("lab " + String.join(" ", arguments) + " ended with " + code);
        }
    }

    private static int said(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = LAB;
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("lab " + String.join(" ", arguments) + " does not end");
        }
        return process.exitValue();
    }

    /** A handler of Rollout events that notices the moment. */
    private final class Eye implements ResourceEventHandler<GenericKubernetesResource> {

        private final CompletableFuture<Void> come;

        Eye(CompletableFuture<Void> come) {
            this.come = come;
        }

        @Override
        public void onAdd(GenericKubernetesResource rollout) {
            look(rollout);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource rollout) {
            look(rollout);
        }

        @Override
        public void onDelete(GenericKubernetesResource rollout, boolean finalStateUnknown) {
            // A Rollout that is deleted has no such moment any more.
        }

        private void look(GenericKubernetesResource rollout) {
            Fault.Moment moment = done.trouble().when();
            String prefix = "sample-api-" + done.trouble().criterion().toLowerCase(Locale.ROOT) + "-";
            Map<String, String> annotations = Optional.ofNullable(rollout.getMetadata().getAnnotations())
                    .orElse(Map.of());
            if (rollout.getMetadata().getNamespace().startsWith(prefix)
                    && String.valueOf(moment.revision()).equals(annotations.get("rollout.argoproj.io/revision"))
                    && moment.phase().equals(rollout.get("status", "phase"))) {
                come.complete(null);
            }
        }
    }
}
