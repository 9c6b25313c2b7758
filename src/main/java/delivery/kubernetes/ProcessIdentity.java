package delivery.kubernetes;

import delivery.failure.EnvironmentNotFit;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** The process that created an object, and the time in UTC: they show a later run whether it is still in use. */
public record ProcessIdentity(String host, long pid, Instant created) {

    /** No run takes that long: an older object was left behind, whichever machine created it. */
    static final Duration OLDEST = Duration.ofHours(2);
    /** A clock that is set forward while a process runs makes the same process seem to have started that much later. */
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

    /** Returns the annotations for an object of this process. */
    public Map<String, String> annotations() {
        return Map.of(HOST, host, PID, String.valueOf(pid), CREATED, created.toString());
    }

    /** Returns the process that annotations name: " (process 12 on build-1)"; empty if they name none. */
    public static String words(Map<String, String> annotations) {
        return annotations.containsKey(PID) ? " (process " + annotations.get(PID) + " on "
                + annotations.getOrDefault(HOST, "an unknown machine") + ")" : "";
    }

    /** Whether a process of this machine created the object with these annotations. */
    public static boolean isOfThisMachine(Map<String, String> annotations, ProcessIdentity self) {
        return self.host().equals(annotations.get(HOST));
    }

    /** Whether the run that created an object with these annotations is over; false if they are not a run's. */
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

    /** Whether this process is over, as far as another process can see. */
    public boolean isGone(ProcessIdentity self) {
        return created.plus(OLDEST).isBefore(self.created) || host.equals(self.host) && !runsSince(created);
    }

    /** Whether the process still runs: one that started well after the object's creation only reuses the number. */
    private boolean runsSince(Instant time) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().startInstant().map(start -> !start.isAfter(time.plus(CLOCKS_APART)))
                        .orElse(true))
                .isPresent();
    }
}
