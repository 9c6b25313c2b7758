package delivery.restoration;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.argocd.Application;
import delivery.argocd.ArgoCd;
import delivery.failure.EnvironmentNotFit;
import delivery.waiting.Feed;
import delivery.waiting.Subscription;

/**
 * A feed of the whole object of an Application, which is read at each look.
 *
 * @param changes the feed that signals when to look
 */
record ApplicationObjectFeed(ArgoCd argoCd, Feed<Application> changes, String name) implements Feed<JsonNode> {

    @Override
    public JsonNode lastKnown() {
        return argoCd.object(name).orElseThrow(() -> new EnvironmentNotFit("Argo CD has no Application " + name,
                "See argocd app list"));
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return changes.onChange(listener);
    }

    @Override
    public String whereToLook() {
        return changes.whereToLook();
    }
}
