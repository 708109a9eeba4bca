package io.github.consentbridge.browsertests;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.FluentWait;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A browser without a window, driven as a person would: by what is on the page, and by keys. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Path DOWNLOADS = Path.of("target", "downloads");

    /** More than any page has of places for the focus. */
    private static final int MAX_TABS = 150;

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static Browser start(Chromium chromium, View view) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.program().toFile());
        // Chromium's own sandbox needs more than a container gives.
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en-GB");
        options.setExperimentalOption(
                "prefs",
                Map.of("download.default_directory", DOWNLOADS.toAbsolutePath().toString()));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromium.driver().toFile())
                .build();
        Browser browser = new Browser(new ChromeDriver(service, options));
        browser.look(view);
        return browser;
    }

    /** Changes theme and width. */
    void look(View view) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        view.width().pixels,
                        "height",
                        view.width().height,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of(
                                        "name",
                                        "prefers-color-scheme",
                                        "value",
                                        view.theme().word()),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    void open(URI address) {
        driver.get(address.toString());
    }

    /** The address in the address bar. */
    String address() {
        return Objects.requireNonNull(driver.getCurrentUrl());
    }

    /** What is looked at may be drawn anew at that moment: then it is looked at again. */
    private FluentWait<WebDriver> patient() {
        return new WebDriverWait(driver, PATIENCE).ignoring(StaleElementReferenceException.class);
    }

    /** Waits until there is such an element, and gives it. */
    WebElement await(String selector) {
        return patient()
                .withMessage(() -> "there is no " + selector + " on the page:\n" + text())
                .until(page -> page.findElements(By.cssSelector(selector)).stream()
                        .filter(WebElement::isDisplayed)
                        .findFirst()
                        .orElse(null));
    }

    /** Waits until this is the page's heading, and something is below it. */
    void awaitHeading(String title) {
        patient()
                .withMessage(() -> "the page \"" + title + "\" does not come:\n" + text())
                .until(page -> page.findElements(By.tagName("h1")).stream()
                                .anyMatch(heading -> heading.getText().equals(title))
                        && page.findElements(By.className("loading")).isEmpty());
    }

    /** Waits until the page shows this text. */
    void awaitText(String text) {
        patient()
                .withMessage(() -> "the page does not show \"" + text + "\":\n" + text())
                .until(page -> text().contains(text));
    }

    /** Waits until the page shows this, and gives the pattern's group. */
    String awaitMatch(Pattern pattern) {
        return patient()
                .withMessage(() -> "the page does not show " + pattern + ":\n" + text())
                .until(page -> Stream.of(pattern.matcher(text()))
                        .filter(Matcher::find)
                        .map(matcher -> matcher.group(1))
                        .findFirst()
                        .orElse(null));
    }

    /** What screen readers say of the first such element. */
    String label(String selector) {
        return patient()
                .until(page -> page.findElement(By.cssSelector(selector)).getAccessibleName());
    }

    /** What is to be read on the page. */
    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** Presses keys where the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Presses Tab until the focus is on what has this name, as somebody without a mouse does. */
    WebElement tabTo(String name) {
        List<String> passed = new ArrayList<>();
        while (passed.size() < MAX_TABS) {
            String focusedName =
                    patient().until(page -> page.switchTo().activeElement().getAccessibleName());
            if (focusedName.contains(name)) {
                return driver.switchTo().activeElement();
            }
            passed.add(focusedName);
            press(Keys.TAB);
        }
        throw new AssertionError("no number of Tab keys leads to \"" + name + "\", but to " + passed);
    }

    /** Goes to a control by keys, and types. */
    void type(String name, String text) {
        tabTo(name);
        press(text);
    }

    /** Goes to a button or link by keys, and presses Enter. */
    void choose(String name) {
        tabTo(name);
        press(Keys.ENTER);
    }

    /** Keeps the page's next requests from being sent, until {@link #sendHeld()}. */
    void holdRequests() {
        driver.executeScript("""
                const send = window.fetch;
                window.held = [];
                window.fetch = (...request) => new Promise((done) => window.held.push(() => done(send(...request))));
                window.sendHeld = () => { window.fetch = send; window.held.forEach((each) => each()); };""");
    }

    void sendHeld() {
        driver.executeScript("window.sendHeld()");
    }

    /** How many pixels of the page are beyond the window's right edge. */
    long overflow() {
        return ((Number) Objects.requireNonNull(driver.executeScript(
                        "const page = document.scrollingElement; return page.scrollWidth - page.clientWidth")))
                .longValue();
    }

    /** What axe finds wrong, a sentence for each element. */
    List<String> barriers() {
        return new AxeBuilder()
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                        .analyze(driver)
                        .getViolations()
                        .stream()
                        .flatMap(Browser::sentences)
                        .toList();
    }

    private static Stream<String> sentences(Rule rule) {
        return rule.getNodes().stream()
                .map(node -> rule.getId() + ": " + node.getHtml() + "\n" + node.getFailureSummary());
    }

    /** What the browser has complained of since the last time: errors, and what the page's security policy forbids. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Waits until a file whose name ends like this is in the downloads, and gives its content. */
    String awaitDownload(String ending) {
        return patient()
                .withMessage("nothing that ends with " + ending + " was downloaded")
                .until(page -> Stream.of(
                                Objects.requireNonNullElse(DOWNLOADS.toFile().listFiles(), new File[0]))
                        .filter(file -> file.getName().endsWith(ending))
                        .findFirst()
                        .map(Browser::content)
                        .orElse(null));
    }

    private static String content(File file) {
        try {
            return Files.readString(file.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole page as a picture. */
    void shoot(Path file) throws IOException {
        Map<String, Object> answer = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        write(file, Base64.getDecoder().decode(String.valueOf(answer.get("data"))));
    }

    /** The first that somebody sees of the page, as a picture. */
    void shootTop(Path file) throws IOException {
        driver.executeScript("scrollTo(0, 0)");
        write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    private static void write(Path file, byte[] picture) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, picture);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
