package delivery.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** The permissions of the cluster's user, as the API server reports them. Asking changes nothing. */
public record AccessReviews(KubernetesClient client) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    /** Whether the API server denies its user an access; false also if it does not answer the question. */
    public boolean denies(Access access) {
        ObjectNode review = JSON.createObjectNode().put("apiVersion", "authorization.k8s.io/v1")
                .put("kind", "SelfSubjectAccessReview");
        String[] resource = access.resource().split("/");
        ObjectNode asked = review.putObject("spec").putObject("resourceAttributes").put("verb", access.verb())
                .put("group", access.group()).put("resource", resource[0]);
        if (resource.length > 1) {
            asked.put("subresource", resource[1]);
        }
        try {
            String answer = client.raw(PATH, "POST", review);
            return answer != null && JSON.readTree(answer).at("/status/allowed").asText("true").equals("false");
        } catch (KubernetesClientException | JsonProcessingException unknown) {
            return false;
        }
    }
}
