package delivery.screens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Headless Chromium with one page, whose requests and console errors are recorded. It uses the installed Chromium. */
final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    /**
     * Kept in a field, or its level is lost to garbage collection. At each start it warns of a missing part that is not
     * used here.
     */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");
    private static final Path PICTURES = Path.of("target", "screens");

    private final ChromeDriver driver;
    private final List<String> requests = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    /** @param dark whether the user prefers dark pages; the browser then darkens pages that do not support it */
    Browser(boolean dark) {
        SELENIUM.setLevel(Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium").toFile());
        // Root, as in a container, has no sandbox; the page is the project's own file.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--hide-scrollbars", "--window-size=1400,1000");
        if (dark) {
            options.addArguments("--force-dark-mode", "--enable-features=WebContentsForceDark");
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        File driverProgram = program("chromedriver").toFile();
        driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(driverProgram).build(),
                options);
        driver.manage().timeouts().implicitlyWait(Duration.ofSeconds(10)).pageLoadTimeout(Duration.ofSeconds(60));
    }

    static Path program(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name)).filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new AssertionError("There is no " + name + " on the PATH: apt-get install chromium"
                        + " chromium-driver"));
    }

    void open(String address) {
        driver.get("about:blank");
        driver.get(address);
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    Optional<WebElement> first(String selector) {
        return all(selector).stream().findFirst();
    }

    Object run(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    Object runUntilDone(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeAsyncScript(script, arguments);
    }

    void press(Keys key) {
        driver.switchTo().activeElement().sendKeys(key);
    }

    String address() {
        return driver.getCurrentUrl();
    }

    void screenshot(String name) throws IOException {
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** Returns the addresses of everything that the page has requested. */
    List<String> requests() throws IOException {
        readLogs();
        return List.copyOf(requests);
    }

    /** Returns the errors that the page has written to the console. */
    List<String> complaints() throws IOException {
        readLogs();
        return List.copyOf(complaints);
    }

    private void readLogs() throws IOException {
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = JSON.readTree(entry.getMessage()).path("message");
            switch (message.path("method").asText()) {
                case "Network.requestWillBeSent" -> requests.add(message.at("/params/request/url").asText());
                case "Network.webSocketCreated" -> requests.add(message.at("/params/url").asText());
                default -> { }
            }
        }
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
                complaints.add(entry.getMessage());
            }
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
