package delivery.kubernetes;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** The namespaced kinds of objects that are read and written as they are, without a class of the client's. */
public enum ResourceKind {
    ROLLOUT("argoproj.io", "v1alpha1", "Rollout", "rollouts"),
    ANALYSIS_RUN("argoproj.io", "v1alpha1", "AnalysisRun", "analysisruns"),
    APPLICATION("argoproj.io", "v1alpha1", "Application", "applications"),
    REPLICA_SET("apps", "v1", "ReplicaSet", "replicasets"),
    POD("", "v1", "Pod", "pods"),
    SERVICE("", "v1", "Service", "services"),
    EVENT("", "v1", "Event", "events");

    private final ResourceDefinitionContext context;

    ResourceKind(String group, String version, String kind, String plural) {
        this.context = new ResourceDefinitionContext.Builder().withGroup(group).withVersion(version).withKind(kind)
                .withPlural(plural).withNamespaced(true).build();
    }

    /** Returns the group, version and names of this kind in the API. */
    public ResourceDefinitionContext context() {
        return context;
    }
}
