package io.github.consentbridge.connectors.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.consentbridge.connectors.http.ServiceUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntraCloudTest {
    @ParameterizedTest
    @CsvSource({
        "acme.crm.dynamics.com, login.microsoftonline.com",
        "acme.crm4.dynamics.com, login.microsoftonline.com",
        "acme.api.crm99.dynamics.com, login.microsoftonline.com",
        "acme.crm9.dynamics.com, login.microsoftonline.com",
        "acme.crm.microsoftdynamics.us, login.microsoftonline.us",
        "acme.crm.appsplatform.us, login.microsoftonline.us",
        "acme.crm.dynamics.cn, login.chinacloudapi.cn",
    })
    void loginHostFollowsTheCloud(String host, String login) {
        assertThat(EntraCloud.loginHostFor(ServiceUrl.parse("instance", "https://" + host), null))
                .isEqualTo(login);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://dynamics.com.evil.example", "https://evildynamics.com", "https://acme.example"})
    void unknownCloudIsRefused(String instance) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntraCloud.loginHostFor(ServiceUrl.parse("instance", instance), null))
                .withMessageContaining("ENTRA_LOGIN_URL");
    }

    @Test
    void overrideTakesPrecedenceOverTheCloud() {
        assertThat(EntraCloud.loginHostFor(
                        ServiceUrl.parse("instance", "https://acme.crm.dynamics.cn"),
                        ServiceUrl.parse("ENTRA_LOGIN_URL", "https://login.partner.microsoftonline.cn")))
                .isEqualTo("login.partner.microsoftonline.cn");
    }
}
