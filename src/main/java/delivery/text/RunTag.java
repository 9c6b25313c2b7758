package delivery.text;

/** The tags of the versions that runs build, which no team's own version has. */
public final class RunTag {

    private static final String PREFIX = "acceptance-";

    private RunTag() {
    }

    /**
     * Returns the tag of a version.
     *
     * @param whose   the run, or the release that the version is for
     * @param version as short as a tag allows
     */
    public static String of(String whose, String version) {
        return PREFIX + whose + "-" + version;
    }

    /** Whether an image, or a tag alone, is a version that a run built. */
    public static boolean isOn(String image) {
        String named = image.substring(image.lastIndexOf('/') + 1);
        return named.substring(named.indexOf(':') + 1).startsWith(PREFIX);
    }
}
