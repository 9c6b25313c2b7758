package delivery.environment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.chart.Values;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What differs in a release from the Application that it is patterned on.
 *
 * @param parameters Helm parameters by path
 * @param values     what no parameter can change: lists, which are written whole
 */
public record Changes(Map<String, String> parameters, ObjectNode values) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Changes {
        parameters = new LinkedHashMap<>(parameters);
    }

    /** These and others. */
    public Changes and(Changes others) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.putAll(others.parameters);
        return new Changes(all, merged(values, others.values));
    }

    /** These and further values. */
    public Changes and(ObjectNode others) {
        return new Changes(parameters, merged(values, others));
    }

    private static ObjectNode merged(ObjectNode under, ObjectNode over) {
        return JSON.valueToTree(Values.parse("values", under.toString())
                .over(Values.parse("values", over.toString())).all());
    }
}
