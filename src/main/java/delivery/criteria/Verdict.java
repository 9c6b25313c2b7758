package delivery.criteria;

import java.util.Locale;

/** The knowledge about a criterion after a run. */
public enum Verdict {
    /** Its proof ran to the end and succeeded. */
    PROVEN("✔"),
    /** Its proof ran and showed the contrary. */
    NOT_MET("✘"),
    /** Nothing is known: its proof did not reach a verdict. */
    NOT_RUN("–"),
    /** The delivery does not have the feature in question: nothing is proved, and nothing is wrong. */
    NOT_APPLICABLE("○");

    private final String sign;

    Verdict(String sign) {
        this.sign = sign;
    }

    /** The sign that stands for it in a list. */
    public String sign() {
        return sign;
    }

    /** Whether its proof reached a verdict; only then is anything known. */
    public boolean isJudged() {
        return this == PROVEN || this == NOT_MET;
    }

    /** The verdict in a sentence: "not met". */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
