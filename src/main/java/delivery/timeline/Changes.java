package delivery.timeline;

import delivery.rollout.Rollout;
import java.util.ArrayList;
import java.util.List;

/** What has happened to a Rollout between two looks at it, in words that people use. */
final class Changes {

    private Changes() {
    }

    static List<String> between(Rollout before, Rollout now) {
        List<String> words = new ArrayList<>();
        if (now.abort() && !before.abort()) {
            words.add("aborted");
        }
        // A switch from nothing is the first deployment.
        if (!now.activeHash().equals(before.activeHash()) && !before.activeHash().isEmpty()
                && !now.activeHash().isEmpty()) {
            words.add("switched");
        }
        if (waits(now) && !(waits(before) && before.step().equals(now.step()))) {
            words.add(now.step().isPresent()
                    ? "paused at step " + now.step().getAsInt() + ", " + now.askedWeight() + "% asked"
                    : "paused on preview");
        }
        if (now.phase().equals("Degraded") && !before.phase().equals("Degraded") && !now.abort()) {
            words.add("degraded");
        }
        if (now.healthy() && !before.healthy()) {
            words.add("healthy");
        }
        return words;
    }

    private static boolean waits(Rollout rollout) {
        return rollout.phase().equals("Paused") && !rollout.pauses().isEmpty();
    }
}
