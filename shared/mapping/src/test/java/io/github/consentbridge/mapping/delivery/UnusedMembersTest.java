package io.github.consentbridge.mapping.delivery;

import static io.github.consentbridge.mapping.delivery.Contexts.change;
import static io.github.consentbridge.mapping.delivery.Contexts.context;
import static io.github.consentbridge.mapping.delivery.Contexts.pair;
import static io.github.consentbridge.mapping.delivery.Contexts.postImage;
import static io.github.consentbridge.mapping.delivery.Contexts.preImage;
import static io.github.consentbridge.mapping.delivery.Contexts.target;
import static io.github.consentbridge.mapping.delivery.Deliveries.NEWSLETTER;
import static io.github.consentbridge.mapping.delivery.Deliveries.news;
import static io.github.consentbridge.mapping.delivery.Deliveries.reported;
import static io.github.consentbridge.mapping.delivery.Deliveries.updated;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Only what is used is validated: no value of any other member makes a delivery unreadable. */
class UnusedMembersTest {
    private static final String REFUSED = "{\"id\": \"newsletter\", \"enabled\": false, \"note\": <any>}";

    /** The member's value, and bodies of both senders with {@code <any>} where nothing is read. */
    static Stream<Arguments> oddValues() {
        return Stream.of(
                        "\"Zo\\ud83d\"",
                        "\"\\ude00\\ud83d\"",
                        "{\"\\udfff\": [\"\\ud800\"]}",
                        "1e999",
                        "-1e-999",
                        "9".repeat(1_001),
                        "0." + "3".repeat(200_000),
                        "9".repeat(300_000),
                        "\"" + "x".repeat(600_000) + "\"",
                        "{\"" + "n".repeat(60_000) + "\": 1}",
                        "{\"a\": 1, \"a\": {\"b\": 2}, \"a\": []}",
                        "\"2026-99-99T99:99:99Z\"",
                        "\"/Date(99999999999999999999)/\"",
                        "\"\\u0000\"",
                        "\"\uFFFE\"",
                        "{\"__type\": \"Unknown:http://example.org\", \"Value\": {\"__type\": 7}}",
                        "[".repeat(50) + "]".repeat(50))
                .map(Arguments::of);
    }

    private static final List<String> DIDOMI = List.of(
            """
            {"type": "event.created", "note": <any>, "metadata": <any>, "parameters": {"note": <any>, "entity": {
              "id": "e-1", "created_at": "2026-10-02T08:15:30.120Z", "first_name": <any>,
              "user": {"id": "u-1", "organization_user_id": "ada@example.org", "first_name": <any>},
              "metadata": {"comment": <any>, "origin": <any>}, "proofs": <any>, "vendors": <any>,
              "consents": {"note": <any>, "vendors": <any>, "purposes": [
                {"id": "cookies", "enabled": <any>, "values": <any>, "preferences": <any>, "channels": <any>}, %s]}}}}""".formatted(REFUSED),
            """
            {"type": "user.created", "parameters": {"source": {"created_at": <any>, "note": <any>}, "entity": {
              "id": "u-1", "organization_user_id": "ada@example.org", "created_at": <any>, "last_name": <any>,
              "version": 3, "updated_at": "2026-10-02T08:15:30.120Z", "metadata": <any>,
              "consents": {"purposes": [%s]}}}}""".formatted(REFUSED),
            updated(
                            "\"source\": {\"created_at\": \"2026-10-02T08:15:30.120Z\", \"note\": <any>},",
                            "\"purposes\": [{\"id\": \"newsletter\", \"enabled\": true}, {\"id\": \"a\", \"enabled\": <any>}]",
                            "\"purposes\": [" + REFUSED + "]")
                    .replace("\"version\":", "\"first_name\": <any>, \"metadata\": <any>, \"version\":"));

    @ParameterizedTest
    @MethodSource("oddValues")
    void refusalIsReadFromDidomiBesideAnything(String value) throws MalformedDeliveryException {
        for (String body : DIDOMI) {
            assertThat(reported(news(body.replace("<any>", value), NEWSLETTER)))
                    .containsExactly("purpose:newsletter=refused@2026-10-02T08:15:30.120Z");
        }
    }

    @ParameterizedTest
    @MethodSource("oddValues")
    void refusalIsReadFromDynamicsBesideAnything(String value) throws MalformedDeliveryException {
        String odd = pair("firstname", value);
        String modified = pair("modifiedon", "\"" + Contexts.NINE + "\"");
        String body = context(
                        "Update",
                        "\"BusinessUnitId\": " + value,
                        "\"SharedVariables\": " + value,
                        target(odd, pair("new_newsletter", "false"), modified),
                        preImage(odd, pair("new_newsletter", "true"), pair("modifiedon", value)),
                        postImage(odd, pair("new_didomiid", "\"ada\""), pair("createdon", value)))
                .replace("\"OperationCreatedOn\": \"/Date(1772348400000+0200)/\"", "\"OperationCreatedOn\": " + value)
                .replace("\"FormattedValues\": []", "\"FormattedValues\": [" + odd + "]");

        ContactChange change = change(body);

        assertThat(change.key()).isEqualTo("ada");
        assertThat(Contexts.reported(change))
                .containsExactly("new_newsletter purpose:newsletter=refused@" + Contexts.NINE_O_CLOCK);
    }

    @Test
    void memberOfATypeThatIsNotReadIsNotChecked() throws MalformedDeliveryException {
        assertThat(Deliveries.read("{\"type\": \"ping\", \"parameters\": 7, \"regulation\": 7}"))
                .isEqualTo(new Reading.Ignored(Reading.Reason.UNKNOWN_TYPE));
        assertThat(Contexts.read("{\"MessageName\": \"Assign\", \"PrimaryEntityName\": 7, \"InputParameters\": 7}"))
                .isEqualTo(new ContactReading.Ignored(Reading.Reason.UNKNOWN_TYPE));
    }

    @Test
    void eventWithoutAMappedValueNeedsNoTime() throws MalformedDeliveryException {
        String body = Deliveries.event("event.created", Deliveries.purposes(Deliveries.purpose("cookies", "true")))
                .replace("2026-10-02T08:15:30.120Z", "soon");

        assertThat(Deliveries.read(body, NEWSLETTER)).isEqualTo(new Reading.Ignored(Reading.Reason.NOTHING_MAPPED));
    }

    /** A comparison with a broken text finds a difference, which is right: the person's new value replaces it. */
    @Test
    void brokenTextInAnOldStateIsReplacedByTheNewOne() throws MalformedDeliveryException {
        String body = context(
                "Update",
                target(pair("new_newsletter", "false"), pair("modifiedon", "\"" + Contexts.NINE + "\"")),
                preImage(pair("new_newsletter", "\"\\ud83d\""), pair("new_didomiid", "\"\\ud83d\"")),
                postImage(pair("new_didomiid", "\"ada\"")));

        assertThat(change(body).key()).isEqualTo("ada");
        assertThat(Contexts.reported(change(body))).hasSize(1);
    }
}
