package io.github.consentbridge.standalone.cli.rights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that read one person's data, while the bridge runs. */
class ExportCommandTest {
    private static final String KEY = EventfulPerson.KEY;

    @TempDir
    static Path folder;

    private static EventfulPerson person;

    @BeforeAll
    static void start() throws Exception {
        person = new EventfulPerson(folder);
    }

    @AfterAll
    static void stop() {
        person.close();
    }

    private static JsonNode json() throws Exception {
        return new JsonMapper().readTree(person.out.toString());
    }

    private static List<String> texts(JsonNode list, String member) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.path(member).asText()));
        return texts;
    }

    @Test
    void exportContainsEverythingThatIsStored() throws Exception {
        assertThat(person.execute("export", KEY, "--reason", "asked in a letter"))
                .as(person.err.toString())
                .isZero();

        JsonNode export = json();
        assertThat(export.path("key").asText()).isEqualTo(KEY);
        assertThat(export.path("chain").asText()).isEqualTo("unbroken");
        assertThat(export.path("contact_id").asText()).isEqualTo(person.contact.toString());
        assertThat(texts(export.path("registers"), "mapping")).contains("new_newsletter", "donotbulkemail");
        assertThat(texts(export.path("history"), "kind")).contains("choice", "write", "event", "erasure");
        assertThat(texts(export.path("history"), "replica")).contains("first-phone", "laptop", "phone");
        assertThat(export.at("/waiting/0/body").asText()).contains("waits </pre>");
        assertThat(export.at("/dead_letters/0/body").asText()).contains("\"surveys\"");
        assertThat(export.path("discarded").isArray()).isTrue();
        assertThat(export.at("/ledger/contact").asText()).isEqualTo(person.contact.toString());
        assertThat(texts(export.path("didomi"), "id")).containsExactlyInAnyOrder("laptop", "phone");
        assertThat(export.at("/dynamics/new_didomiid").asText()).isEqualTo(KEY);
        assertThat(export.at("/dynamics/new_newsletter").booleanValue()).isFalse();
        assertThat(texts(export.path("accesses"), "reason")).contains("asked in a letter");
    }

    @Test
    void pageIsWrittenInSentences() throws Exception {
        assertThat(person.execute("export", KEY, "--format", "html"))
                .as(person.err.toString())
                .isZero();

        String text = text(person.out.toString());
        assertThat(text)
                .contains("Made by " + System.getProperty("user.name"))
                .contains("newsletter (gdpr): refused")
                .contains("marketing (gdpr): granted")
                .contains("Chosen in Didomi at ")
                .contains("donotbulkemail last showed: granted (the column holds: false)")
                .contains("newsletter: granted was chosen in Didomi at ")
                .contains("marketing: refused was chosen in Dynamics at ")
                .contains("The person was deleted in Didomi at ")
                .contains("Didomi has 2 users with this organization user id.")
                .contains("waits to be applied. It has failed before: Dataverse answered 503.")
                .contains(
                        "could not be applied and is kept until it is put back into the queue or given up. The reason: ")
                .contains("The chain is unbroken.")
                .contains("Files made with backup, and other copies of the data folder")
                .contains("The history is kept for 1095 days")
                .contains("Why it stands: ")
                .doesNotContain("delivery unreported change", "1970-01-01")
                .doesNotContain("null", "..", "The contact was written surveys");
    }

    private static String text(String html) {
        return html.replaceAll("(?s)<style>.*</style>|<pre>.*?</pre>", "")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ");
    }

    @Test
    void pageIsSelfContainedAndItsDataAreText() throws Exception {
        assertThat(person.execute("export", KEY, "--format", "html")).isZero();

        String html = person.out.toString();
        assertThat(html)
                .contains("o&#39;neil&amp;&lt;i&gt;&quot;@example.org")
                .contains("waits &lt;/pre&gt;")
                .doesNotContain("<i>", "waits </pre>", "<script", "src=", "href=", "url(", "@import");
    }

    @Test
    void fileIsNewAndForItsOwnersEyesOnly() throws Exception {
        Path file = folder.resolve("export.html");
        assertThat(person.execute("export", KEY, "--format", "html", "--out", file.toString()))
                .isZero();
        assertThat(Files.readString(file)).startsWith("<!doctype html>");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        assertThat(person.execute("export", KEY, "--out", file.toString())).isEqualTo(2);

        assertThat(person.err.toString()).contains("exists: name a new file with --out");
        assertThat(Files.readString(file)).startsWith("<!doctype html>");
    }

    @Test
    void systemThatCannotBeReadIsNamedInItsPlace() throws Exception {
        person.simulators.didomi().faults().always(RouteKind.READ_USERS, Fault.status(500));
        try {
            assertThat(person.execute("export", KEY)).isEqualTo(3);

            assertThat(json().at("/didomi/error").asText()).contains("Didomi", "500");
            assertThat(json().at("/dynamics/new_didomiid").asText()).isEqualTo(KEY);
            assertThat(json().path("history")).isNotEmpty();
            assertThat(person.err.toString()).contains("the export is not complete");

            assertThat(person.execute("export", KEY, "--format", "html")).isEqualTo(3);
            assertThat(person.out.toString()).contains("Didomi could not be read, so its data is missing here: ");
        } finally {
            person.simulators.didomi().faults().clear();
        }
    }

    @Test
    void personIsFoundByEachAddressWhateverItsCase() throws Exception {
        assertThat(person.execute("find", "--email", "o'neil@example.ORG"))
                .as(person.err.toString())
                .isZero();
        assertThat(person.out.toString().strip()).isEqualTo(KEY);

        assertThat(person.execute("find", "--email", "two@example.org", "--json"))
                .isZero();
        assertThat(json().at("/keys/0").asText()).isEqualTo(KEY);
    }

    @Test
    void personIsFoundByTheContact() {
        assertThat(person.execute("find", "--contact", person.contact.toString()))
                .isZero();

        assertThat(person.out.toString().strip()).isEqualTo(KEY);
    }

    @Test
    void searchThatFindsNoKeySaysWhy() {
        assertThat(person.execute("find", "--email", "nobody@example.org")).isEqualTo(1);
        assertThat(person.err.toString()).contains("no contact is found");

        assertThat(person.execute("find", "--email", "keyless@example.org")).isEqualTo(1);
        assertThat(person.err.toString())
                .contains("contact " + person.keyless + " has no organization user id (column new_didomiid)");

        assertThat(person.execute("find", "--contact", "7")).isEqualTo(2);
        assertThat(person.err.toString()).contains("not the id of a contact");
    }

    @Test
    void hashIsTheOneInTheLog() throws Exception {
        assertThat(person.execute("hash", KEY, "--json"))
                .as(person.err.toString())
                .isZero();

        assertThat(json().path("logs")).hasSize(1);
        assertThat(person.log()).contains("\"person\":\"" + json().at("/logs/0").asText() + "\"");
        assertThat(json().path("ledger").asText()).matches("[0-9a-f]{32}");
    }

    @Test
    void everyLookIsOnRecordBeforeItIsAnswered() throws Exception {
        person.execute("hash", KEY, "--json");
        String hash = json().path("ledger").asText();
        person.execute("explain", KEY);
        person.execute("explain", KEY, "--history");
        person.execute("explain", KEY, "--at", "2026-03-01");
        person.execute("export", KEY, "--reason", "asked by letter");
        person.execute("find", "--email", "two@example.org");
        person.execute("explain", "unknown@example.org");

        assertThat(person.execute("accesses", "--limit", "7", "--json")).isZero();

        JsonNode accesses = json();
        assertThat(texts(accesses, "kind"))
                .containsExactly("looked_at", "searched", "exported", "looked_at", "looked_at", "looked_at", "hashed");
        assertThat(texts(accesses, "person").subList(1, 7)).containsOnly(hash);
        assertThat(accesses.at("/2/reason").asText()).isEqualTo("asked by letter");
        assertThat(accesses.at("/0/by").asText()).isEqualTo(System.getProperty("user.name"));
        assertThat(accesses.at("/0/means").asText()).isEqualTo("command_line");
        assertThat(accesses.toString()).doesNotContain("example.org");
        assertThat(person.execute("accesses")).isZero();
        assertThat(person.out.toString()).contains("exported", "asked by", "looked at", "command-line");
    }

    @Test
    void personWhoIsNotKnownIsSaidSo() {
        assertThat(person.execute("export", "unknown@example.org")).isEqualTo(1);

        assertThat(person.out.toString()).isEmpty();
        assertThat(person.err.toString()).contains("nothing is known of unknown@example.org here");
    }
}
