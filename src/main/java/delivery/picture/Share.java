package delivery.picture;

import delivery.traffic.ServedSteps;
import delivery.traffic.SplitVerdict;
import java.util.List;
import java.util.Locale;

/** What a step of a canary served. */
public record Share(int step, SplitVerdict verdict, int failed) {

    public static List<Share> of(ServedSteps served) {
        return served.steps().stream()
                .map(step -> new Share(step.number(), served.verdict(step), step.users().lost())).toList();
    }

    boolean asWanted() {
        return verdict.accepted() && failed == 0;
    }

    String sentence() {
        return "Step " + step + ": " + verdict.sentence() + ending();
    }

    /** As the sentence, as short as a picture is narrow. */
    String line() {
        return String.format(Locale.ROOT, "Step %d: served %.1f%%; %s%s", step,
                100.0 * verdict.served() / verdict.band().requests(), verdict.band().sentence(), ending());
    }

    private String ending() {
        return (failed == 0 ? "" : "; " + failed + " failed") + (asWanted() ? "" : " (NOT as wanted)");
    }
}
