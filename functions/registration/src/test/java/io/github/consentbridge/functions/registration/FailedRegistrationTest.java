package io.github.consentbridge.functions.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong is answered, with one sentence that helps. */
class FailedRegistrationTest {
    private final Stack stack;

    FailedRegistrationTest() throws IOException {
        stack = new Stack();
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void missingCredentials() throws Exception {
        stack.noCredentials();

        assertThat(reasonOfFailure()).isEqualTo("there is no secret");
    }

    @Test
    void wrongCredentials() throws Exception {
        stack.wrongClientSecret();

        assertThat(reasonOfFailure()).contains("Entra").contains("401").doesNotContain("not-this-one");
    }

    @Test
    void missingPrivilege() throws Exception {
        stack.simulators.dataverse().privilege("prvCreateServiceEndpoint", false);

        assertThat(reasonOfFailure()).contains("grant the privilege prvCreateServiceEndpoint");
    }

    @Test
    void didomiIsDown() throws Exception {
        stack.simulators.didomi().faults().always(RouteKind.ANY, Fault.status(503));

        assertThat(reasonOfFailure()).contains("Didomi answered 503");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", " ", "bridge.example.org", "http://bridge.example.org", "https://bridge.example.org:8443"})
    void unusableAddress(@Nullable String url) throws Exception {
        stack.properties.put("Url", url);

        assertThat(reasonOfFailure()).contains("the resource's property Url");
    }

    @Test
    void noPropertiesAtAll() throws Exception {
        stack.properties = null;

        assertThat(reasonOfFailure()).contains("the resource's property Url is missing");
    }

    @Test
    void whatIsNotOursIsNamedAndNotQuoted() throws Exception {
        stack.registration = () -> {
            throw new IllegalStateException("https://token@host");
        };

        assertThat(reasonOfFailure())
                .contains("java.lang.IllegalStateException")
                .doesNotContain("token");
        assertThat(stack.log()).doesNotContain("token");
    }

    @Test
    void evenAnError() throws Exception {
        stack.registration = () -> {
            throw new NoClassDefFoundError("io/github/consentbridge/registration/Registration");
        };

        assertThat(reasonOfFailure()).contains("(java.lang.NoClassDefFoundError)");
    }

    @Test
    void noTimeLeft() throws Exception {
        stack.milliseconds = (int) TimedWork.TO_ANSWER.toMillis();

        assertThat(reasonOfFailure()).contains("time ended");
        assertThat(stack.simulators.dataverse().counters().requests()).isZero();
    }

    @Test
    @Timeout(30)
    void aSystemThatDoesNotAnswerInTime() throws Exception {
        stack.simulators.dataverse().faults().always(RouteKind.ANY, Fault.slow(Duration.ofMinutes(2)));
        stack.milliseconds = (int) TimedWork.TO_ANSWER.toMillis() + 200;

        assertThat(reasonOfFailure()).contains("time ended");
    }

    private String reasonOfFailure() throws IOException {
        JsonNode answer = stack.create();

        assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
        assertThat(answer.path("PhysicalResourceId").asText()).isEqualTo("consent-bridge-registration-unfinished");
        return answer.path("Reason").asText();
    }
}
