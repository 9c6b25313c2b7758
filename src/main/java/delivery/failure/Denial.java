package delivery.failure;

import delivery.text.OwnershipLabels;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A refusal by the API server to create an object, in its own words. */
public record Denial(String message) {

    private static final Pattern QUOTA = Pattern.compile("exceeded quota: ([^\\s,:]+)");
    private static final Pattern UNANSWERED = Pattern.compile("failed calling webhook \"?([^\\s\":]+)");
    private static final Pattern POLICY = Pattern.compile("violates PodSecurity|admission webhook .* denied the request"
            + "|is forbidden|error looking up service account|ValidatingAdmissionPolicy");
    private static final Pattern OBJECT = Pattern.compile("^(Error creating: )?\\S+ \"[^\"]*\" is forbidden: ");

    /** The name of the ResourceQuota that was exceeded; empty if none was. */
    public Optional<String> quota() {
        Matcher quota = QUOTA.matcher(message);
        return quota.find() ? Optional.of(quota.group(1)) : Optional.empty();
    }

    /** The reason, without the name of the object, which differs at each attempt. */
    public String reason() {
        return OBJECT.matcher(message).replaceFirst("").replaceFirst("^Error creating: ", "");
    }

    /**
     * Advice for the environment; empty if the delivery is at fault.
     *
     * @param quotas  names of the ResourceQuotas that belong to the delivery
     * @param changed whether the refused object differs from what already runs here: then the difference is the cause
     */
    public Optional<String> remedy(Set<String> quotas, boolean changed) {
        Optional<String> quota = quota();
        Matcher unanswered = UNANSWERED.matcher(message);
        if (quota.isPresent()) {
            return quota.filter(name -> !quotas.contains(name)).map(name -> "Raise the ResourceQuota " + name
                    + " that the cluster puts into new namespaces: a release needs twice its pods");
        }
        if (unanswered.find()) {
            return Optional.of("See whether the webhook " + unanswered.group(1) + " runs");
        }
        return Optional.of("Let namespaces with the label " + OwnershipLabels.SELECTOR
                        + " admit what the live release's namespace admits")
                .filter(advice -> !changed && POLICY.matcher(message).find());
    }
}
