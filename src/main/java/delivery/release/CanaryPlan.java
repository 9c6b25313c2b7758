package delivery.release;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.chart.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps of a canary that a scenario asks for instead of the chart's own. */
public final class CanaryPlan {

    public static final CanaryPlan EMPTY = new CanaryPlan(List.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A placeholder for the chart's own analysis. */
    private static final ObjectNode ANALYSIS = JSON.createObjectNode().putNull("analysis");

    /** @param duration how long it lasts; empty if it lasts until a person promotes */
    public record Pause(Optional<Duration> duration) {
    }

    private final List<ObjectNode> steps;

    private CanaryPlan(List<ObjectNode> steps) {
        this.steps = List.copyOf(steps);
    }

    /** A plan of these shares in percent, in this order, each with the same pause after it. */
    public static CanaryPlan of(List<Integer> shares, Pause pause) {
        CanaryPlan plan = EMPTY;
        for (int share : shares) {
            plan = plan.weight(share).pause(pause);
        }
        return plan;
    }

    /** Adds a step that gives the canary this share of the traffic, in percent. */
    public CanaryPlan weight(int percent) {
        return with(JSON.createObjectNode().put("setWeight", percent));
    }

    /** Adds a pause. */
    public CanaryPlan pause(Pause pause) {
        ObjectNode step = JSON.createObjectNode();
        ObjectNode value = step.putObject("pause");
        pause.duration().ifPresent(duration -> value.put("duration", duration.toSeconds() + "s"));
        return with(step);
    }

    /** Adds the chart's own analysis. */
    public CanaryPlan analysis() {
        return with(ANALYSIS);
    }

    private CanaryPlan with(ObjectNode step) {
        List<ObjectNode> longer = new ArrayList<>(steps);
        longer.add(step);
        return new CanaryPlan(longer);
    }

    /** The number of steps, including pauses and analyses. */
    public int size() {
        return steps.size();
    }

    /**
     * The steps in the form of the chart's values.
     *
     * @param chart the values that hold the chart's own analysis
     * @throws delivery.failure.MissingValue if the plan has an analysis and the chart has none
     */
    ArrayNode json(Values chart, String path) {
        ArrayNode list = JSON.createArrayNode();
        steps.forEach(step -> list.add(step.equals(ANALYSIS) ? JSON.valueToTree(chart.analysisStep(path)) : step));
        return list;
    }

    @Override
    public String toString() {
        return steps.toString();
    }
}
