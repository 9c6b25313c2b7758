package delivery.text;

import java.util.regex.Pattern;

/** The tags of the versions that runs build. */
public final class RunTag {

    private static final String PREFIX = "acceptance-";
    /** The form of a run's id: consonants and digits, so that it is not a word, such as an environment's name. */
    private static final Pattern FORM = Pattern.compile(PREFIX + "(.+-)?[bcdfghjklmnpqrstvwxz2-9]{5}-.+");

    private RunTag() {
    }

    /**
     * Returns the tag of a version.
     *
     * @param whose   the id of the run, or the release that the version is for, whose name ends in that
     * @param version as short as a tag allows
     */
    public static String of(String whose, String version) {
        return PREFIX + whose + "-" + version;
    }

    /** Whether a tag has the form of a run's. */
    public static boolean matches(String tag) {
        return FORM.matcher(tag).matches();
    }

    /** Whether an image has a tag of that form. */
    public static boolean isOn(String image) {
        String named = image.substring(image.lastIndexOf('/') + 1).replaceFirst("@.*", "");
        return named.contains(":") && matches(named.substring(named.indexOf(':') + 1));
    }
}
