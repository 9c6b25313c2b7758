package delivery.settings;

/** All settings as the Markdown table of the documentation, the same on every machine. */
public final class SettingsTable {

    private SettingsTable() {
    }

    public static String text() {
        StringBuilder table = new StringBuilder("| Setting | Form | Default | Meaning |\n|---|---|---|---|\n");
        for (Setting setting : Setting.values()) {
            String byDefault = setting.documentedDefault();
            table.append("| `").append(setting.name())
                    .append("` | ").append(setting.kind().form())
                    .append(" | ").append(byDefault.isEmpty() ? "" : "`" + byDefault + "`")
                    .append(" | ").append(setting.description())
                    .append(" |\n");
        }
        return table.toString();
    }
}
