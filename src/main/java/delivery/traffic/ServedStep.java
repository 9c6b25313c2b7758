package delivery.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The samples taken at one step of a canary.
 *
 * @param pages  requests for the page; empty if it does not show its version
 * @param sticky settings that pin users to one Service, each with its source; empty if none was found
 */
public record ServedStep(int number, AskedShare asked, Sample users, Optional<Sample> pages, List<String> sticky) {

    public ServedStep {
        sticky = List.copyOf(sticky);
    }

    /** Judges the new version's share of the requests for the version against the share that the step asks for. */
    public SplitVerdict verdict(BinomialSplitTest split, String version) {
        return split.judge(asked, users.served(version), users.size());
    }

    /**
     * Everything that is not as asked, in words, with the cause first; empty if nothing is wrong.
     *
     * @param split   judges requests for the version
     * @param ofPages judges those for the page, which are fewer
     */
    public Optional<String> complaint(BinomialSplitTest split, BinomialSplitTest ofPages, String version) {
        List<String> wrong = new ArrayList<>();
        if (asked.isNoSplit()) {
            wrong.add("At step " + number + " " + asked.sentence() + ", so that " + (asked.part() == 0 ? "no user"
                    : "every user") + " gets the new version: without a traffic router a weight is a number of pods;"
                    + " raise the replicas, or maxSurge");
        }
        SplitVerdict verdict = verdict(split, version);
        if (!verdict.accepted() || !users.failures().isEmpty()) {
            wrong.add((isPinned(verdict) ? "A cookie, " + String.join(", ", sticky)
                    + ", keeps each user at the version that he"
                    + " first got: " + users.stayed() + " of " + users.size() + " requests at step " + number + ". "
                    : "") + "At step " + number + " " + verdict.sentence() + failed(users));
        }
        pages.ifPresent(asked -> {
            SplitVerdict ofPage = ofPages.judge(this.asked, asked.served(version), asked.size());
            if (!ofPage.accepted() || !asked.failures().isEmpty()) {
                wrong.add("At step " + number + " of the requests for the page " + ofPage.sentence() + failed(asked));
            }
        });
        return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join(". ", wrong));
    }

    /** Whether cookies pin users: new users are known to be split, but all with a cookie were served as before. */
    private boolean isPinned(SplitVerdict verdict) {
        return !verdict.accepted() && !sticky.isEmpty() && users.failures().isEmpty() && users.stayed() == users.size();
    }

    private static String failed(Sample sample) {
        return sample.failures().isEmpty() ? "" : "; " + sample.sentence(version -> false);
    }
}
