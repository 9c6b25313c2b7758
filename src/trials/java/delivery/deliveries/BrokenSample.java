package delivery.deliveries;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A delivery of {@code lab/deliveries} that is broken on purpose, and the criteria that must be red for it.
 *
 * @param what  is broken, one sentence
 * @param edits of its files
 * @param red   ids, and words of the reason why each is not met
 * @param green ids that are proven all the same
 */
record BrokenSample(String what, List<Edit> edits, Map<String, String> red, List<String> green) {

    /**
     * An edit of a file.
     *
     * @param file    in the delivery's folder
     * @param text    that must be in it
     * @param instead what stands there instead
     */
    record Edit(String file, String text, @JsonProperty("with") String instead) {
    }

    BrokenSample {
        edits = List.copyOf(edits);
        red = Map.copyOf(red);
        green = List.copyOf(green);
    }

    /** The table of the delivery when it is broken. */
    SampleDelivery table(SampleDelivery whole) {
        Map<String, String> others = red.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, words -> "not-met: " + words.getValue()));
        return new SampleDelivery(whole.name(), whole.application(), whole.settings(), List.of(), 1, green, others,
                List.of(), null, List.of());
    }

    /** Tags of the criteria that are tried. */
    String tags() {
        return Stream.concat(red.keySet().stream(), green.stream()).sorted().map(id -> "@" + id)
                .collect(Collectors.joining(" or "));
    }

    /**
     * Breaks a copy of it.
     *
     * @param folder of the delivery's copy
     * @throws IllegalArgumentException if a text that is to be replaced is not there
     */
    void breakIn(Path folder) throws IOException {
        for (Edit edit : edits) {
            Path file = folder.resolve(edit.file());
            String before = Files.readString(file);
            if (!before.contains(edit.text())) {
                throw new IllegalArgumentException(file + " has no text " + edit.text());
            }
            Files.writeString(file, before.replace(edit.text(), edit.instead()));
        }
    }

    @Override
    public String toString() {
        return what;
    }
}
