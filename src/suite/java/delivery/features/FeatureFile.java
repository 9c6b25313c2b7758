package delivery.features;

import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Feature;
import io.cucumber.messages.types.GherkinDocument;
import io.cucumber.messages.types.ParseError;
import io.cucumber.messages.types.Pickle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A feature file as Cucumber reads it.
 *
 * @param document its syntax tree; empty if it cannot be read or is empty
 * @param pickles  its scenarios, one for each row of examples
 * @param errors   the errors that prevent it from being read
 */
record FeatureFile(FeatureText text, Optional<GherkinDocument> document, List<Pickle> pickles,
        List<ParseError> errors) {

    static FeatureFile parse(FeatureText text) {
        Optional<GherkinDocument> document = Optional.empty();
        List<Pickle> pickles = new ArrayList<>();
        List<ParseError> errors = new ArrayList<>();
        GherkinParser parser = GherkinParser.builder().includeSource(false).build();
        for (Envelope envelope : parser.parse(text.file().toString(), text.text().getBytes(StandardCharsets.UTF_8))
                .toList()) {
            if (envelope.getGherkinDocument().isPresent()) {
                document = envelope.getGherkinDocument();
            }
            envelope.getPickle().ifPresent(pickles::add);
            envelope.getParseError().ifPresent(errors::add);
        }
        return new FeatureFile(text, document, List.copyOf(pickles), List.copyOf(errors));
    }

    Optional<Feature> feature() {
        return document.flatMap(GherkinDocument::getFeature);
    }
}
