package io.github.consentbridge.browsertests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Pattern;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Brings the demo and the console into states worth looking at, as its user would. */
record Scenes(Console console) {
    static final String ADA = "ada@example.org";

    /** The button below a dry run's result, with the number of differences. */
    static final Pattern APPLY = Pattern.compile("Apply (\\d+) differences?");

    private static final Pattern ANSWER = Pattern.compile("(history unbroken|No one found)");

    /** An event of Didomi by which a person chooses how often to hear from us; the demo maps weekly and monthly only. */
    static String delivery(String key, String frequency) {
        return delivery(key, frequency, UUID.randomUUID());
    }

    /** The same by this event. */
    static String delivery(String key, String frequency, UUID event) {
        return """
                {"type":"event.created","regulation":"gdpr","parameters":{"entity":{"id":"%s","organization_id":"acme",\
                "created_at":"%s","status":"confirmed","regulation":"gdpr",\
                "user":{"id":"%s","organization_user_id":"%s"},\
                "consents":{"purposes":[{"id":"marketing","enabled":true,"values":{"frequency":{"value":"%s"}}}]}}}}""".formatted(
                        event,
                        Instant.now().truncatedTo(ChronoUnit.MILLIS),
                        UUID.nameUUIDFromBytes(key.getBytes(UTF_8)),
                        key,
                        frequency);
    }

    /** Deliveries that no column can take. */
    void makeDeadLetters(int count) throws IOException, InterruptedException {
        for (int each = 0; each < count; each++) {
            console.demo().deliver(delivery(ADA, "daily"));
        }
    }

    /** Lets the webhook of a choice get lost. */
    void makeDifference() {
        Browser browser = console.browser();
        console.goTo("Live");
        browser.choose("The webhook is lost");
        browser.awaitText("on: press again");
        browser.tabTo("Newsletter");
        browser.press(Keys.SPACE);
        browser.awaitText("differs: Ada");
    }

    /** Finds a person by the organization user id. */
    void find(String key) {
        console.goTo("People");
        console.browser().tabTo("Organization user id");
        search(key);
    }

    /** Searches on the page that is shown, until what was delivered of the person has been applied. */
    void search(String key) {
        Browser browser = console.browser();
        String answer;
        do {
            WebElement field = browser.await("#value");
            field.clear();
            field.sendKeys(key, Keys.ENTER);
            answer = browser.awaitMatch(ANSWER);
        } while (answer.equals("No one found"));
        browser.awaitText(key);
    }

    /** What the pages are looked at with: a difference, dead letters, a person. */
    void prepare() throws IOException, InterruptedException {
        makeDeadLetters(3);
        makeDifference();
    }

    /** Goes to a page and does there what fills it. */
    void show(Console.Page page) {
        Browser browser = console.browser();
        switch (page.id()) {
            case "people" -> find(ADA);
            case "overview" -> {
                console.goTo(page.title());
                browser.choose("Run the checks");
                browser.awaitText("The checks have ended");
            }
            case "differences" -> {
                console.goTo(page.title());
                browser.choose("Start a dry run");
                browser.awaitMatch(APPLY);
            }
            case "deadletters" -> {
                console.goTo(page.title());
                browser.awaitText("could not be applied");
                browser.choose("Look at them");
                browser.await("table");
            }
            case "mapping" -> {
                console.goTo(page.title());
                browser.type("Body of the delivery", delivery(ADA, "monthly"));
                browser.choose("Show what it changes");
                browser.awaitText("Columns of the contact");
            }
            default -> console.goTo(page.title());
        }
    }
}
