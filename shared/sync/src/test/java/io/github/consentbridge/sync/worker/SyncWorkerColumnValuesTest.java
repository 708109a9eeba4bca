package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.dataverse.column.DateTimeBehavior;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.sync.queue.Delivery;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of column takes each kind of Didomi value, and shows it afterwards. */
class SyncWorkerColumnValuesTest {
    private static final Map<Integer, String> OPTIONS = Map.of(1, "One", 2, "Two", 3, "Three");
    private static final SimulatedColumn BOOL = SimulatedColumn.bool("new_x").defaultsTo(true);
    private static final SimulatedColumn YES_NO = SimulatedColumn.bool("new_x");
    private static final SimulatedColumn CHOICE = SimulatedColumn.choice("new_x", OPTIONS);
    private static final SimulatedColumn MULTI = SimulatedColumn.multiChoice("new_x", OPTIONS);
    private static final SimulatedColumn TEXT = SimulatedColumn.text("new_x", 100);
    private static final SimulatedColumn MEMO = SimulatedColumn.memo("new_x", 2000);
    private static final SimulatedColumn WHOLE = SimulatedColumn.integer("new_x", -10, 1000);
    private static final SimulatedColumn DECIMAL =
            SimulatedColumn.decimal("new_x", BigDecimal.valueOf(-10), BigDecimal.valueOf(1000), 2);

    /** The column, what the mapping says, what the Didomi user says, and what the contact must show. */
    private record Case(SimulatedColumn column, String mapping, String user, Object shown) {}

    private static Case consent(SimulatedColumn column, String mapping, String consents, Object shown) {
        return new Case(column, mapping, "\"consents\": {" + consents + "}", shown);
    }

    private static Case property(SimulatedColumn column, String property, String value, Object shown) {
        return new Case(column, """
                "value": {"property": "%s"}""".formatted(property), """
                "consents": {}, "%s": %s""".formatted(property, value), shown);
    }

    static Stream<Case> kindsOfColumns() {
        String purpose = "\"value\": {\"purpose\": \"p\"}";
        String refused = "\"purposes\": [{\"id\": \"p\", \"enabled\": false}]";
        String preference = "\"value\": {\"purpose\": \"p\", \"preference\": \"q\"}";
        String chosen = "\"purposes\": [{\"id\": \"p\", \"values\": {\"q\": {\"value\": \"b,a\"}}}]";
        String one = "\"purposes\": [{\"id\": \"p\", \"values\": {\"q\": {\"value\": \"b\"}}}]";
        String flags = ", \"options\": {\"true\": 1, \"false\": 2}";
        String ids = ", \"options\": {\"a\": 1, \"b\": 3}";
        return Stream.of(
                consent(BOOL, purpose, refused, false),
                consent(YES_NO, purpose + ", \"invert\": true", refused, true),
                consent(CHOICE, purpose + flags, refused, 2),
                consent(CHOICE, preference + ids, one, 3),
                consent(MULTI, preference + ids, chosen, "1,3"),
                consent(TEXT, purpose + flags, refused, "2"),
                consent(TEXT, preference, chosen, "a,b"),
                consent(MEMO, preference, chosen, "a,b"),
                consent(WHOLE, purpose + flags, refused, 2),
                consent(DECIMAL, preference + ids, one, new BigDecimal("3.00")),
                property(BOOL, "newcomer", "false", false),
                property(TEXT, "country", "\"FR\"", "FR"),
                property(MEMO, "remark", "\"two\\nlines\"", "two\nlines"),
                property(WHOLE, "age", "42", 42),
                property(DECIMAL, "score", "12.346", new BigDecimal("12.35")),
                property(DECIMAL, "rank", "7", new BigDecimal("7.00")),
                property(date(DateTimeBehavior.USER_LOCAL), "seen_at", NOON, Instant.parse("2026-02-01T10:00:00Z")),
                property(
                        date(DateTimeBehavior.TIME_ZONE_INDEPENDENT),
                        "seen_at",
                        NOON,
                        Instant.parse("2026-02-01T10:00:00Z")),
                property(date(DateTimeBehavior.DATE_ONLY), "seen_at", NOON, LocalDate.parse("2026-02-01")));
    }

    /** Noon in a zone that is two hours ahead, with a fraction that Dataverse does not keep. */
    private static final String NOON = "\"2026-02-01T12:00:00.5+02:00\"";

    private static SimulatedColumn date(DateTimeBehavior behavior) {
        return SimulatedColumn.dateTime("new_x", behavior);
    }

    static Stream<Case> formsOfValue() {
        String v1 = "\"purposes\": [{\"id\": \"p\", \"preferences\": [{\"id\": \"q\", \"enabled\": false,"
                + " \"channels\": [{\"id\": \"sms\", \"enabled\": true}]}],"
                + " \"channels\": [{\"id\": \"post\", \"enabled\": true}]}]";
        String v2 = "\"purposes\": [{\"id\": \"p\", \"values\": {\"q\": {\"value\": \"a\"}}}]";
        String top = "\"preferences\": [{\"id\": \"q\", \"enabled\": true}],"
                + " \"channels\": [{\"id\": \"mail\", \"enabled\": true}]";
        return Stream.of(
                consent(YES_NO, "\"value\": \"consents_purposes_p_enabled\"", purpose(true), true),
                consent(BOOL, "\"value\": {\"purpose\": \"p\"}", purpose(false), false),
                consent(TEXT, "\"value\": \"consents_purposes_p_preferences_q_enabled\"", v1, "false"),
                consent(TEXT, "\"value\": {\"purpose\": \"p\", \"preference\": \"q\"}", v1, "false"),
                consent(TEXT, "\"value\": {\"purpose\": \"p\", \"preference\": \"q\"}", v2, "a"),
                consent(
                        YES_NO,
                        "\"value\": {\"purpose\": \"p\", \"preference\": \"q\", \"channel\": \"sms\"}",
                        v1,
                        true),
                consent(YES_NO, "\"value\": {\"purpose\": \"p\", \"channel\": \"post\"}", v1, true),
                consent(YES_NO, "\"value\": {\"channel\": \"mail\"}", top, true),
                consent(TEXT, "\"value\": {\"preference\": \"q\"}", v2, "a"),
                consent(TEXT, "\"value\": {\"preference\": \"q\"}", top, "true"),
                property(TEXT, "last_seen_country", "\"DE\"", "DE"));
    }

    private static String purpose(boolean enabled) {
        return "\"purposes\": [{\"id\": \"p\", \"enabled\": %s}]".formatted(enabled);
    }

    @ParameterizedTest
    @MethodSource({"kindsOfColumns", "formsOfValue"})
    void columnShowsTheValueAfterOneWrite(Case given) {
        try (Systems systems = new Systems(Systems.document("", "{\"id\": \"new_x\", " + given.mapping() + "}"))) {
            systems.dataverse.column(given.column());
            UUID ada = systems.contact("ada");
            Delivery delivery = created(systems, given.user());
            SyncWorker worker = systems.worker();

            DeliveryOutcome first = systems.outcome(worker, delivery);
            DeliveryOutcome repeated = systems.outcome(systems.worker(), delivery);

            assertThat(first).isEqualTo(new DeliveryOutcome.Done());
            assertThat(repeated).isEqualTo(new DeliveryOutcome.Done());
            assertThat(systems.dataverse.contact(ada)).containsEntry("new_x", given.shown());
            assertThat(systems.writesTo(ada)).isEqualTo(1);
        }
    }

    @Test
    void twoColumnsShowOnePurposeOneOfThemInverted() {
        try (Systems systems = new Systems(Systems.document("", Systems.NEWS, Systems.NO_NEWS))) {
            UUID ada = systems.dataverse.addContact(Map.of("new_didomiid", "ada", "new_nonews", true));

            systems.handle(systems.worker(), systems.chosen("ada", true, "2026-03-01T07:00:00Z"));

            assertThat(systems.dataverse.contact(ada))
                    .containsEntry("new_newsletter", true)
                    .containsEntry("new_nonews", false);
            assertThat(systems.writesTo(ada)).isEqualTo(1);
        }
    }

    private static Delivery created(Systems systems, String members) {
        return systems.delivery("ada", """
                {"type": "user.created", "regulation": "gdpr", "parameters": {"entity": {
                  "id": "u1", "organization_user_id": "ada", "version": 1,
                  "updated_at": "2026-03-01T07:00:00.250Z", %s}}}""".formatted(members));
    }
}
