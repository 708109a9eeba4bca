package io.github.consentbridge.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.aws.ScriptedAws.Answer;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.CredentialsContract;
import io.github.consentbridge.sync.credentials.CredentialsException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class SecretsManagerCredentialsTest extends CredentialsContract {
    private static final String SECRET = "{\"didomi\": {\"key\": \"key-1\", \"secret\": \"very-secret-value\"}}";

    private Answer answer = new Answer(200, "{}");
    private final ScriptedAws aws = new ScriptedAws((action, request) -> answer);
    private final SecretsManagerClient client =
            Emulators.clients("AWS_ENDPOINT_URL_SECRETS_MANAGER", aws.url()).secretsManager();
    private final Credentials credentials =
            new SecretsManagerCredentials(() -> client, "acme/bridge", clock, () -> outcomeLog);

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @Override
    protected Credentials credentials() {
        return credentials;
    }

    @Override
    protected void write(String json) {
        answer = new Answer(
                200,
                JsonNodeFactory.instance.objectNode().put("SecretString", json).toString());
    }

    @Override
    protected void breakReading() {
        answer = Answer.error(400, "ThrottlingException");
    }

    @Test
    void secretMayBeBytes() {
        String base64 = Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8));
        answer = new Answer(200, "{\"SecretBinary\":\"%s\"}".formatted(base64));

        assertThat(credentials.current().didomi().orElseThrow().key().value()).isEqualTo("key-1");
    }

    @Test
    void nothingIsReadBeforeItIsNeeded() {
        assertThat(aws.actions).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, ResourceNotFoundException, BRIDGE_SECRET_ID",
        "400, AccessDeniedException, secretsmanager:GetSecretValue",
        "400, DecryptionFailure, kms:Decrypt",
        "400, InvalidRequestException, restore it",
        "400, ThrottlingException, try again",
        "500, InternalServiceError, try again",
        "403, UnrecognizedClientException, UnrecognizedClientException",
    })
    void failureNamesTheRemedy(int status, String code, String advice) {
        answer = Answer.error(status, code);

        assertThatThrownBy(credentials::current)
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("acme/bridge")
                .hasMessageContaining(advice);
    }

    @Test
    void failureIsNotCachedAndThrottlingIsRetried() {
        answer = Answer.error(400, "ThrottlingException");
        assertThatThrownBy(credentials::current).isInstanceOf(CredentialsException.class);
        assertThat(aws.actions).hasSize(3);

        write(SECRET);
        clock.advance(Duration.ofSeconds(2));
        assertThat(credentials.current().didomi()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"SecretString\":\"very-secret-value",
                "200 | very-secret-value",
                "200 | {\"SecretString\":{\"very-secret-value\":1}}",
                "200 | {}",
                "0   | ''",
            })
    void garbledAnswerIsNeverQuoted(int status, String body) {
        answer = new Answer(status, body);

        assertThatThrownBy(credentials::current)
                .isInstanceOf(CredentialsException.class)
                .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("very-secret"));
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void unreachableServiceFailsWithinSeconds() {
        aws.close();

        assertThatThrownBy(credentials::current)
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("cannot be reached");
    }
}
