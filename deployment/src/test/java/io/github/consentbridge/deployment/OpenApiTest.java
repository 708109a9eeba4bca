package io.github.consentbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.mapping.delivery.Reading;
import io.github.consentbridge.sync.intake.Answer;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/openapi.yaml} describes what the server answers: all of it, and nothing else. */
@Timeout(60)
class OpenApiTest {
    private static final OpenApi DESCRIBED = OpenApi.read();
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern ROUTE = Pattern.compile("(/[a-z]+)+");

    /** The classes that answer: the port for commands of the same machine is not described. */
    private static final Pattern SERVING = Pattern.compile(
            "standalone/(http|host)/(?!Control|DeadLetterControl|RunningBridge).*|sync/registration/BridgeUrl.*");

    private static final Path BODIES = Template.ROOT.resolve("events/bodies");

    @TempDir
    static Path folder;

    private static DescribedServer server;

    @BeforeAll
    static void start() throws IOException {
        server = DescribedServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<OpenApi.Operation> operations() {
        return DESCRIBED.operations();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void answersAreThoseDescribedAndNoOthers(OpenApi.Operation operation) throws IOException {
        // A process that is stopping answers every request so.
        Set<Integer> given = new TreeSet<>(Set.of(503));
        for (DescribedServer.Cause cause : DescribedServer.Cause.values()) {
            RawAnswer answer = server.provoke(operation, cause);
            assertAsDescribed(operation, answer);
            given.add(answer.status());
        }

        assertThat(given).isEqualTo(operation.statuses());
    }

    private static void assertAsDescribed(OpenApi.Operation operation, RawAnswer answer) throws IOException {
        assertThat(operation.statuses()).contains(answer.status());
        String type = DESCRIBED.contentType(operation, answer.status());
        assertThat(answer.header("content-type")).startsWith(type);
        if (type.equals("application/json")) {
            JsonNode body = MAPPER.readTree(answer.body());
            assertThat(DESCRIBED.problemsOfAnswer(operation, answer.status(), body))
                    .isEmpty();
        }
        DESCRIBED
                .headersOfAnswer(operation, answer.status())
                .properties()
                .forEach(header -> assertThat(answer.header(header.getKey()))
                        .isEqualTo(header.getValue().at("/schema/const").textValue()));
    }

    static List<Path> sampleBodies() throws IOException {
        try (Stream<Path> files = Files.list(BODIES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("sampleBodies")
    void sampleBodyIsAsDescribedAndSoIsItsAnswer(Path file) throws IOException {
        String side = file.getFileName().toString().split("-", 2)[0];
        OpenApi.Operation operation = DESCRIBED.operation("POST", "/webhooks/" + side);
        byte[] body = Files.readAllBytes(file);

        RawAnswer answer = server.deliver(operation, body);

        assertAsDescribed(operation, answer);
        if (answer.status() < 300) {
            assertThat(DESCRIBED.problemsOfRequest(operation, MAPPER.readTree(body)))
                    .isEmpty();
        }
    }

    @Test
    void everyRouteIsDescribed() {
        assertThat(DESCRIBED.paths()).isEqualTo(Code.texts(SERVING, ROUTE));
    }

    @Test
    void everyFixedReasonIsDescribed() throws Exception {
        Set<String> reasons = new TreeSet<>();
        for (Field field : Answer.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType().equals(Answer.class)) {
                field.setAccessible(true);
                reasons.add(((Answer) field.get(null)).reason());
            }
        }
        for (String body : Code.texts(SERVING, Pattern.compile("\\{\"status\".*}"))) {
            JsonNode answer = MAPPER.readTree(body);
            reasons.add(answer.path("reason").asText(answer.at("/problems/0").asText()));
        }
        reasons.removeAll(Set.of("", "the body is not text in UTF-8"));

        assertThat(reasons).hasSizeGreaterThan(10);
        assertThat(DESCRIBED.fixedTexts()).containsAll(reasons);
    }

    /** Which events are ours is known to the worker only, because it asks Dataverse. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWN_EVENT")
    void everyReasonToIgnoreADeliveryIsDescribed(Reading.Reason reason) {
        assertThat(DESCRIBED.fixedTexts()).contains(reason.text());
    }
}
