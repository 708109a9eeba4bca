package io.github.consentbridge.sync.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.mapping.document.IntegrationReader.Place;
import org.junit.jupiter.api.Test;

class BodyMaskTest {
    private static final Integration INTEGRATION = IntegrationReader.read("""
            {"type_id": "microsoft-dynamics", "properties": {"organization_id": "acme"},
             "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}},
                          {"id": "new_owner", "value": {"purpose": "owner"}},
                          {"id": "new_phone", "value": {"property": "phone"}}]}""".getBytes(UTF_8), Place.FILE);

    private final BodyMask mask = new BodyMask(INTEGRATION);

    @Test
    void eventOfDidomiShowsWhatWasChosenAndNotByWhom() {
        String body = """
                {"type":"event.created","parameters":{"entity":{"id":"6b0d","organization_id":"acme",\
                "created_at":"2026-10-02T08:15:30.120Z","user":{"id":"7c1f","organization_user_id":"ada@example.org",\
                "metadata":{"phone":4915112345}},"consents":{"purposes":[{"id":"newsletter","enabled":true,\
                "preferences":[{"id":"frequency","value":"weekly"}]}]}}}}""";

        assertThat(mask.mask(body)).isEqualTo("""
                {"type":"event.created","parameters":{"entity":{"id":"***","organization_id":"acme",\
                "created_at":"2026-10-02T08:15:30.120Z","user":{"id":"***","organization_user_id":"***",\
                "metadata":{"phone":"***"}},"consents":{"purposes":[{"id":"newsletter","enabled":true,\
                "preferences":[{"id":"frequency","value":"weekly"}]}]}}}}""");
    }

    @Test
    void changeInDynamicsShowsTheMappedColumnsOnly() {
        String body = """
                {"MessageName":"Update","PrimaryEntityName":"contact","PrimaryEntityId":"6f0c","InputParameters":[\
                {"key":"Target","value":{"Attributes":[{"key":"new_newsletter","value":{"__type":"OptionSetValue","Value":7}},\
                {"key":"new_owner","value":{"LogicalName":"systemuser","Name":"Ada Byron"}},\
                {"key":"firstname","value":"Ada"},{"key":"new_phone","value":"+49 151"},{"key":"birthdate","value":"1815-12-10"},{"key":"donotemail","value":true}]}}]}""";

        assertThat(mask.mask(body)).isEqualTo("""
                {"MessageName":"Update","PrimaryEntityName":"contact","PrimaryEntityId":"***","InputParameters":[\
                {"key":"Target","value":{"Attributes":[{"key":"new_newsletter","value":{"__type":"OptionSetValue","Value":7}},\
                {"key":"new_owner","value":{"LogicalName":"systemuser","Name":"***"}},\
                {"key":"firstname","value":"***"},{"key":"new_phone","value":"***"},{"key":"birthdate","value":"***"},{"key":"donotemail","value":true}]}}]}""");
    }

    @Test
    void bodyThatCannotBeReadIsNotShown() {
        assertThat(mask.mask("ada@example.org {")).isEqualTo("(not JSON, 17 characters)");
    }
}
