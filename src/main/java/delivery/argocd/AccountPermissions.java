package delivery.argocd;

import okhttp3.HttpUrl;

/** The permissions of Argo CD's user, as Argo CD itself reports them. */
public final class AccountPermissions {

    private final Api api;

    AccountPermissions(Api api) {
        this.api = api;
    }

    /**
     * Whether the user may perform an action.
     *
     * @param resource such as {@code applications}
     * @param action   such as {@code create}
     * @param object   {@code PROJECT/NAME}
     */
    public boolean may(String resource, String action, String object) {
        HttpUrl url = api.url("api", "v1", "account", "can-i", resource, action).newBuilder()
                .addPathSegments(object).build();
        return !api.send("GET", url, null).path("value").asText("yes").equals("no");
    }
}
