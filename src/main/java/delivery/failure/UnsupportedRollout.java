package delivery.failure;

import java.util.List;

/** The Rollout has a feature that cannot be proved yet. The message names it; nothing was deployed. */
public final class UnsupportedRollout extends WrongInput {

    private static final long serialVersionUID = 1L;

    /** @param features one sentence each; at least one */
    public UnsupportedRollout(String rollout, List<String> features) {
        super("The Rollout " + rollout + " has something that cannot be proved, and nothing was deployed: "
                + String.join("\n  ", features));
    }
}
