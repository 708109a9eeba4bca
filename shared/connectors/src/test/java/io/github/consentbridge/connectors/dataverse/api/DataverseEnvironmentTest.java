package io.github.consentbridge.connectors.dataverse.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.consentbridge.connectors.http.ServiceUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataverseEnvironmentTest {
    @ParameterizedTest
    @CsvSource({
        "https://acme.crm4.dynamics.com, https://acme.crm4.dynamics.com, https://acme.crm4.dynamics.com/.default",
        "https://acme.crm4.dynamics.com/, https://acme.crm4.dynamics.com, https://acme.crm4.dynamics.com/.default",
        "https://acme.crm4.dynamics.com/api/data/v9.2, https://acme.crm4.dynamics.com, https://acme.crm4.dynamics.com/.default",
        "https://acme.api.crm4.dynamics.com/api/data/v9.2/, https://acme.api.crm4.dynamics.com, https://acme.crm4.dynamics.com/.default",
        "https://ACME.Api.CRM.dynamics.com/api/data/v9.1/, https://acme.api.crm.dynamics.com, https://acme.crm.dynamics.com/.default",
        "http://127.0.0.1:8081/api/data/v9.2/, http://127.0.0.1:8081, http://127.0.0.1:8081/.default",
    })
    void originAndScopeFollowTheConfiguredEndpoint(String instance, String origin, String scope) {
        DataverseEnvironment environment = DataverseEnvironment.parse(instance);

        assertThat(environment.origin()).hasToString(origin);
        assertThat(environment.scope()).isEqualTo(scope);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://acme.crm4.dynamics.com",
                "acme.crm4.dynamics.com",
                "https://acme.crm4.dynamics.com/main.aspx",
                "https://acme.crm4.dynamics.com/api/data/v9.2/contacts",
                "https://acme.crm4.dynamics.com/?x=1",
            })
    void anythingElseIsRefused(String instance) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataverseEnvironment.parse(instance))
                .withMessageContaining("instance");
    }

    @ParameterizedTest
    @CsvSource({
        "https://acme.crm4.dynamics.com, true",
        "https://acme.api.crm4.dynamics.com, true",
        "https://acme2.crm4.dynamics.com, false",
        "https://acme.crm4.dynamics.com:444, false",
        "https://acme.crm4.dynamics.com.evil.example, false",
    })
    void plainAndApiHostAreOneEnvironment(String other, boolean same) {
        assertThat(DataverseEnvironment.parse("https://acme.crm4.dynamics.com")
                        .isSameEnvironment(ServiceUrl.parse("x", other)))
                .isEqualTo(same);
    }
}
