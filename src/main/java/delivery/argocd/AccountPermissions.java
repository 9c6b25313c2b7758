package delivery.argocd;

import okhttp3.HttpUrl;

/** What Argo CD's user may do, by Argo CD's own word. */
public final class AccountPermissions {

    private final Api api;

    AccountPermissions(Api api) {
        this.api = api;
    }

    /**
     * Whether it may do something.
     *
     * @param resource {@code applications}
     * @param action   {@code create}
     * @param object   {@code PROJECT/NAME}
     */
    public boolean may(String resource, String action, String object) {
        HttpUrl url = api.url("api", "v1", "account", "can-i", resource, action).newBuilder()
                .addPathSegments(object).build();
        return !api.send("GET", url, null).path("value").asText("yes").equals("no");
    }
}
