package delivery.criteria;

import java.util.Locale;

/** What is known about a criterion after a run. */
public enum Verdict {
    /** Its proof ran to the end and held. */
    PROVEN("✔"),
    /** Its proof ran and showed the contrary. */
    NOT_MET("✘"),
    /** Nothing is known: its proof did not run to a verdict. */
    NOT_RUN("–"),
    /** The delivery does not have what it speaks of: nothing is proved, and nothing is wrong. */
    NOT_APPLICABLE("○");

    private final String sign;

    Verdict(String sign) {
        this.sign = sign;
    }

    /** What stands for it in a list. */
    public String sign() {
        return sign;
    }

    /** Whether its proof ran to the end: only then is anything known. */
    public boolean isJudged() {
        return this == PROVEN || this == NOT_MET;
    }

    /** In a sentence: "not met". */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
