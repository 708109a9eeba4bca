package io.github.consentbridge.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.consentbridge.standalone.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users are told who mistype, name the wrong file or have the wrong rights: one line, and never a stack trace. */
class MistakesTest {
    private static final String DOCUMENT = """
            {"type_id": "microsoft-dynamics", "properties": {"organization_id": "acme"},
             "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""";
    private static final String SECRET = """
            {"didomi": {"key": "kq7w2m9x", "secret": "%s"},
             "microsoft-dynamics": {"client_id": "4d6f1c2a-90b3-4e57-8a1d-5c7e3b9f2046", "client_secret": "p8~Rt5vLw3nYq",
                                    "tenant_id": "b7e2d915-3c4a-4f86-9d0b-1a6c8e5f7234", "instance": "http://127.0.0.1:9"},
             "webhooks": {"didomi": {"values": ["8b0e7153bf7c3706d85c524e440066559a6656c9"]},
                          "dynamics": {"values": ["0bd5482a90a29b9fa5ff5180bc0dbc0e15637ebb"]}}}""";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void prepare() throws IOException {
        write("integration.json", DOCUMENT);
        write("secrets.json", SECRET.formatted("z3Kf8vQm1"));
        Store.open(folder.resolve("data"), Clock.systemUTC()).close();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        mode(name, "rw-------");
    }

    private void mode(String name, String mode) throws IOException {
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString(mode));
    }

    /** Words of a command; a file's name without folder is one of the test's folder where the word begins with %. */
    private int execute(String words) {
        String[] arguments = Stream.of(words.split(" "))
                .filter(word -> !word.isEmpty())
                .map(word ->
                        word.startsWith("%") ? folder.resolve(word.substring(1)).toString() : word)
                .toArray(String[]::new);
        return Bridge.execute(new Bridge(), new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private static final String PLACES = " --config %integration.json --secrets %secrets.json --data %data";

    private void assertTold(int exitCode, String... parts) {
        assertThat(err.toString().strip().lines()).as(err.toString()).hasSize(1);
        assertThat(err.toString()).contains(parts).doesNotContain("Exception", "\tat ");
        assertThat(out.toString()).isEmpty();
        assertThat(exitCode).as(err.toString()).isIn(1, 2, 3, 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|a command is missing; try ./bridge --help",
                "recncile|no command 'recncile': did you mean reconcile?; try ./bridge --help",
                "deadletter|did you mean deadletters?",
                "statsu|did you mean status?",
                "frobnicate|there is no command 'frobnicate'; try ./bridge --help",
                "deadletters shw 1|did you mean show?; try ./bridge deadletters --help",
                "help expain|expain",
                "--data d explain ada|--data belongs to a command: write it after the command's name",
                "deadletters --data d show 1|write --data after show; try ./bridge deadletters show --help",
                "explain|KEY is missing; try ./bridge explain --help",
                "explain ada grace|'grace' is one word too many",
                "explain ada --jsn|no option '--jsn': did you mean --json?; try ./bridge explain --help",
                "explain --jsn ada|no option '--jsn': did you mean --json?",
                "explain --jsn|no option '--jsn': did you mean --json? If it is a key, write -- before it",
                "explain ada --data|--data needs a value",
                "explain ada --data=|'--data': the name is empty",
                "explain ada --config=|'--config': the name is empty",
                "export ada --out=|the name is empty",
                "explain ada --at 2026-05-03 --history|--history and --at exclude each other: leave one out",
                "find|--email or --contact is missing",
                "export ada --format pdf|expected one of json, html but was 'pdf'",
                "run --prot 8080|no option '--prot': did you mean --port?",
                "run --colour|there is no option '--colour'; try ./bridge run --help",
                "run --port eighty|'eighty' is not a whole number",
                "run --port|--port needs a value",
                "run --reconcile-every daily|for example 24h",
                "reconcile --scan didmi|didmi",
                "reconcile --dry-run --dry-run|--dry-run is given twice",
                "deadletters --limit 0|--limit must be at least 1",
                "deadletters --limit many|'many' is not a whole number",
                "deadletters discard 1|--reason is missing",
                "deadletters show|ID is missing",
                "replay|name the dead letters with --id",
                "replay --all --id 1|--all alone",
                "register|--url is missing",
                "map|FILE is missing",
                "init|needs a terminal for its input and output: run it in one, or add --non-interactive",
                "init --contact-key|--contact-key needs a value",
                "init --non-interactive|--client-secret-file or ENTRA_CLIENT_SECRET",
                "init --non-interactive --didomi-secret-file - --client-secret-file -|only one secret can come from",
                "demo --once|start it with ./bridge demo"
            })
    void mistypedCommandIsOneLineAndTwo(String words, String told) {
        assertThat(execute(words)).isEqualTo(2);
        assertTold(2, told);
    }

    /** A shell passes an empty word where a variable is not set. */
    @ParameterizedTest
    @ValueSource(strings = {"explain", "export", "erase --reason asked", "hash"})
    void emptyKeyIsNotAsked(String command) {
        List<String> words = new ArrayList<>(List.of((command + PLACES).split(" ")));
        words.replaceAll(
                word -> word.startsWith("%") ? folder.resolve(word.substring(1)).toString() : word);
        words.add(" ");

        assertThat(Bridge.execute(
                        new Bridge(),
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        words.toArray(String[]::new)))
                .isEqualTo(2);

        assertTold(2, "the key is empty: name an organization user id");
    }

    /** One start shows everything that keeps the bridge from starting, a line each. */
    @Test
    void runListsAllItsMistakesAtOnce() {
        assertThat(execute("run --port 70000 --workers 0")).isEqualTo(2);

        assertThat(err.toString().strip().lines())
                .hasSize(4)
                .contains("--port must be 0 to 65535", "--workers must be 1 to 32")
                .anyMatch(line -> line.contains("there is no integration document"))
                .anyMatch(line -> line.contains("there is no secrets file"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "explain ada --config %none.json|2|there is no integration document",
                "explain ada --config %|2|is a folder",
                "explain ada --config %garbage|2|cannot be used",
                "explain ada --config %misspelt.json|2|contact_key",
                "explain ada --data %none|2|there is no data of a bridge",
                "explain ada --data %integration.json|2|is a file",
                "export ada --out %none/ada.json|2|none: name a new file in a folder that exists with --out",
                "export ada --out %integration.json/ada.json|2|there is no folder",
                "export ada --out %|2|is a folder: name a new file in it with --out",
                "explain ada|1|check its spelling, or search with find",
                "explain ada --history|1|check its spelling, or search with find",
                "explain ada --data %open|2|run chmod 700",
                "explain ada --data %damaged|3|is damaged",
                "explain ada --data %empty|3|is empty",
                "explain ada --data %foreign|2|is not a bridge's",
                "explain ada --data %newer|2|run the program that wrote it, or a newer one",
                "run --data %integration.json/data|2|cannot be created or written",
                "run --secrets %none.json|2|there is no secrets file",
                "run --secrets %open.json|2|run chmod 600",
                "run --secrets %garbage|2|cannot be used",
                "run --secrets %|2|is a folder",
                "run --secrets %placeholder.json|2|/didomi/secret",
                "register --url nonsense|2|--url",
                "backup %integration.json|2|exists: name a new file",
                "backup %none/copy|2|there is no folder",
                "backup %copy --data %none|2|there is no data of a bridge",
                "deadletters --older-than yesterday|2|for example 12h",
                "deadletters show 1|1|there is no dead letter with this id",
                "deadletters discard 1 --reason test|1|there is no dead letter with this id",
                "explain ada|1|there is no data about this",
                "explain @ada|1|there is no data about this",
                "explain -ada|1|there is no data about this",
                "explain -help-desk|1|there is no data about this",
                "init --non-interactive --config %|2|is a folder",
                "init --non-interactive --config %secrets.json|2|different names",
                "init --non-interactive --config %garbage/new.json|2|cannot be written",
                "init --non-interactive --secrets %data/bridge.db/new.json|2|cannot be written",
                "init --non-interactive --didomi-secret-file %none|2|cannot be read",
                "init --non-interactive --client-secret-file %blank|2|is empty",
                "init --non-interactive --organization a --didomi-key k --didomi-secret-file %garbage --instance i"
                        + " --tenant t --client-id c --client-secret-file %garbage|2|exist: add --force to overwrite",
                "status|3|no bridge is running on the data folder"
            })
    void wrongPlaceIsOneLineWithItsExitCode(String words, int exitCode, String told) throws Exception {
        prepareWrongPlaces();
        String places = Stream.of(PLACES.split(" --"))
                .filter(place -> !place.isEmpty() && !words.contains("--" + place.substring(0, place.indexOf(' '))))
                .map(place -> " --" + place)
                .reduce("", String::concat);

        assertThat(execute(words + places)).as(err.toString()).isEqualTo(exitCode);
        assertTold(exitCode, told);
    }

    private void prepareWrongPlaces() throws Exception {
        write("garbage", "neither JSON nor \u0001 anything");
        write(
                "misspelt.json",
                DOCUMENT.replace("\"organization_id\"", "\"contact_kee\": \"emailaddress1\", \"organization_id\""));
        write("blank", " \n");
        write("open.json", SECRET.formatted("z3Kf8vQm1"));
        mode("open.json", "rw-r--r--");
        write("placeholder.json", SECRET.formatted("…"));
        for (String name : new String[] {"open", "damaged", "empty", "foreign", "newer"}) {
            Store.open(folder.resolve(name), Clock.systemUTC()).close();
        }
        mode("open", "rwxr-xr-x");
        Files.writeString(folder.resolve("damaged/bridge.db"), "not a database, but long enough: ".repeat(100));
        Files.write(folder.resolve("empty/bridge.db"), new byte[0]);
        execute("foreign", "PRAGMA application_id = 7");
        execute("newer", "PRAGMA user_version = 99");
    }

    private void execute(String store, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + folder.resolve(store).resolve("bridge.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void portThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(execute("run --port " + taken.getLocalPort() + PLACES)).isEqualTo(2);
        }
        assertTold(2, "choose another --port");
    }

    /** Files that the superuser adds to another user's folder would lock that user out. */
    @ParameterizedTest
    @ValueSource(strings = {"explain ada", "backup %copy", "run --port 0"})
    void folderOfAnotherUserIsLeftAlone(String command) throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only the superuser can give a folder away");
        Files.setAttribute(folder.resolve("data"), "unix:uid", 54_321);

        assertThat(execute(command + PLACES)).isEqualTo(2);

        assertTold(2, "belongs to another user, 54321", "run the command as that user");
    }

    @Test
    void helpAndVersionAreCommandsToo() {
        assertThat(execute("version")).isZero();
        assertThat(out.toString()).startsWith("Consent Bridge ");
        assertThat(execute("help explain")).isZero();
        assertThat(out.toString()).contains("bridge explain", "KEY");
        assertThat(execute("help")).isZero();
        assertThat(out.toString()).contains("deadletters");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void optionValuesMayBeginWithAnythingToo() throws Exception {
        Files.writeString(folder.resolve("options"), "--limit 0");

        assertThat(execute("deadletters --key @" + folder.resolve("options") + PLACES))
                .isZero();
        assertThat(execute("deadletters --key -x" + PLACES)).isZero();

        assertThat(out.toString()).isEqualToIgnoringNewLines("no dead lettersno dead letters");
    }

    @Test
    void stackTraceIsForThoseWhoAskForIt() {
        assertThat(execute("explain ada --debug --data %none --config %integration.json"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("\tat ").endsWith("name the right folder with --data\n");
    }
}
