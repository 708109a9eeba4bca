package io.github.consentbridge.connectors.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Named.named;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.WhoAmI;
import io.github.consentbridge.connectors.dataverse.api.DataverseEnvironment;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.dataverse.contact.ContactWrite;
import io.github.consentbridge.connectors.dataverse.contact.WriteResult;
import io.github.consentbridge.connectors.dataverse.metadata.ColumnMetadata;
import io.github.consentbridge.connectors.http.FakeTime;
import io.github.consentbridge.connectors.http.RemoteException.Kind;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.simulators.dataverse.DataverseSimulator;
import io.github.consentbridge.simulators.dataverse.column.DateTimeBehavior;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.entra.EntraSimulator;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both clients against the simulated systems, which are as strict as the real ones. */
class EntraTokensSimulatorTest {
    private final FakeTime time = new FakeTime("2026-10-02T08:00:00Z");
    private final EntraSimulator entra = EntraSimulator.start(time);
    private final DataverseSimulator dataverse = DataverseSimulator.start(time, 0, entra.tokens());
    private final EntraTokens tokens = tokens(entra.clientSecret());
    private final DataverseClient client = client(tokens);

    @BeforeEach
    void defineColumns() {
        dataverse.column(SimulatedColumn.text("new_key", 400));
        dataverse.column(SimulatedColumn.bool("new_newsletter"));
        dataverse.column(SimulatedColumn.choice("new_frequency", Map.of(100000001, "Weekly", 100000002, "Monthly"))
                .defaultsTo(100000002));
        dataverse.column(SimulatedColumn.multiChoice("new_topics", Map.of(1, "Cats", 9, "Dogs")));
        dataverse.column(SimulatedColumn.integer("new_age", 0, 150));
        dataverse.column(SimulatedColumn.decimal("new_score", BigDecimal.ZERO, BigDecimal.TEN, 2));
        dataverse.column(SimulatedColumn.dateTime("new_birthday", DateTimeBehavior.DATE_ONLY));
        dataverse.alternateKey("new_key");
    }

    @AfterEach
    void stop() {
        dataverse.close();
        entra.close();
    }

    @Test
    void whoAmIIsTheApplicationUser() {
        assertThat(client.whoAmI()).isEqualTo(new WhoAmI(dataverse.applicationUserId(), dataverse.organizationId()));
    }

    @Test
    void metadataHasTypesLimitsAndDefaults() {
        Map<String, ColumnMetadata> columns = client.columns(List.of(
                "contactid",
                "new_key",
                "new_newsletter",
                "new_frequency",
                "new_topics",
                "new_age",
                "new_score",
                "new_birthday",
                "donotbulkemail",
                "statecode",
                "statuscode",
                "description",
                "versionnumber",
                "new_none"));

        assertThat(columns).hasSize(13).doesNotContainKey("new_none");
        assertThat(columns.get("contactid").type()).isEqualTo("UniqueidentifierType");
        assertThat(columns.get("new_key").maxLength()).isEqualTo(400);
        assertThat(columns.get("new_newsletter").type()).isEqualTo("BooleanType");
        assertThat(columns.get("new_newsletter").defaultValue()).isEqualTo(false);
        assertThat(columns.get("new_frequency").options()).containsExactlyInAnyOrder(100000001, 100000002);
        assertThat(columns.get("new_frequency").defaultValue()).isEqualTo(100000002);
        assertThat(columns.get("new_topics").type()).isEqualTo("MultiSelectPicklistType");
        assertThat(columns.get("new_topics").options()).containsExactlyInAnyOrder(1, 9);
        assertThat(columns.get("new_topics").defaultValue()).isNull();
        assertThat(columns.get("new_age").max()).isEqualByComparingTo("150");
        assertThat(columns.get("new_score").precision()).isEqualTo(2);
        assertThat(columns.get("new_birthday").dateTimeBehavior()).isEqualTo("DateOnly");
        assertThat(columns.get("statecode").options()).contains(0, 1);
        assertThat(columns.get("versionnumber").validForUpdate()).isFalse();
        assertThat(client.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O'Brien",
                "user+news@example.com",
                "50%off&x=1#y",
                "a/b",
                "a\\b",
                "say \"hi\"",
                "Renée",
                "météo",
                "me\u0301te\u0301o",
                "日本語",
                "6f0c0000-0000-4000-8000-00000000000a",
                "[a,b]",
                "😀",
            })
    void everyKeyIsFound(String key) {
        UUID id = dataverse.addContact(Map.of("new_key", key, "new_newsletter", true));
        dataverse.addContact(Map.of("new_key", "somebody else"));

        List<ContactRow> rows = client.findContacts("new_key", List.of(key, "nobody"), List.of("new_newsletter"));

        assertThat(rows).hasSize(1);
        ContactRow row = rows.get(0);
        assertThat(row.id()).isEqualTo(id);
        assertThat(row.etag()).isEqualTo(dataverse.etag(id));
        assertThat(row.modifiedOn()).isEqualTo(time.instant());
        assertThat(row.versionNumber()).isPositive();
        assertThat(row.active()).isTrue();
        assertThat(row.values()).isEqualTo(Map.of("new_key", key, "new_newsletter", true));
    }

    @Test
    void contactsAreFoundByTheirId() {
        UUID id = dataverse.addContact(Map.of("lastname", "Byron"));

        List<ContactRow> rows = client.findContacts(
                "contactid", List.of(id.toString(), UUID.randomUUID().toString()), List.of("lastname"));

        assertThat(rows).extracting(ContactRow::id).containsExactly(id);
    }

    @Test
    void longKeysStayWithinTheLimitOfUrls() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            keys.add(i + "é".repeat(300));
        }
        keys.forEach(key -> dataverse.addContact(Map.of("new_key", key)));

        assertThat(client.findContacts("new_key", keys, List.of())).hasSize(100);
    }

    @Test
    void eachWriteHasItsOwnResult() {
        UUID fresh = dataverse.addContact(Map.of("new_key", "fresh"));
        UUID stale = dataverse.addContact(Map.of("new_key", "stale"));
        UUID gone = dataverse.addContact(Map.of("new_key", "gone"));
        String freshTag = dataverse.etag(fresh);
        String staleTag = dataverse.etag(stale);
        String goneTag = dataverse.etag(gone);
        dataverse.editContact(stale, Map.of("lastname", "Byron"));
        dataverse.deleteContact(gone);
        UUID created = UUID.randomUUID();

        List<WriteResult> results = client.write(List.of(
                update(fresh, freshTag),
                update(stale, staleTag),
                update(gone, goneTag),
                new ContactWrite.Create(
                        created, Map.of("new_key", "o'new", "new_topics", "1,9", "new_score", new BigDecimal("2.50"))),
                new ContactWrite.Create(UUID.randomUUID(), Map.of("new_key", "FRESH")),
                new ContactWrite.Create(fresh, Map.of("new_key", "other")),
                new ContactWrite.Create(UUID.randomUUID(), Map.of("new_age", 151))));

        assertThat(results.get(0)).isInstanceOf(WriteResult.Written.class);
        assertThat(results.subList(1, 3)).containsExactly(new WriteResult.Conflict(), new WriteResult.Gone());
        assertThat(results.get(3)).isInstanceOf(WriteResult.Written.class);
        assertThat(results.get(4)).isInstanceOf(WriteResult.Duplicate.class);
        assertThat(results.get(5)).isEqualTo(new WriteResult.Duplicate("0x80040237"));
        assertThat(results.get(6))
                .isInstanceOfSatisfying(
                        WriteResult.Rejected.class,
                        rejected -> assertThat(rejected.status()).isEqualTo(400));
        assertThat(dataverse.contact(fresh)).containsEntry("new_newsletter", true);
        assertThat(dataverse.contact(stale)).containsEntry("new_newsletter", false);
        assertThat(dataverse.contact(gone)).isEmpty();
        assertThat(dataverse.contact(created)).containsEntry("new_key", "o'new").containsEntry("new_topics", "1,9");
        assertThat(dataverse.contactCount()).isEqualTo(3);
    }

    @Test
    void clearedColumnIsNullAfterwards() {
        UUID id = dataverse.addContact(Map.of("new_age", 42));
        Map<String, Object> cleared = new java.util.HashMap<>();
        cleared.put("new_age", null);

        client.write(List.of(new ContactWrite.Update(id, dataverse.etag(id), cleared)));

        assertThat(dataverse.contact(id)).doesNotContainKey("new_age");
    }

    @Test
    void writesAreSentInBulk() {
        List<ContactWrite> writes = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            UUID id = dataverse.addContact(Map.of("new_key", "k" + i));
            writes.add(update(id, dataverse.etag(id)));
        }

        List<WriteResult> results = client.write(writes);

        assertThat(results).hasSize(250).hasOnlyElementsOfType(WriteResult.Written.class);
        assertThat(results).as("each part has a request id of its own").doesNotHaveDuplicates();
        assertThat(client.requests()).isEqualTo(3);
    }

    @Test
    void answerLostAfterTheCommitWritesOnlyOnce() {
        UUID updated = dataverse.addContact(Map.of("new_key", "a"));
        UUID created = UUID.randomUUID();
        dataverse.faults().next(RouteKind.BATCH, Fault.dropAfterCommit());

        List<WriteResult> results = client.write(List.of(
                update(updated, dataverse.etag(updated)), new ContactWrite.Create(created, Map.of("new_key", "b"))));

        assertThat(results).containsExactly(new WriteResult.Uncertain(), new WriteResult.Uncertain());
        assertThat(dataverse.contact(updated)).containsEntry("new_newsletter", true);
        assertThat(dataverse.contactCount()).isEqualTo(2);
    }

    @Test
    void truncatedBatchAnswerIsNotTrusted() {
        UUID id = dataverse.addContact(Map.of("new_key", "a"));
        dataverse.faults().next(RouteKind.BATCH, Fault.truncated());

        List<WriteResult> results = client.write(List.of(update(id, dataverse.etag(id))));

        assertThat(results).containsExactly(new WriteResult.Uncertain());
    }

    @Test
    void partThatIsThrottledFailsAlone() {
        UUID first = dataverse.addContact(Map.of("new_key", "a"));
        UUID second = dataverse.addContact(Map.of("new_key", "b"));
        dataverse.faults().next(RouteKind.UPDATE_CONTACT, Fault.throttled(Duration.ofSeconds(3)));

        List<WriteResult> results =
                client.write(List.of(update(first, dataverse.etag(first)), update(second, dataverse.etag(second))));

        assertThat(results.get(0))
                .isInstanceOfSatisfying(
                        WriteResult.Failed.class,
                        failed -> assertThat(failed.cause().kind()).isEqualTo(Kind.THROTTLED));
        assertThat(results.get(1)).isInstanceOf(WriteResult.Written.class);
    }

    static Stream<Named<Fault>> troubles() {
        return Stream.of(
                named("throttled", Fault.throttled(Duration.ofSeconds(2))),
                named("throttled without a hint", Fault.throttledWithoutHint()),
                named("unavailable", Fault.status(503)),
                named("garbage", Fault.garbage()),
                named("truncated", Fault.truncated()),
                named("dropped", Fault.dropBeforeCommit()));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void transientFailureIsRetried(Fault fault) {
        UUID id = dataverse.addContact(Map.of("new_key", "ada"));
        dataverse.faults().next(RouteKind.FIND_CONTACTS, fault);

        List<ContactRow> rows = client.findContacts("new_key", List.of("ada"), List.of());

        assertThat(rows).extracting(ContactRow::id).containsExactly(id);
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void lastingFailureIsNeverAnEmptyTable(Fault fault) {
        dataverse.addContact(Map.of("new_key", "ada"));
        dataverse.faults().always(RouteKind.FIND_CONTACTS, fault);

        DataverseException failure = catchThrowableOfType(
                DataverseException.class, () -> client.findContacts("new_key", List.of("ada"), List.of()));

        assertThat(failure.kind()).isIn(Kind.THROTTLED, Kind.UNAVAILABLE);
        assertThat(failure.retryAfter()).isPresent();
    }

    @Test
    void revokedTokenIsRenewedOnce() {
        client.whoAmI();
        entra.revokeTokens();
        time.advance(Duration.ofSeconds(1));

        client.whoAmI();

        assertThat(tokens.requests()).isEqualTo(2);
    }

    @Test
    void wrongSecretIsPermanentAndNotQuoted() {
        DataverseException failure = catchThrowableOfType(
                DataverseException.class, () -> client(tokens("hunter2")).whoAmI());

        assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(failure.code()).isEqualTo("AADSTS7000215");
        assertThat(failure.toString() + failure.detail())
                .contains("client_secret")
                .doesNotContain("hunter2");
    }

    @Test
    void missingColumnIsPermanent() {
        DataverseException failure = catchThrowableOfType(
                DataverseException.class, () -> client.findContacts("new_key", List.of("x"), List.of("new_none")));

        assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(failure.concernsSystem()).isFalse();
    }

    private EntraTokens tokens(String secret) {
        EntraAccess access = new EntraAccess(
                entra.tenantId(),
                entra.clientId(),
                Secret.of(secret),
                ServiceUrl.parse("ENTRA_LOGIN_URL", entra.url().toString()));
        return new EntraTokens(access, environment(), time.settings());
    }

    private DataverseClient client(EntraTokens source) {
        return new DataverseClient(environment(), source, time.settings());
    }

    private DataverseEnvironment environment() {
        return DataverseEnvironment.parse(dataverse.url() + "/api/data/v9.2/");
    }

    private static ContactWrite update(UUID id, String etag) {
        return new ContactWrite.Update(id, etag, Map.of("new_newsletter", true));
    }
}
