package io.github.consentbridge.functions.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.aws.cloudformation.AnswerClient;
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

/** Every failure is answered with one helpful sentence. */
class RegistrationHandlerFailureTest {
    private final Stack stack;

    RegistrationHandlerFailureTest() throws IOException {
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
    void unavailableDidomi() throws Exception {
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
    void missingProperties() throws Exception {
        stack.properties = null;

        assertThat(reasonOfFailure()).contains("the resource's property Url is missing");
    }

    @Test
    void foreignExceptionIsNamedAndNotQuoted() throws Exception {
        stack.registration = () -> {
            throw new IllegalStateException("https://token@host");
        };

        assertThat(reasonOfFailure())
                .contains("java.lang.IllegalStateException")
                .doesNotContain("token");
        assertThat(stack.log()).doesNotContain("token");
    }

    @Test
    void errorIsAnswered() throws Exception {
        stack.registration = () -> {
            throw new NoClassDefFoundError("io/github/consentbridge/registration/Registration");
        };

        assertThat(reasonOfFailure()).contains("(java.lang.NoClassDefFoundError)");
    }

    @Test
    void exhaustedTime() throws Exception {
        stack.milliseconds = (int) AnswerClient.MAX_DURATION.toMillis();

        assertThat(reasonOfFailure()).contains("time ended");
        assertThat(stack.simulators.dataverse().counters().requests()).isZero();
    }

    @Test
    @Timeout(30)
    void systemThatDoesNotAnswerInTime() throws Exception {
        stack.simulators.dataverse().faults().always(RouteKind.ANY, Fault.slow(Duration.ofMinutes(2)));
        stack.milliseconds = (int) AnswerClient.MAX_DURATION.toMillis() + 200;

        assertThat(reasonOfFailure()).contains("time ended");
    }

    private String reasonOfFailure() throws IOException {
        JsonNode answer = stack.create();

        assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
        assertThat(answer.path("PhysicalResourceId").asText()).isEqualTo("consent-bridge-registration-unfinished");
        return answer.path("Reason").asText();
    }
}
