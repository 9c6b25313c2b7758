package delivery.kubernetes;

import delivery.failure.EnvironmentNotFit;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** The process that made an object, and when, in UTC: a later run can tell whether it still works with it. */
public record ProcessIdentity(String host, long pid, Instant created) {

    /** No run takes that long: what is older was left behind, wherever it was made. */
    static final Duration OLDEST = Duration.ofHours(2);
    /** A machine's clock may be set while a process runs: it seems to have begun so much later, and is the same. */
    static final Duration CLOCKS_APART = Duration.ofMinutes(10);

    private static final String HOST = "delivery.acceptance/host";
    private static final String PID = "delivery.acceptance/pid";
    private static final String CREATED = "delivery.acceptance/created";

    public static ProcessIdentity self() {
        try {
            return new ProcessIdentity(InetAddress.getLocalHost().getHostName(), ProcessHandle.current().pid(),
                    Instant.now());
        } catch (UnknownHostException e) {
            throw new EnvironmentNotFit("This machine's own name is unknown: " + e.getMessage(),
                    "Add it to /etc/hosts", e);
        }
    }

    /** As annotations of an object. */
    public Map<String, String> annotations() {
        return Map.of(HOST, host, PID, String.valueOf(pid), CREATED, created.toString());
    }

    /** Which process annotations name: " (process 12 on build-1)"; empty if they name none. */
    public static String words(Map<String, String> annotations) {
        return annotations.containsKey(PID) ? " (process " + annotations.get(PID) + " on "
                + annotations.getOrDefault(HOST, "an unknown machine") + ")" : "";
    }

    /** Whether an object so annotated was made by a process of this machine. */
    public static boolean isOfThisMachine(Map<String, String> annotations, ProcessIdentity self) {
        return self.host().equals(annotations.get(HOST));
    }

    /** Whether the run that made an object so annotated is over. One that cannot be read was not made by a run. */
    public static boolean isGone(Map<String, String> annotations, ProcessIdentity self) {
        try {
            return new ProcessIdentity(
                    annotations.getOrDefault(HOST, ""),
                    Long.parseLong(annotations.getOrDefault(PID, "")),
                    Instant.parse(annotations.getOrDefault(CREATED, ""))).isGone(self);
        } catch (NumberFormatException | DateTimeParseException unreadable) {
            return false;
        }
    }

    /** Whether this process is over, as far as can be told by another one. */
    public boolean isGone(ProcessIdentity self) {
        return created.plus(OLDEST).isBefore(self.created) || host.equals(self.host) && !runsSince(created);
    }

    /** A process that began well after the object was made got the number of another one that is over. */
    private boolean runsSince(Instant time) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().startInstant().map(start -> !start.isAfter(time.plus(CLOCKS_APART)))
                        .orElse(true))
                .isPresent();
    }
}
