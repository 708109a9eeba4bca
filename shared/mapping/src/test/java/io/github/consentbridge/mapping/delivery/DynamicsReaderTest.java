package io.github.consentbridge.mapping.delivery;

import static io.github.consentbridge.mapping.delivery.Contexts.ID;
import static io.github.consentbridge.mapping.delivery.Contexts.NINE;
import static io.github.consentbridge.mapping.delivery.Contexts.NINE_O_CLOCK;
import static io.github.consentbridge.mapping.delivery.Contexts.RECEIVED;
import static io.github.consentbridge.mapping.delivery.Contexts.change;
import static io.github.consentbridge.mapping.delivery.Contexts.context;
import static io.github.consentbridge.mapping.delivery.Contexts.pair;
import static io.github.consentbridge.mapping.delivery.Contexts.postImage;
import static io.github.consentbridge.mapping.delivery.Contexts.preImage;
import static io.github.consentbridge.mapping.delivery.Contexts.read;
import static io.github.consentbridge.mapping.delivery.Contexts.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.delivery.ContactChange.Kind;
import io.github.consentbridge.mapping.delivery.ContactReading.Ignored;
import io.github.consentbridge.mapping.delivery.Reading.Reason;
import io.github.consentbridge.mapping.document.AttributeName;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from a {@code RemoteExecutionContext}. */
class DynamicsReaderTest {
    private static final String CHANGED = pair("new_newsletter", "true");
    private static final String MODIFIED = pair("modifiedon", "\"" + NINE + "\"");
    private static final String OLDER = pair("modifiedon", "\"/Date(1772352000000)/\"");
    private static final String ADA = pair("new_didomiid", "\"ada\"");

    @Test
    void updateGivesContactTimeAndInitiator() throws Exception {
        ContactChange change = change(context("Update", target(CHANGED, MODIFIED), preImage(ADA)));

        assertThat(change.kind()).isEqualTo(Kind.UPDATED);
        assertThat(change.contactId()).isEqualTo(UUID.fromString(ID));
        assertThat(change.key()).isEqualTo("ada");
        assertThat(change.stamp()).isEqualTo(new Stamp(Choice.UNKNOWN_VERSION, NINE_O_CLOCK));
        assertThat(change.initiatingUser()).isEqualTo(UUID.fromString(Contexts.STAFF));
        assertThat(change.needsRow()).isFalse();
    }

    @Test
    void parentContextIsIgnored() throws Exception {
        ContactChange change = change(context("Update", target(CHANGED, MODIFIED), preImage(ADA)));

        assertThat(change.target().value(Contexts.NEWSLETTER)).isEqualTo(true);
        assertThat(change.key()).isEqualTo("ada");
    }

    @Test
    void newestKeyIsRead() throws Exception {
        String pre = preImage(pair("new_didomiid", "\"before\""));
        String submitted = target(CHANGED, MODIFIED, pair("new_didomiid", "\"submitted\""));
        String post = postImage(pair("new_didomiid", "\"after\""));

        assertThat(change(context("Update", submitted, pre, post)).key()).isEqualTo("after");
        assertThat(change(context("Update", submitted, pre)).key()).isEqualTo("submitted");
        assertThat(change(context("Update", target(CHANGED), pre)).key()).isEqualTo("before");
    }

    @Test
    void contactIdIsTheKeyByDefault() throws Exception {
        DynamicsReader reader = new DynamicsReader(Contexts.integration(""));

        ContactReading reading = reader.read(context("Update", target(CHANGED, MODIFIED)), RECEIVED);

        assertThat(reading)
                .isInstanceOfSatisfying(
                        ContactChange.class, change -> assertThat(change.key()).isEqualTo(ID));
    }

    @Test
    void modifiedonOfThePostImageCountsIfTheTargetHasNone() throws Exception {
        ContactChange change =
                change(context("Update", target(CHANGED), preImage(OLDER, ADA), postImage(ADA, MODIFIED)));

        assertThat(change.stamp().at()).isEqualTo(NINE_O_CLOCK);
    }

    @Test
    void preImageAndOperationCreatedOnNeverGiveTheTime() throws Exception {
        ContactChange change = change(context("Update", target(CHANGED), preImage(OLDER, ADA)));

        assertThat(change.stamp()).isNull();
        assertThat(change.needsRow()).isTrue();
    }

    @Test
    void rowVersionIsReadIfPresent() throws Exception {
        ContactChange change =
                change(context("Update", target(CHANGED, MODIFIED), postImage(ADA, pair("versionnumber", "5000017"))));

        assertThat(change.stamp()).isEqualTo(new Stamp(5000017, NINE_O_CLOCK));
    }

    @Test
    void strippedBodyNeedsTheRow() throws Exception {
        String members = "\"InputParameters\": null, \"PreEntityImages\": null, \"PostEntityImages\": null";

        ContactChange change = change(context("Update", members));

        assertThat(change.reported()).isFalse();
        assertThat(change.key()).isNull();
        assertThat(change.needsRow()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            '"OrganizationId": "4e6a0f93-8c21-4d57-b0e4-1f7d9a3c5b28"', true
            '"OrganizationId": "4E6A0F93-8C21-4D57-B0E4-1F7D9A3C5B28"', true
            '"OrganizationId": {"__type": "Guid:#System", "__value": "4e6a0f93-8c21-4d57-b0e4-1f7d9a3c5b28"}', true
            '"OrganizationId": "c83b7d10-5f2e-4a96-9e04-6b1d8f3a2c75"', false
            '"OrganizationId": "00000000-0000-0000-0000-000000000000"', false
            '"OrganizationId": null', true
            '"Depth": 1', true
            '"ParentContext": {"OrganizationId": "c83b7d10-5f2e-4a96-9e04-6b1d8f3a2c75"}', true
            '"ParentContext": {"OrganizationId": "4e6a0f93-8c21-4d57-b0e4-1f7d9a3c5b28"}, "OrganizationId": "c83b7d10-5f2e-4a96-9e04-6b1d8f3a2c75"', false
            """)
    void outermostContextNamesTheEnvironment(String member, boolean ours) throws Exception {
        UUID environment = UUID.fromString("4e6a0f93-8c21-4d57-b0e4-1f7d9a3c5b28");

        ContactChange change = change(context("Update", target(CHANGED, MODIFIED), member));

        assertThat(change.isFrom(environment)).isEqualTo(ours);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"acme\"", "{}", "[]", "true", "\"\""})
    void organizationThatIsNoGuidIsMalformed(String id) {
        assertThatThrownBy(() -> read(context("Update", target(CHANGED, MODIFIED), "\"OrganizationId\": " + id)))
                .isInstanceOf(MalformedDeliveryException.class)
                .hasMessage("`OrganizationId` is not a GUID");
    }

    @Test
    void mergedRowNamesItsSurvivor() throws Exception {
        String survivor = "6f0c1f6e-8d2a-4d9b-9a51-1c5a3c1f0a99";
        String master = pair("masterid", "{\"Id\": \"%s\", \"LogicalName\": \"contact\"}".formatted(survivor));

        ContactChange reported = change(context("Update", target(pair("merged", "true"), master, MODIFIED)));
        ContactChange untold = change(context(
                "Update",
                target(pair("statecode", Contexts.option(1)), MODIFIED),
                postImage(ADA, pair("merged", "true"))));
        ContactChange not =
                change(context("Update", target(CHANGED, MODIFIED), postImage(ADA, pair("merged", "false"))));

        assertThat(reported.merger()).isEqualTo(new ContactChange.Merger(UUID.fromString(survivor)));
        assertThat(untold.merger()).isEqualTo(new ContactChange.Merger(null));
        assertThat(not.merger()).isNull();
    }

    @Test
    void unmappedColumnsAreIgnored() throws Exception {
        ContactReading reading =
                read(context("Update", target(pair("firstname", "\"Ada\""), MODIFIED, pair("contactid", "\"x\""))));

        assertThat(reading).isEqualTo(new Ignored(Reason.NOTHING_MAPPED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"new_newsletter", "new_didomiid", "statecode", "merged"})
    void clearedMappedColumnIsNotIgnored(String column) throws Exception {
        assertThat(change(context("Update", target(pair(column, "null"), MODIFIED)))
                        .target()
                        .empty())
                .contains(new AttributeName(column));
    }

    @Test
    void otherTablesAndMessagesAreIgnored() throws Exception {
        String contact = context("Update", target(CHANGED, MODIFIED));

        assertThat(read(contact.replace("\"PrimaryEntityName\": \"contact\"", "\"PrimaryEntityName\": \"lead\"")))
                .isEqualTo(new Ignored(Reason.OTHER_TABLE));
        assertThat(read(context("Merge", target()))).isEqualTo(new Ignored(Reason.UNKNOWN_TYPE));
    }

    @Test
    void deletionCountsOnlyIfItWithdraws() throws Exception {
        String reference =
                "{\"__type\": \"EntityReference:x\", \"Id\": \"%s\", \"LogicalName\": \"contact\"}".formatted(ID);
        String body =
                context("Delete", "\"InputParameters\": [%s]".formatted(pair("Target", reference)), preImage(ADA));
        DynamicsReader withdrawing = new DynamicsReader(
                Contexts.integration("\"contact_key\": \"new_didomiid\", \"on_contact_deleted\": \"withdraw\","));

        assertThat(read(body)).isEqualTo(new Ignored(Reason.DELETED_CONTACT_KEPT));
        assertThat(withdrawing.read(body, RECEIVED)).isInstanceOfSatisfying(ContactChange.class, change -> {
            assertThat(change.kind()).isEqualTo(Kind.DELETED);
            assertThat(change.key()).isEqualTo("ada");
            assertThat(change.needsRow()).isFalse();
        });
    }

    @Test
    void keyThatNamesNobodyIsIgnoredUnlessTheRowIsMergedOrDeleted() throws Exception {
        String nobody = pair("new_didomiid", "\"Undefined\"");
        String reference =
                "{\"__type\": \"EntityReference:x\", \"Id\": \"%s\", \"LogicalName\": \"contact\"}".formatted(ID);
        DynamicsReader withdrawing = new DynamicsReader(
                Contexts.integration("\"contact_key\": \"new_didomiid\", \"on_contact_deleted\": \"withdraw\","));

        ContactReading updated = read(context("Update", target(CHANGED, MODIFIED), preImage(nobody)));
        ContactChange merged = change(context("Update", target(pair("merged", "true"), MODIFIED), preImage(nobody)));
        ContactReading deleted = withdrawing.read(
                context("Delete", "\"InputParameters\": [%s]".formatted(pair("Target", reference)), preImage(nobody)),
                RECEIVED);

        assertThat(updated).isEqualTo(new Ignored(Reason.NAMES_NOBODY, "undefined"));
        assertThat(merged.merger()).isNotNull();
        assertThat(deleted).isInstanceOf(ContactChange.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "",
                "{\"MessageName\": \"Update\"}",
                "{\"MessageName\": 5, \"PrimaryEntityName\": \"contact\"}",
                "{\"MessageName\": \"Update\", \"PrimaryEntityName\": \"contact\"}",
                "{\"MessageName\": \"Update\", \"PrimaryEntityName\": \"contact\", \"PrimaryEntityId\": \"ada\"}"
            })
    void bodyWithoutAContextIsMalformed(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(MalformedDeliveryException.class);
    }

    @Test
    void brokenTimeIsMalformedAndNotQuoted() {
        String body = context("Update", target(CHANGED, pair("modifiedon", "\"ada's birthday\"")));

        assertThatThrownBy(() -> read(body))
                .isInstanceOf(MalformedDeliveryException.class)
                .hasMessageNotContaining("ada");
    }

    @Test
    void rowFillsWhatIsMissing() throws Exception {
        String odd = pair("new_newsletter", "{\"__type\": \"Odd:x\"}");
        ContactChange change = change(context("Update", target(odd, MODIFIED)));
        AttributeName key = new AttributeName("new_didomiid");
        Map<AttributeName, Object> shown = Map.of(key, "ada", Contexts.NEWSLETTER, true);

        ContactChange completed = change.completedBy(row(NINE_O_CLOCK, shown), key);
        ContactChange later = change.completedBy(row(NINE_O_CLOCK.plusSeconds(1), shown), key);

        assertThat(change.target().unreadable()).containsEntry(Contexts.NEWSLETTER, "Odd");
        assertThat(completed.key()).isEqualTo("ada");
        assertThat(Contexts.reported(completed))
                .containsExactly("new_newsletter purpose:newsletter=granted@" + NINE_O_CLOCK);
        assertThat(Contexts.reported(later)).as("the row has changed since").isEmpty();
    }

    @Test
    void strippedCreateIsReadFromItsUnchangedRow() throws Exception {
        ContactChange change = change(context("Create"));
        AttributeName key = new AttributeName("new_didomiid");
        Map<AttributeName, Object> shown =
                Map.of(key, "ada", Contexts.NEWSLETTER, true, new AttributeName("createdon"), NINE_O_CLOCK.toString());

        ContactChange untouched = change.completedBy(row(NINE_O_CLOCK, shown), key);
        ContactChange edited = change.completedBy(row(NINE_O_CLOCK.plusSeconds(5), shown), key);

        assertThat(Contexts.reported(untouched))
                .containsExactly("new_newsletter purpose:newsletter=granted@" + NINE_O_CLOCK);
        assertThat(Contexts.reported(edited)).isEmpty();
    }

    private static ContactState row(Instant modifiedOn, Map<AttributeName, Object> values) {
        return new ContactState(ID, "W/\"1\"", new Stamp(1, modifiedOn), values);
    }

    @Test
    void toStringContainsNoPersonalData() throws Exception {
        assertThat(change(context("Update", target(CHANGED, MODIFIED), preImage(ADA)))
                        .toString())
                .contains(ID)
                .doesNotContain("ada");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 40})
    void changeInsideAMergeIsCopied(int depth) throws Exception {
        String parent = "{\"MessageName\": \"new_Tidy\", \"ParentContext\": ".repeat(depth)
                + "{\"MessageName\": \"Merge\", \"ParentContext\": null}" + "}".repeat(depth);
        String body = context("Update", target(CHANGED, MODIFIED))
                .replaceFirst("\"ParentContext\"", "\"ParentContext\": " + parent + ", \"Former\"");

        assertThat(change(body).copied()).isTrue();
        assertThat(change(context("Update", target(CHANGED, MODIFIED))).copied())
                .isFalse();
    }

    @Test
    void modifiedOnFromTheFutureCountsAsTheMomentOfArrival() throws Exception {
        String body = context("Update", target(CHANGED, pair("modifiedon", "\"/Date(4070908800000)/\"")));

        assertThat(change(body).stamp())
                .isEqualTo(new Stamp(Choice.UNKNOWN_VERSION, RECEIVED, Instant.parse("2099-01-01T00:00:00Z")));
    }
}
