package delivery.screens;

import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.criteria.Section;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;

/** A check of a report for problems that a person who opens the file would have. */
final class ReportCheck {

    private static final long LARGEST = 10_000_000;
    private static final int MOST_TABS = 80;
    private static final int MOST_LEVELS = 20;
    private static final int MOST_STEPS_WITHIN = 4;

    /** Problems of Allure's own page, each by axe's rule and the place. The check ignores nothing else. */
    private static final List<String> OF_ALLURE = List.of(
            "color-contrast .side-nav", // grey on grey, 4.36 to 1
            "color-contrast .sorter", "color-contrast .y-label", "color-contrast .label_status",
            // white on coloured backgrounds
            "color-contrast .step-stats", "color-contrast .fullname", "color-contrast .environment__key",
                    // grey on white
            "color-contrast button", // the button for the language
            "label input", // the search field has no label
            "object-alt object"); // it has no text alternative, but the picture within has a title and a description

    private final Path html;
    private final String name;
    private final Checklist checklist;
    private final List<String> problems = new ArrayList<>();

    private ReportCheck(Path html, String name, Checklist checklist) {
        this.html = html;
        this.name = name;
        this.checklist = checklist;
    }

    /**
     * Checks a report in the light and the dark colour scheme.
     *
     * @param name prefix of the names of its screenshots
     * @return the problems, in words; empty if there are none
     */
    static List<String> problems(Path html, String name) throws IOException {
        ReportCheck check = new ReportCheck(html, name, Checklist.read(Path.of("features", "task-9.md")));
        if (!Files.isRegularFile(html)) {
            return List.of("there is no report at " + html + ": make acceptance writes it");
        }
        if (Files.size(html) >= LARGEST) {
            check.problems.add(html + " has " + Files.size(html) + " bytes; 10 MB are allowed");
        }
        check.look(false);
        check.look(true);
        return check.problems;
    }

    private void look(boolean dark) throws IOException {
        String shot = name + (dark ? "-dark-" : "-light-");
        try (Browser browser = new Browser(dark)) {
            browser.open(html.toAbsolutePath().toUri().toString());
            browser.first(".side-nav");
            browser.screenshot(shot + "opened");
            browser.open(html.toAbsolutePath().toUri() + "#behaviors");
            expand(browser);
            tree(browser);
            browser.screenshot(shot + "tree");
            if (!dark) {
                keyboard(browser);
                pictures(browser);
            }
            for (String status : List.of("passed", "failed")) {
                for (String leaf
                        : leaves(browser, status).stream().filter(ReportCheck::hasPictures).limit(1).toList()) {
                    show(browser, leaf);
                    drawn(browser, leaf);
                    accessible(browser);
                    browser.screenshot(shot + status);
                }
            }
            browser.requests().stream().filter(this::isForeign).forEach(address ->
                    problems.add("the page asks for something outside of its file: " + address));
            browser.complaints().forEach(complaint -> problems.add("the page complains: " + complaint));
        }
    }

    private boolean isForeign(String address) {
        return !address.startsWith("data:") && !address.startsWith("blob:") && !address.startsWith("about:")
                && !address.split("#")[0].equals(html.toAbsolutePath().toUri().toString());
    }

    private static void expand(Browser browser) {
        if (browser.first(".node__title").isEmpty()) {
            return; // the tree is shown as empty
        }
        for (int level = 0; level < MOST_LEVELS; level++) {
            browser.run("document.querySelectorAll('.node:not(.node__expanded):not(.node__leaf) > .node__title')"
                    + ".forEach(title => title.click())");
        }
    }

    private void tree(Browser browser) {
        String tree = browser.first(".tree__content").map(WebElement::getText).orElse("");
        for (Section section : checklist.sections()) {
            if (!tree.contains(section.name())) {
                problems.add("the tree has no section " + section.name());
            }
        }
        for (Criterion criterion : checklist.criteria()) {
            if (browser.run("return [...document.querySelectorAll('a.node__leaf')].some(leaf => "
                    + "leaf.textContent.trim().match(new RegExp('(^|\\\\s)' + arguments[0] + '\\\\b')) !== null)",
                    criterion.id()).equals(false)) {
                problems.add("the tree has no criterion " + criterion.id());
            }
        }
    }

    /**
     * Checks that Tab reaches a criterion of an open group, and Enter opens it. Groups themselves open by a click only.
     */
    private void keyboard(Browser browser) {
        for (int tab = 0; tab < MOST_TABS; tab++) {
            browser.press(Keys.TAB);
            String address = String.valueOf(browser.run("return document.activeElement.classList.contains('node__leaf')"
                    + " ? document.activeElement.href : ''"));
            if (!address.isEmpty()) {
                browser.press(Keys.ENTER);
                if (browser.first(".test-result__name").isEmpty() || !browser.address().startsWith(address)) {
                    problems.add("Enter does not open the criterion that has the focus: " + address);
                }
                return;
            }
        }
        problems.add("no criterion in the tree is reached by the Tab key");
    }

    /** Checks that every proven criterion of a release shows the picture of what its users were served. */
    private void pictures(Browser browser) throws IOException {
        for (String leaf : leaves(browser, "passed")) {
            if (hasPictures(leaf)) {
                show(browser, leaf);
                drawn(browser, leaf);
            }
        }
    }

    private static boolean hasPictures(String leaf) {
        return leaf.matches("(?s).*\\b(BG|CAN|RB)-\\w+.*");
    }

    private static List<String> leaves(Browser browser, String status) {
        List<?> found = (List<?>) browser.run("return [...document.querySelectorAll('a.node__leaf')].filter(leaf => "
                + "leaf.querySelector('.text_status_" + status + "')).map(leaf => leaf.textContent.trim())");
        return found.stream().map(String::valueOf).toList();
    }

    private static void show(Browser browser, String leaf) {
        browser.run("[...document.querySelectorAll('a.node__leaf')].find(leaf => leaf.textContent.trim() =="
                + " arguments[0]).click()", leaf);
        browser.first(".test-result-execution");
        // A picture may be next to a step that is closed.
        for (int level = 0; level < MOST_STEPS_WITHIN; level++) {
            browser.run("document.querySelectorAll('.test-result-execution .step:not(.step_expanded)"
                    + " > .step__title_hasContent').forEach(title => title.click())");
        }
        browser.run("document.querySelectorAll('.test-result-execution .attachment-row').forEach(row => {"
                + " if (row.querySelector('[data-tooltip=\"image/svg+xml\"]') && !row.parentElement"
                + ".querySelector('.attachment__embed')) row.click(); })");
    }

    private void drawn(Browser browser, String leaf) throws IOException {
        String criterion = leaf.replaceAll("\\s+", " ");
        List<WebElement> pictures = browser.all(".attachment__embed");
        if (pictures.isEmpty()) {
            problems.add("no picture beside " + criterion);
        }
        for (WebElement picture : pictures) {
            drawn(browser, picture, criterion);
        }
    }

    private void drawn(Browser browser, WebElement picture, String criterion) throws IOException {
        Object width = browser.runUntilDone("const done = arguments[arguments.length - 1]; const image = new Image();"
                + " image.onload = () => done(image.naturalWidth); image.onerror = () => done(0);"
                + " image.src = arguments[0].data || 'data:,';", picture);
        if (((Number) width).intValue() == 0) {
            problems.add("the picture cannot be shown beside " + criterion);
        } else if (picture.getSize().getWidth() == 0 || colours(picture) < 4) {
            problems.add("the picture is there and nothing is seen of it beside " + criterion);
        }
    }

    /** Returns the number of colours in a part of the page. */
    private static long colours(WebElement element) throws IOException {
        var pixels = ImageIO.read(new ByteArrayInputStream(element.getScreenshotAs(OutputType.BYTES)));
        return java.util.stream.IntStream.of(pixels.getRGB(0, 0, pixels.getWidth(), pixels.getHeight(), null, 0,
                pixels.getWidth())).distinct().count();
    }

    private void accessible(Browser browser) throws IOException {
        try (InputStream axe = ReportCheck.class.getResourceAsStream("/axe.min.js")) {
            browser.run(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        List<?> found = (List<?>) browser.runUntilDone("const done = arguments[arguments.length - 1];"
                + " axe.run({runOnly: ['wcag2a', 'wcag2aa']}).then(result => done(result.violations.flatMap(violation"
                + " =>"
                + " violation.nodes.map(node => violation.id + ' ' + node.target.join(' '))))"
                + ", broken => done(['axe could not look: ' + broken]))");
        found.stream().map(String::valueOf).filter(violation -> OF_ALLURE.stream().noneMatch(known ->
                violation.startsWith(known.split(" ", 2)[0] + " ") && violation.contains(known.split(" ", 2)[1])))
                .distinct().forEach(violation -> problems.add("not everyone can see or reach it: " + violation));
    }
}
