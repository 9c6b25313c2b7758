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
 * A delivery of {@code lab/deliveries} that is broken on purpose, and the criteria that must fail for it.
 *
 * @param what  the defect, in one sentence
 * @param edits of its files
 * @param red   ids of the criteria that are not met, each with words of the reason
 * @param green ids of the criteria that must be proven all the same
 */
record BrokenSample(String what, List<Edit> edits, Map<String, String> red, List<String> green) {

    /**
     * An edit of a file.
     *
     * @param file    path in the delivery's folder
     * @param text    the text to replace, which must be in the file
     * @param instead the text that replaces it
     */
    record Edit(String file, String text, @JsonProperty("with") String instead) {
    }

    BrokenSample {
        edits = List.copyOf(edits);
        red = Map.copyOf(red);
        green = List.copyOf(green);
    }

    /** Returns the table that the delivery must meet when it is broken. */
    SampleDelivery table(SampleDelivery whole) {
        Map<String, String> others = red.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, words -> "not-met: " + words.getValue()));
        return new SampleDelivery(whole.name(), whole.application(), whole.settings(), List.of(), 1, green, others,
                List.of(), null, List.of());
    }

    /** Returns the tag expression of the criteria that are tried. */
    String tags() {
        return Stream.concat(red.keySet().stream(), green.stream()).sorted().map(id -> "@" + id)
                .collect(Collectors.joining(" or "));
    }

    /**
     * Makes the edits in a copy of the delivery.
     *
     * @param folder of the copy
     * @throws IllegalArgumentException if a text to replace is missing
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
