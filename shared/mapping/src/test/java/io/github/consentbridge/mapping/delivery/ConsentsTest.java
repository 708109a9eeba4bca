package io.github.consentbridge.mapping.delivery;

import static io.github.consentbridge.mapping.delivery.Deliveries.GRANTED;
import static io.github.consentbridge.mapping.delivery.Deliveries.NEWSLETTER;
import static io.github.consentbridge.mapping.delivery.Deliveries.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsentsTest {
    private static final String V1 = """
            {"country": "FR", "version": 7, "metadata": {"a": 1}, "empty": "", "nothing": null,
             "consents": {
               "purposes": [
                 {"id": "cookies", "enabled": null,
                  "preferences": [{"id": "newsletter", "enabled": true,
                                   "channels": [{"id": "email", "enabled": false}, {"id": "sms", "enabled": null}]}],
                  "channels": [{"id": "email", "enabled": true}]},
                 {"id": "newsletter", "enabled": false}],
               "preferences": [{"id": "offers", "enabled": false}],
               "channels": [{"id": "phone", "enabled": true}]}}""";

    private static final String V2 = """
            {"consents": {"purposes": [
               {"id": "cookies", "enabled": true, "values": {"topics": {"value": "sport,news", "from_propagation": true},
                                                             "frequency": {"value": null}}},
               {"id": "marketing", "enabled": null, "values": {"frequency": {"value": " weekly "}}}]}}""";

    private static @Nullable ConsentValue value(String entity, DidomiPath path) throws MalformedDeliveryException {
        return new Consents(WireJson.object(entity), "entity").value(path);
    }

    @ParameterizedTest
    @CsvSource({
        "newsletter, , , refused",
        "cookies, , , nothing",
        "absent, , , nothing",
        "cookies, newsletter, , granted",
        "cookies, offers, , nothing",
        ", newsletter, , granted",
        ", offers, , refused",
        "cookies, newsletter, email, refused",
        "cookies, newsletter, sms, nothing",
        ", newsletter, email, refused",
        "cookies, , email, granted",
        ", , phone, granted",
        ", , email, nothing"
    })
    void version1IsReadByIds(
            @Nullable String purpose, @Nullable String preference, @Nullable String channel, String expected)
            throws MalformedDeliveryException {
        DidomiPath path = channel != null
                ? new DidomiPath.Channel(purpose, preference, channel)
                : preference != null
                        ? new DidomiPath.Preference(purpose, preference)
                        : new DidomiPath.Purpose(String.valueOf(purpose));

        @Nullable ConsentValue value = value(V1, path);

        assertThat(value == null ? "nothing" : value.equals(GRANTED) ? "granted" : "refused")
                .isEqualTo(expected);
    }

    @Test
    void selectedIdsAreReadFromVersion2() throws MalformedDeliveryException {
        assertThat(value(V2, new DidomiPath.Preference("cookies", "topics")))
                .isEqualTo(new ConsentValue.Text("news,sport"));
        assertThat(value(V2, new DidomiPath.Preference("marketing", "frequency")))
                .isEqualTo(new ConsentValue.Text("weekly"));
    }

    @Test
    void preferenceWithoutAPurposeIsFoundUnderThePurposeThatHasAValue() throws MalformedDeliveryException {
        assertThat(value(V2, new DidomiPath.Preference(null, "frequency"))).isEqualTo(new ConsentValue.Text("weekly"));
    }

    @Test
    void preferenceWithoutAnAnswerHasNoValue() throws MalformedDeliveryException {
        assertThat(value(V2, new DidomiPath.Preference("cookies", "frequency"))).isNull();
        assertThat(value(V2, new DidomiPath.Preference("cookies", "absent"))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"country, FR", "version, 7", "metadata, ", "empty, ", "nothing, ", "absent, "})
    void propertyIsAScalarFieldOfTheUser(String name, @Nullable String expected) throws MalformedDeliveryException {
        @Nullable ConsentValue value = value(V1, new DidomiPath.Property(name));

        assertThat(value).isEqualTo(expected == null ? null : new ConsentValue.Text(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{\"consents\": null}",
                "{\"consents\": {\"purposes\": null}}",
                "{\"consents\": {\"purposes\": [null]}}",
                "{\"consents\": {\"purposes\": [{\"id\": \"newsletter\"}]}}",
                "{\"consents\": {\"purposes\": [{\"enabled\": true}]}}"
            })
    void missingAnswerHasNoValue(String entity) throws MalformedDeliveryException {
        assertThat(value(entity, NEWSLETTER)).isNull();
    }

    @Test
    void elementsAreFoundById() throws MalformedDeliveryException {
        String entity = "{\"consents\": {\"purposes\": {\"newsletter\": {\"enabled\": false}}}}";

        assertThat(value(entity, NEWSLETTER)).isEqualTo(REFUSED);
    }

    @Test
    void indexOfAnElementIsNotTakenForItsId() throws MalformedDeliveryException {
        String entity = """
                {"consents": {"purposes": {"0": {"id": "1", "enabled": true}, "1": {"id": "2", "enabled": false}}}}""";

        assertThat(value(entity, new DidomiPath.Purpose("1"))).isEqualTo(GRANTED);
        assertThat(value(entity, new DidomiPath.Purpose("0"))).isNull();
    }
}
