package delivery.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A version that a team has built itself, and the version that it reports if that differs from its tag. */
public record NamedVersion(String tag, Optional<String> answers) {

    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");

    /** @throws IllegalArgumentException if it is neither {@code TAG} nor {@code TAG=ANSWER} */
    static NamedVersion parse(String text) {
        String[] parts = text.strip().split("=", 2);
        if (!TAG.matcher(parts[0]).matches() || parts.length > 1 && parts[1].isBlank()) {
            throw new IllegalArgumentException("is not a tag of an image; write one such as 1.1.0, or 1.1.0=1.1 where"
                    + " the application answers with something else than its tag says");
        }
        return new NamedVersion(parts[0], parts.length > 1 ? Optional.of(parts[1]) : Optional.empty());
    }

    /** @throws IllegalArgumentException if one has neither form, or two have the same tag */
    static List<NamedVersion> list(String text) {
        List<NamedVersion> versions = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            NamedVersion version = parse(one);
            if (versions.stream().anyMatch(known -> known.tag.equals(version.tag))) {
                throw new IllegalArgumentException("has a tag twice; name each version once");
            }
            versions.add(version);
        }
        return List.copyOf(versions);
    }

    @Override
    public String toString() {
        return tag + answers.map(answer -> "=" + answer).orElse("");
    }
}
