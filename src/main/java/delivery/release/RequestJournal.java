package delivery.release;

import delivery.route.RouteFindings;
import delivery.traffic.Endpoint;
import delivery.traffic.Entrance;
import delivery.traffic.Page;
import delivery.traffic.Sample;

/**
 * Shows the requests that were sent: the answers at the step and on the timeline, and in the Session History the
 * command that a person would type for them.
 */
public record RequestJournal(Journal journal, Entrance entrance) implements CanaryMeasurement.Shown {

    @Override
    public void routes(RouteFindings routes) {
        if (!routes.text().isEmpty()) {
            journal.evidence().attach("Where the routes lead", routes.text());
        }
    }

    @Override
    public void requests(Sample users, Endpoint endpoint) {
        boolean api = !(endpoint instanceof Page);
        if (api) {
            journal.timeline().ifPresent(timeline -> timeline.add(users));
        }
        journal.evidence().attach("Requests of users" + (api ? "" : " for the page"), users.table());
        looked(users, entrance.command(endpoint));
    }

    /** Shows the requests that users sent throughout the scenario. */
    public void allTheWhile(Sample users) {
        journal.timeline().ifPresent(timeline -> timeline.add(users));
        journal.evidence().attach("Requests of the users throughout the scenario", users.table());
    }

    /** @param route the target in the words of the report: "the preview Service" */
    public void service(Sample answers, String route, String path) {
        journal.evidence().attach("Requests to " + route, answers.table());
        looked(answers, "kubectl get --raw " + path);
    }

    private void looked(Sample answers, String command) {
        journal.looked("for i in $(seq " + answers.size() + "); do " + command + "; done", answers.sentence());
    }
}
